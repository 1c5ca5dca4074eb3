import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  patched,
  proxyActivities,
  sleep,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/inputs.ts';
import { REFUSED, refusedTexts, type RefusedReason } from '../../contract/gap-texts.ts';
import type { Gap } from '../../contract/status.ts';
import { isAnswer } from './answer-shapes.ts';
import { unreadableKey } from '../commands/check-request.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote } from '../state/state.ts';
import { retry, visible } from '../beside/own-failures.ts';

/**
 * A cancelled activity is awaited until it has really stopped. Otherwise it could write a file
 * after a deletion or beside its successor.
 */
const cancellationType = 'WAIT_CANCELLATION_COMPLETED';

type Proxy = ReturnType<typeof proxyActivities<Activities>>;

/**
 * Activities that touch no system but our own. If a worker is killed, another soon gets its
 * activity.
 */
export const quick = checked(
  visible(
    proxyActivities<Activities>({ startToCloseTimeout: '1 minute', retry, cancellationType }),
  ),
);

/** Activities that finish within minutes. */
export const brief = checked(
  visible(
    proxyActivities<Activities>({ startToCloseTimeout: '10 minutes', retry, cancellationType }),
  ),
);

/**
 * Activities that move files. They report that they are alive, and continue from where an earlier
 * attempt stopped.
 */
export const lengthy = checked(
  visible(
    proxyActivities<Activities>({
      startToCloseTimeout: '12 hours',
      heartbeatTimeout: '60 seconds',
      retry,
      cancellationType,
    }),
  ),
);

/** Guards what is done about activities that are ended by hand. One marker serves a whole run. */
export const LOOKED_AFTER = 'orders-are-looked-after';

/** The same activities, with results that are checked before anything relies on them. */
function checked(orders: Proxy): Proxy {
  return new Proxy(orders, {
    get(_target, name: keyof Activities) {
      const order = orders[name] as Proxy['listProfiles'];
      type Given = Parameters<typeof order.executeWithOptions>;
      const lookedAt = async (...given: Given): Promise<unknown> =>
        looked(name, await order.executeWithOptions(...given));
      // One more await can change the order of Temporal's commands, so a history of an earlier
      // release gets the bare promise.
      return {
        executeWithOptions: (...given: Given) =>
          patched(LOOKED_AFTER) ? lookedAt(...given) : order.executeWithOptions(...given),
      };
    },
  });
}

/**
 * The result, if its shape is right.
 *
 * @throws ActivityFailure, as a failed activity would, if somebody completed the activity by hand
 *   with something else
 * @throws Error if the result is encrypted with a key that this worker lacks: the task is retried
 *   until a worker with the key is there
 */
function looked(name: keyof Activities, answer: unknown): unknown {
  const key = unreadableKey(answer);
  if (key !== undefined) {
    throw new Error(
      `The answer of ${name} is encrypted with the key ${key}, which this worker does not have.`,
    );
  }
  if (isAnswer(name, answer)) return answer;
  const cause = ApplicationFailure.create({
    type: 'no-answer',
    nonRetryable: true,
    message: `${name} was completed with something that is no answer to it`,
  });
  throw new ActivityFailure(
    `${name} has no answer`,
    name,
    undefined,
    'NON_RETRYABLE_FAILURE',
    undefined,
    cause,
  );
}

/** The failure types of activities. Everything else that ends an activity came from outside. */
const SAID = [...Object.keys(REFUSED), 'invalid-request', 'answered-before'];

/**
 * Whether an activity was ended in Temporal: failed or completed by hand, or given too little time.
 * Activities themselves fail for good only with a type of their own; a bug is retried for ever.
 */
export const endedByHand = (error: unknown): error is ActivityFailure =>
  error instanceof ActivityFailure &&
  !isCancellation(error) &&
  !(error.cause instanceof ApplicationFailure && SAID.includes(error.cause.type ?? ''));

/** How an activity was ended in Temporal, in words for operators. */
const inWords = ({ activityType, cause }: ActivityFailure): string =>
  `${activityType} was ended in Temporal (${cause?.message.slice(0, 200) || 'no reason was given'})`;

const codeIn = (details: readonly unknown[] | null | undefined): string | undefined => {
  const code = (details?.[0] as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
};

/**
 * The gap that a failed activity means. `part` is what of the system it was about.
 *
 * @throws whatever is no failure of a system, because a bug must not look like a gap
 */
export function gapOf(error: unknown, about: { readonly part?: string } = {}): Omit<Gap, 'system'> {
  if (
    !isCancellation(error) &&
    error instanceof ActivityFailure &&
    error.cause instanceof ApplicationFailure
  ) {
    const { type, message, details } = error.cause;
    if (typeof type === 'string' && Object.hasOwn(REFUSED, type)) {
      const because = type as RefusedReason;
      return { because, ...refusedTexts(because, { message, code: codeIn(details), ...about }) };
    }
  }
  if (endedByHand(error) && patched(LOOKED_AFTER)) {
    const note = 'Reading it was stopped before it was done.';
    return {
      because: 'unavailable',
      note: about.part === undefined ? note : `${about.part}: ${note}`,
    };
  }
  throw error;
}

/**
 * Milliseconds until an activity that was ended by hand is started again: short at first, an hour
 * at most.
 */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 3_600_000;

/**
 * Runs an activity that the request cannot do without. If it was ended in Temporal, it is started
 * again after a pause that grows. Meanwhile an operator sees what was ended and when it starts
 * again.
 */
export const insisted = <Result>(run: RequestRun, order: () => Promise<Result>): Promise<Result> =>
  patched(LOOKED_AFTER) ? again(run, order) : order();

async function again<Result>(run: RequestRun, order: () => Promise<Result>): Promise<Result> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await order();
    } catch (error) {
      if (!endedByHand(error)) throw error;
      await showEnded(run, error, pause);
    }
  }
}

async function showEnded(run: RequestRun, error: ActivityFailure, pause: number): Promise<void> {
  const { waits } = run.state;
  const on = `operator:${error.activityType}`;
  const reason = `${inWords(error)}. The request cannot go on without it, and orders it again; do not end it by hand.`;
  addNote(run.state, `${inWords(error)}, and is ordered again.`);
  waits[on] = {
    on,
    owner: 'operator',
    reason,
    since: run.now(),
    until: run.after(pause / 86_400_000),
    then: 'ordered again',
  };
  run.touch();
  try {
    await sleep(pause, { summary: `${error.activityType}: order it again` });
  } finally {
    delete waits[on];
    run.touch();
  }
}

/** Notes for operators how an activity of a system was ended in Temporal. */
export function noteEnded(run: RequestRun, system: string, error: unknown): void {
  if (endedByHand(error)) addNote(run.state, `${system}: ${inWords(error)}.`);
}

/** Whether a question that can wait was ended in Temporal. It is asked again at its next time. */
export const canWait = (error: unknown): boolean => endedByHand(error) && patched(LOOKED_AFTER);
