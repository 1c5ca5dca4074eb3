import type { CommandName, FactName, Message } from '../../contract/messages/index.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { RequestRun } from '../state/request-run.ts';

/** What a message can be sent for now: whether at all, or the names that it can name. */
export type Offer = boolean | readonly string[];

/** What a request does with a fact. */
export interface FactHandler<Name extends FactName> {
  /** Records it, whatever the stage. It never fails the request. */
  record(run: RequestRun, message: Message<Name>): void;
  /** Whether it would change anything now. Reads the state and changes nothing. */
  offer(run: RequestRun): Offer;
}

/** What a request does with a command: its rule and its effect stand together. */
export interface CommandHandler<Name extends CommandName> {
  /**
   * Why it is refused now, and what is allowed instead; nothing where it is allowed. Reads the
   * state and changes nothing.
   */
  refuse(run: RequestRun, message: Message<Name>): Refusal | undefined;
  /** Why it is refused although earlier releases took it, whose histories are replayed. */
  refuseSince?(run: RequestRun, message: Message<Name>): Refusal | undefined;
  /** The patch that says whether a history knows `refuseSince`. */
  readonly since?: string;
  /** Waits until it can be judged. Gives `postponed` where the next run judges it. */
  ready?(run: RequestRun, message: Message<Name>): Promise<'postponed' | 'ready'>;
  /** Carries it out. @throws ApplicationFailure `not-allowed` */
  apply(run: RequestRun, message: Message<Name>): void | Promise<void>;
  /** What it could be sent for now, by the rule itself. Reads the state and changes nothing. */
  offer(run: RequestRun): Offer;
}

/** Who sends a message that is judged to say what is allowed, and never carried out. */
export const NOBODY = 'nobody';

/** The handler of a fact. */
export const handleFact = <Name extends FactName>(
  _name: Name,
  handler: FactHandler<Name>,
): FactHandler<Name> => handler;

/** The handler of a command. */
export const handleCommand = <Name extends CommandName>(
  _name: Name,
  handler: CommandHandler<Name>,
): CommandHandler<Name> => handler;
