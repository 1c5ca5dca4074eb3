import type { CommandName, FactName, Message } from '../../contract/messages/index.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { RequestRun } from '../state/request-run.ts';

/** What a message can be sent for now: whether at all, or the names that it can name. */
export type Offer = boolean | readonly string[];

/** What a request does with a fact. */
export interface FactHandler<Name extends FactName> {
  /** Records it at any stage. It never fails the request. */
  record(run: RequestRun, message: Message<Name>): void;
  /** Whether it would change anything now. Reads the state and changes nothing. */
  offer(run: RequestRun): Offer;
}

/** What a request does with a command: its rule and its effect are in one place. */
export interface CommandHandler<Name extends CommandName> {
  /**
   * Why it is refused now, and what is allowed instead; undefined if it is allowed. Reads the state
   * and changes nothing.
   */
  refuse(run: RequestRun, message: Message<Name>): Refusal | undefined;
  /** Why it is refused although earlier releases accepted it, whose histories are replayed. */
  refuseSince?(run: RequestRun, message: Message<Name>): Refusal | undefined;
  /** The patch that says whether a history knows `refuseSince`. */
  readonly since?: string;
  /** Waits until it can be judged. Returns `postponed` if the next run judges it. */
  ready?(run: RequestRun, message: Message<Name>): Promise<'postponed' | 'ready'>;
  /** Carries it out. @throws ApplicationFailure `not-allowed` */
  apply(run: RequestRun, message: Message<Name>): void | Promise<void>;
  /** What it could be sent for now, by the rule itself. Reads the state and changes nothing. */
  offer(run: RequestRun): Offer;
}

/** The sender of a message that is judged only to say what is allowed, and is never carried out. */
export const NOBODY = 'nobody';

export const handleFact = <Name extends FactName>(
  _name: Name,
  handler: FactHandler<Name>,
): FactHandler<Name> => handler;

export const handleCommand = <Name extends CommandName>(
  _name: Name,
  handler: CommandHandler<Name>,
): CommandHandler<Name> => handler;
