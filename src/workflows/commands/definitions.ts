import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import {
  FACTS,
  type CommandName,
  type FactName,
  type MessageInput,
} from '../../contract/messages/index.ts';
import type { ShortReply } from '../../contract/short-reply.ts';
import type { RequestStatus } from '../../contract/status.ts';

/** The whole state of a request. */
export const status = defineQuery<RequestStatus>('status');

/** A fact as a signal. */
export const signalOf = <Name extends FactName>(name: Name) =>
  defineSignal<[MessageInput<Name>]>(name);

/**
 * A command as an update. Its result is the new status, or a short reply if one is asked for; or it
 * is refused with `not-allowed`.
 */
export const updateOf = <Name extends CommandName>(name: Name) =>
  defineUpdate<RequestStatus | ShortReply, [MessageInput<Name>]>(name);

export const isFact = (name: string): name is FactName =>
  (FACTS as readonly string[]).includes(name);
