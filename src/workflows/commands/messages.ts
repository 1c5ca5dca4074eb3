import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { MessageInput, MessageName } from '../../contract/messages.ts';
import type { ShortReply } from '../../contract/short-reply.ts';
import type { RequestStatus } from '../../contract/status.ts';

/** The whole state of a request. */
export const status = defineQuery<RequestStatus>('status');

const fact = <Name extends MessageName>(name: Name) => defineSignal<[MessageInput<Name>]>(name);
const order = <Name extends MessageName>(name: Name | 'respondForVendor') =>
  defineUpdate<RequestStatus | ShortReply, [MessageInput<Name>]>(name);

/** Facts: recorded whatever the stage, never refused. Their names are stored in histories. */
export const signals = {
  identityConfirmed: fact('identityConfirmed'),
  identityRejected: fact('identityRejected'),
  vendorResponded: fact('vendorResponded'),
  clarificationRequested: fact('clarificationRequested'),
  clarificationReceived: fact('clarificationReceived'),
  feeRequested: fact('feeRequested'),
  feePaid: fact('feePaid'),
} as const;

/**
 * Orders: checked, answered with the new status (or a short reply, where one is asked for), or
 * refused with `not-allowed`. Their names are stored in histories.
 */
export const updates = {
  respondForVendor: order<'vendorResponded'>('respondForVendor'),
  retractAnswer: order('retractAnswer'),
  decideMatch: order('decideMatch'),
  extendDeadline: order('extendDeadline'),
  retrySystem: order('retrySystem'),
  skipSystem: order('skipSystem'),
  approvePackage: order('approvePackage'),
  withholdFiles: order('withholdFiles'),
  withdraw: order('withdraw'),
  continueRequest: order('continueRequest'),
  correctRequest: order('correctRequest'),
  replan: order('replan'),
} as const;

/** An order, and the message whose schema it has. */
export type OrderName = keyof typeof updates;
/** A fact. */
export type FactName = keyof typeof signals;
/** The schema of each order's message: `respondForVendor` has that of `vendorResponded`. */
export const messageOf = (order: OrderName): MessageName =>
  order === 'respondForVendor' ? 'vendorResponded' : order;
