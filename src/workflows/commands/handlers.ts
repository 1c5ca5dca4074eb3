import {
  ApplicationFailure,
  CancellationScope,
  condition,
  patched,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type * as z from 'zod';
import type { Complaint } from '../../contract/contract.ts';
import { messageLimits } from '../../contract/input-limits.ts';
import {
  descriptions,
  examples,
  messages,
  type Message,
  type MessageName,
} from '../../contract/messages.ts';
import { refusal as refusalOf, type Refusal } from '../../contract/refusals.ts';
import type { ShortReply } from '../../contract/short-reply.ts';
import type { RequestStatus } from '../../contract/status.ts';
import { complaintsIn, unreadableKey } from './check-request.ts';
import { obey } from './effects.ts';
import { recordFact } from './facts.ts';
import { openMessage, type Origin } from './origin.ts';
import { refusedOrigin, takeMessage } from './take-message.ts';
import { messageOf, signals, status, updates, type FactName, type OrderName } from './messages.ts';
import { endedByHand } from '../activities/calls.ts';
import { notAllowed } from './not-allowed.ts';
import type { RequestRun } from '../state/request-run.ts';
import { answersForOurs, awaitsSystems, rules } from './rules.ts';
import { allowedNow } from './allowed.ts';
import { addNote, ended, publicStatus, taskOf } from '../state/state.ts';
import { isPutOff } from '../beside/unread-messages.ts';

/** The Temporal UI shows it under the name. */
const describe = (name: FactName | OrderName): string =>
  `${descriptions[name]} Example: ` +
  `${JSON.stringify(examples[name in signals ? (name as FactName) : messageOf(name as OrderName)])}`;

/**
 * Sets every handler. It is called before the first `await`, so that nothing sent early is lost.
 */
export function setHandlers(run: RequestRun): void {
  setHandler(status, () => fullStatus(run), {
    description: 'The whole state of the request: stage, dates, systems, gaps, package.',
  });
  for (const name of Object.keys(signals) as FactName[]) {
    setHandler(
      signals[name],
      (message: unknown) => {
        if (!isPutOff(run, name, message)) takeMessage(run, name, message);
      },
      { description: describe(name) },
    );
  }
  for (const name of Object.keys(updates) as OrderName[]) {
    setOrder(run, name);
  }
  setDefaultSignalHandler((name) => {
    addNote(
      run.state,
      `A signal "${name.slice(0, 60).replace(/[^\w.:-]/g, '?')}" is not known and was ` +
        `ignored; known are ${Object.keys(signals).join(', ')}.`,
    );
    run.touch();
  });
}

function setOrder<Name extends OrderName>(run: RequestRun, name: Name): void {
  type Body = Message<Name extends MessageName ? Name : 'vendorResponded'>;
  const refusal = (message: Body): Refusal | undefined =>
    (rules[name] as (run: RequestRun, message: Body) => Refusal | undefined)(run, message);
  const parse = (message: unknown): Body => {
    const parsed = (messages[messageOf(name)] as z.ZodType).safeParse(message);
    if (parsed.success) return parsed.data as Body;
    throw invalid(complaintsIn(parsed.error, message));
  };
  const invalid = (complaints: readonly Complaint[]): ApplicationFailure =>
    ApplicationFailure.create({
      type: 'invalid-input',
      nonRetryable: true,
      details: [complaints],
      message:
        `${name}: ` +
        `${complaints.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; ')}`,
    });
  const carryOut = async (message: unknown): Promise<RequestStatus | ShortReply> => {
    const key = unreadableKey(message);
    // It was read when it was accepted: this worker lacks the key, and leaves the task to one that
    // has it.
    if (key !== undefined) {
      throw new Error(
        `An order of this request is encrypted with the key ${key}, which this worker does not have.`,
      );
    }
    const { body: sent, origin } = openMessage(message);
    const body = parse(sent);
    const answer = () => answerTo(run, body);
    // Whether a message in clear is taken stands in the plan.
    if (
      origin !== 'bound' &&
      run.state.plan === null &&
      patched('orders-in-clear-await-the-plan')
    ) {
      await condition(() => run.state.plan !== null || run.suspended || run.finished);
    }
    refuseOrigin(run, name, origin);
    if (name === 'respondForVendor') {
      const { system } = body as Message<'vendorResponded'>;
      const known = () => taskOf(run.state, system) !== undefined || !awaitsSystems(run);
      await condition(() => known() || run.suspended);
      if (!known()) {
        // The next run judges it, as it judges signals that come too early.
        recordFact(run, 'vendorResponded', body as Message<'vendorResponded'>);
        return answer();
      }
      const ours = answersForOurs(run, body as Message<'vendorResponded'>);
      if (ours !== undefined && patched('only-vendors-answer')) throw notAllowed(ours);
    }
    const reason = refusal(body);
    if (reason !== undefined) throw notAllowed(reason);
    try {
      await obey(run, name, body as never);
    } catch (error) {
      if (endedByHand(error)) {
        throw notAllowed(
          refusalOf(
            'ended-in-temporal',
            `${error.activityType}, which the order needs, was ended in Temporal. Send the order again.`,
          ),
        );
      }
      throw error;
    }
    run.touch();
    if (patched('answers-show-what-follows')) await run.caughtUp();
    return answer();
  };
  setHandler(
    updates[name] as UpdateDefinition<RequestStatus | ShortReply, [unknown]>,
    // Once Temporal has cancelled the workflow, nothing waits in the scope that handlers run in;
    // and it may do so while the order is carried out.
    (message: unknown) =>
      run.cancelled || patched('orders-outlive-cancelling')
        ? CancellationScope.nonCancellable(() => carryOut(message))
        : carryOut(message),
    {
      description: describe(name),
      validator: (message: unknown) => {
        const { body: sent, origin } = openMessage(message);
        const body = parse(sent);
        // Here alone, for what 0.1.0 accepted is carried out again in a replay.
        const long = messageLimits(body);
        if (long.length > 0) throw invalid(long);
        refuseOrigin(run, name, origin);
        const ours =
          name === 'respondForVendor'
            ? answersForOurs(run, body as Message<'vendorResponded'>)
            : undefined;
        const reason = ours ?? refusal(body);
        if (reason !== undefined) throw notAllowed(reason);
      },
    },
  );
}

/** @throws ApplicationFailure `not-allowed` for an order that is not taken for how it came */
function refuseOrigin(run: RequestRun, name: OrderName, origin: Origin): void {
  const why = refusedOrigin(run, origin);
  if (why !== undefined) throw notAllowed(refusalOf('not-encrypted', `${name}: ${why}`));
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
