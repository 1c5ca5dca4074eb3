import {
  ActivityFailure,
  ApplicationFailure,
  patched,
  type proxyActivities,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/inputs.ts';
import {
  OWN_WAITS,
  SHOWABLE_ATTEMPTS,
  SHOWN_ATTEMPTS,
  type OwnFailureType,
} from '../../contract/own-failure.ts';

/**
 * A failure of Dossier itself, as the request shows it: whom it waits for, why, and what could not
 * be done.
 */
export interface OwnFailure {
  readonly on: string;
  readonly reason: string;
  readonly doing: string;
}
/** Shows a failure, and returns the function that hides it after the activity has succeeded. */
export type Shower = (failure: OwnFailure) => () => void;

/** How Temporal retries an activity. */
export const retry = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '5 minutes',
} as const;
/**
 * How Temporal retries an activity whose failure an operator sees: often, so that it soon succeeds
 * after the fix.
 */
const retryShown = {
  initialInterval: '2 seconds',
  backoffCoefficient: 2,
  maximumAttempts: SHOWN_ATTEMPTS,
} as const;
/**
 * A full disk is soon fixed. A fault of ours stays until another release is there, and an expensive
 * activity must not run each minute until then.
 */
const LONGEST = { storage: '1 minute', 'own-fault': '1 hour' } as const satisfies Record<
  OwnFailureType,
  string
>;

/**
 * Every workflow has modules of its own, so this belongs to one request. Without it activities are
 * retried as in 0.1.0.
 */
let show: Shower | undefined;
/** Makes the request show activities of ours that fail again and again. */
export const showOwnFailures = (shower: Shower): void => {
  show = shower;
};

/** Called as soon as an activity is known to fail, by the summary of the activity. */
const stuck = new Map<string, () => void>();
/**
 * Has `then` called once the activity with this summary is known to fail, so that others need not
 * wait for it.
 */
export const onceStuck = (summary: string, then: () => void): void => void stuck.set(summary, then);

type Orders = ReturnType<typeof proxyActivities<Activities>>;
type Options = Parameters<Orders['writeLetter']['executeWithOptions']>[0];
type Loose = (options: Options, args: unknown[]) => Promise<unknown>;

/**
 * The same activities. If the storage fails or a fault is ours, the request shows it, and the
 * activity is retried until it succeeds.
 */
export function visible(orders: Orders): Orders {
  return new Proxy(orders, {
    get: (target, name) => {
      const order = target[name as keyof Activities] as unknown as { executeWithOptions: Loose };
      const give: Loose = (options, args) => order.executeWithOptions(options, args);
      return {
        executeWithOptions: (options: Options, args: unknown[]) =>
          show === undefined ? give(options, args) : given(give, options, args, show),
      };
    },
  });
}

function given(give: Loose, options: Options, args: unknown[], shower: Shower): Promise<unknown> {
  return give({ retry: { ...retry, maximumAttempts: SHOWABLE_ATTEMPTS }, ...options }, args).catch(
    async (error: unknown) => {
      const own = ownFailureOf(error);
      if (own === undefined) throw error;
      // A caller that limits the attempts has something else to do meanwhile, such as reminders. It
      // repeats the activity at a time of its own.
      if (options.retry?.maximumAttempts !== undefined && patched('bounded-orders-stay-bounded')) {
        throw error;
      }
      const { summary = 'go on' } = options;
      const { type, ...failure } = own;
      const done = shower({ ...failure, doing: summary });
      stuck.get(summary)?.();
      try {
        return await give(
          { ...options, retry: { ...retryShown, maximumInterval: LONGEST[type] } },
          args,
        );
      } finally {
        done();
      }
    },
  );
}

function ownFailureOf(
  error: unknown,
): (Pick<OwnFailure, 'on' | 'reason'> & { readonly type: OwnFailureType }) | undefined {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) {
    return undefined;
  }
  const { type, message } = error.cause;
  return isOwnType(type) ? { type, on: OWN_WAITS[type], reason: message } : undefined;
}

const isOwnType = (type: unknown): type is OwnFailureType =>
  typeof type === 'string' && Object.hasOwn(OWN_WAITS, type);
