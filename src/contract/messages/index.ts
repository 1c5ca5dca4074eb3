import type * as z from 'zod';
import { approvePackage } from './approve-package.ts';
import { clarificationReceived } from './clarification-received.ts';
import { clarificationRequested } from './clarification-requested.ts';
import { continueRequest } from './continue-request.ts';
import { correctRequest } from './correct-request.ts';
import { decideMatch } from './decide-match.ts';
import { extendDeadline } from './extend-deadline.ts';
import { feePaid } from './fee-paid.ts';
import { feeRequested } from './fee-requested.ts';
import { identityConfirmed } from './identity-confirmed.ts';
import { identityRejected } from './identity-rejected.ts';
import { replan } from './replan.ts';
import { respondForVendor } from './respond-for-vendor.ts';
import { retractAnswer } from './retract-answer.ts';
import { retrySystem } from './retry-system.ts';
import { skipSystem } from './skip-system.ts';
import { vendorResponded } from './vendor-responded.ts';
import { withdraw } from './withdraw.ts';
import { withholdFiles } from './withhold-files.ts';
import type { MessageDefinition } from './define.ts';

/**
 * Every message of a request, facts first. A new one is a file beside this one, its handler in
 * `workflows/commands`, and a line in the list of each. Names are public and stored in histories.
 * They are listed in the order in which their handlers are set, which a replay holds to.
 */
export const MESSAGES = {
  identityConfirmed,
  identityRejected,
  vendorResponded,
  clarificationRequested,
  clarificationReceived,
  feeRequested,
  feePaid,
  respondForVendor,
  retractAnswer,
  decideMatch,
  extendDeadline,
  retrySystem,
  skipSystem,
  approvePackage,
  withholdFiles,
  withdraw,
  continueRequest,
  correctRequest,
  replan,
} satisfies Record<string, MessageDefinition<'fact' | 'command', z.ZodType>>;

type Messages = typeof MESSAGES;
type Of<Kind extends 'fact' | 'command'> = {
  [Name in keyof Messages]: Messages[Name]['kind'] extends Kind ? Name : never;
}[keyof Messages];

export type MessageName = keyof Messages;
/** Facts: recorded whatever the stage, never refused. */
export type FactName = Of<'fact'>;
/** Commands: checked, answered with the new status, or refused. */
export type CommandName = Of<'command'>;

/** A message with its defaults filled in. */
export type Message<Name extends MessageName> = z.output<Messages[Name]['input']>;
/** A message as callers send it. */
export type MessageInput<Name extends MessageName> = z.input<Messages[Name]['input']>;

const namesOf = (kind: 'fact' | 'command'): string[] =>
  Object.entries(MESSAGES)
    .filter(([, it]) => it.kind === kind)
    .map(([name]) => name);

export const FACTS = namesOf('fact') as readonly FactName[];
export const COMMANDS = namesOf('command') as readonly CommandName[];
