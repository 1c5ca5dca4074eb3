import type * as z from 'zod';
import * as all from './all.ts';
import type { MessageDefinition } from './define.ts';

type Messages = typeof all;
type Kind = 'fact' | 'command';
type Of<Wanted extends Kind> = {
  [Name in keyof Messages]: Messages[Name]['kind'] extends Wanted ? Name : never;
}[keyof Messages];

export type MessageName = keyof Messages;
/** Facts: recorded at any stage, never refused. */
export type FactName = Of<'fact'>;
/** Commands: checked, answered with the new status, or refused. */
export type CommandName = Of<'command'>;

/** A message with its defaults filled in. */
export type Message<Name extends MessageName> = z.output<Messages[Name]['input']>;
/** A message as callers send it. */
export type MessageInput<Name extends MessageName> = z.input<Messages[Name]['input']>;

/**
 * The order in which handlers were set when there were no others. Early messages are handled in
 * this order, so a replay depends on it. Messages that are not named here follow by their name.
 */
const FIRST: readonly MessageName[] = [
  'identityConfirmed',
  'identityRejected',
  'vendorResponded',
  'clarificationRequested',
  'clarificationReceived',
  'feeRequested',
  'feePaid',
  'respondForVendor',
  'retractAnswer',
  'decideMatch',
  'extendDeadline',
  'retrySystem',
  'skipSystem',
  'approvePackage',
  'withholdFiles',
  'withdraw',
  'continueRequest',
  'correctRequest',
  'replan',
];

const every: Messages = all;
const names = (Object.keys(every) as MessageName[]).toSorted((a, b) => a.localeCompare(b, 'en'));
const inOrder = [...FIRST, ...names.filter((name) => !FIRST.includes(name))];

/** Every message of a request. Names are public and stored in histories. */
export const MESSAGES = Object.fromEntries(
  inOrder.map((name) => [name, every[name]]),
) as unknown as Messages satisfies Record<string, MessageDefinition<Kind, z.ZodType>>;

const ofKind = (kind: Kind) => inOrder.filter((name) => every[name].kind === kind);

export const FACTS = ofKind('fact') as readonly FactName[];
export const COMMANDS = ofKind('command') as readonly CommandName[];
