import {
  ApplicationFailure,
  CancellationScope,
  condition,
  patched,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type { Complaint } from '../../contract/contract.ts';
import { messageLimits } from '../../contract/input-limits.ts';
import {
  COMMANDS,
  FACTS,
  MESSAGES,
  type CommandName,
  type Message,
  type MessageName,
} from '../../contract/messages/index.ts';
import { refusal } from '../../contract/refusals.ts';
import type { ShortReply } from '../../contract/short-reply.ts';
import type { RequestStatus } from '../../contract/status.ts';
import { endedByHand } from '../activities/calls.ts';
import { isPutOff } from '../beside/unread-messages.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, ended, publicStatus } from '../state/state.ts';
import { allowedNow } from './allowed.ts';
import { complaintsIn, unreadableKey } from './check-request.ts';
import { signalOf, status, updateOf } from './definitions.ts';
import type { CommandHandler } from './handle.ts';
import { COMMAND_HANDLERS } from './index.ts';
import { notAllowed } from './not-allowed.ts';
import { openMessage, type Origin } from './origin.ts';
import { refuseIf } from './refuse-if.ts';
import { refusedOrigin, takeMessage } from './take-message.ts';

/** The description of a message, which the Temporal UI shows under its name. */
const describe = (name: MessageName): string =>
  `${MESSAGES[name].describe} Example: ${JSON.stringify(MESSAGES[name].example)}`;

/** Sets every handler. It is called before the first `await`, so that no early message is lost. */
export function setHandlers(run: RequestRun): void {
  setHandler(status, () => fullStatus(run), {
    description: 'The whole state of the request: stage, dates, systems, gaps, package.',
  });
  for (const name of FACTS) {
    setHandler(
      signalOf(name),
      (message: unknown) => {
        if (!isPutOff(run, name, message)) takeMessage(run, name, message);
      },
      { description: describe(name) },
    );
  }
  for (const name of COMMANDS) {
    setCommand(run, name);
  }
  setDefaultSignalHandler((name) => {
    addNote(
      run.state,
      `A signal "${name.slice(0, 60).replace(/[^\w.:-]/g, '?')}" is not known and was ` +
        `ignored; known are ${FACTS.join(', ')}.`,
    );
    run.touch();
  });
}

function setCommand<Name extends CommandName>(run: RequestRun, name: Name): void {
  const handler = handlerOf(name);
  setHandler(
    updateOf(name) as UpdateDefinition<RequestStatus | ShortReply, [unknown]>,
    // Once Temporal has cancelled the workflow, nothing can wait in the scope of handlers. The
    // cancellation may come while the command is carried out.
    (message: unknown) =>
      run.cancelled || patched('orders-outlive-cancelling')
        ? CancellationScope.nonCancellable(() => carryOut(run, name, message))
        : carryOut(run, name, message),
    {
      description: describe(name),
      validator: (message: unknown) => {
        const { body: sent, origin } = openMessage(message);
        const body = parse(name, sent);
        // Only here, because what 0.1.0 accepted is carried out again in a replay.
        const long = messageLimits(body);
        if (long.length > 0) throw invalid(name, long);
        refuseOrigin(run, name, origin);
        refuseIf(handler.refuseSince?.(run, body) ?? handler.refuse(run, body));
      },
    },
  );
}

const handlerOf = <Name extends CommandName>(name: Name): CommandHandler<Name> =>
  COMMAND_HANDLERS[name] as unknown as CommandHandler<Name>;

async function carryOut<Name extends CommandName>(
  run: RequestRun,
  name: Name,
  message: unknown,
): Promise<RequestStatus | ShortReply> {
  const handler = handlerOf(name);
  const key = unreadableKey(message);
  // The message was read when it was accepted. This worker lacks the key, and leaves the task to a
  // worker that has it.
  if (key !== undefined) {
    throw new Error(
      `An order of this request is encrypted with the key ${key}, which this worker does not have.`,
    );
  }
  const { body: sent, origin } = openMessage(message);
  const body = parse(name, sent);
  // The plan says whether a message in clear is accepted.
  const awaitsPlan = origin !== 'bound' && run.state.plan === null;
  if (awaitsPlan && patched('orders-in-clear-await-the-plan')) {
    await condition(() => run.state.plan !== null || run.suspended || run.finished);
  }
  refuseOrigin(run, name, origin);
  if (handler.ready !== undefined && (await handler.ready(run, body)) === 'postponed') {
    return answerTo(run, body);
  }
  const since = handler.refuseSince?.(run, body);
  if (since !== undefined && patched(handler.since ?? name)) throw notAllowed(since);
  refuseIf(handler.refuse(run, body));
  try {
    await carriedOut(run, handler, body);
  } catch (error) {
    if (!endedByHand(error)) throw error;
    throw notAllowed(
      refusal(
        'ended-in-temporal',
        `${error.activityType}, which the order needs, was ended in Temporal. Send the order again.`,
      ),
    );
  }
  run.touch();
  if (patched('answers-show-what-follows')) await run.caughtUp();
  return answerTo(run, body);
}

/**
 * Carries a command out. It is a separate function, because the turns of the event loop that its
 * promise takes are part of every history.
 */
async function carriedOut<Name extends CommandName>(
  run: RequestRun,
  handler: CommandHandler<Name>,
  body: Message<Name>,
): Promise<void> {
  await handler.apply(run, body);
}

/** @throws ApplicationFailure `invalid-input` */
function parse<Name extends CommandName>(name: Name, message: unknown): Message<Name> {
  const parsed = MESSAGES[name].input.safeParse(message);
  if (parsed.success) return parsed.data as Message<Name>;
  throw invalid(name, complaintsIn(parsed.error, message));
}

function invalid(name: CommandName, complaints: readonly Complaint[]): ApplicationFailure {
  const lines = complaints.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`));
  return ApplicationFailure.create({
    type: 'invalid-input',
    nonRetryable: true,
    details: [complaints],
    message: `${name}: ${lines.join('; ')}`,
  });
}

/** @throws ApplicationFailure `not-allowed` for a command that is refused because of how it came */
function refuseOrigin(run: RequestRun, name: CommandName, origin: Origin): void {
  const why = refusedOrigin(run, origin);
  if (why !== undefined) throw notAllowed(refusal('not-encrypted', `${name}: ${why}`));
}

/** The status with what can be sent next. */
const fullStatus = (run: RequestRun): RequestStatus => ({
  ...publicStatus(run.state),
  ...(!ended(run.state) && { allowed: allowedNow(run) }),
});

/** The whole status, or what a caller without the codec may read. */
function answerTo(
  run: RequestRun,
  { reply }: { readonly reply?: 'short' },
): RequestStatus | ShortReply {
  if (reply !== 'short') return fullStatus(run);
  const { stage, revision } = run.state.status;
  return { recorded: true, stage, revision };
}
