import { setMaxListeners } from 'node:events';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { ConnectorContext } from '../connectors/spi.ts';
import { NO_COST, sumOf, type Cost } from '../contract/cost.ts';
import type { Instant } from '@dossier/law';
import { metered } from '../http/meter.ts';
import type { Store } from '../storage/filesystem.ts';

const EVERY = 10_000;
/** Calls that one activity may make at once; each listens for its cancellation. */
const AT_ONCE = 100;

/** What a heartbeat carries: how far the work is, and what it has cost since its first attempt. */
interface Beat {
  readonly at: unknown;
  readonly cost: Cost;
}

/** Returns what the work has cost since its first attempt. */
export type Spent = () => Cost;

/**
 * Calls a connector with its context. Temporal hears that the activity is alive, even while the
 * connector waits for one slow response.
 */
export async function withContext<Result>(
  store: Store,
  {
    requestId,
    system,
    at,
  }: {
    requestId: string;
    system: string;
    at: Instant;
  },
  work: (context: ConnectorContext, spent: Spent) => Promise<Result>,
): Promise<Result> {
  return alive((tell, spent, resume) =>
    work(
      {
        requestId,
        system,
        at,
        signal: cancellationSignal(),
        sink: store.sink(requestId),
        heartbeat: tell,
        resume,
      },
      spent,
    ),
  );
}

/**
 * Keeps reporting to Temporal that the work continues, with the last resume point. It also counts
 * what the work costs over all attempts.
 */
export async function alive<Result>(
  work: (tell: (details: unknown) => void, spent: Spent, resume: unknown) => Promise<Result>,
): Promise<Result> {
  const earlier = beatOf(activityInfo().heartbeatDetails);
  setMaxListeners(AT_ONCE, cancellationSignal());
  return metered(async (spentNow) => {
    const spent: Spent = () => sumOf(earlier.cost, spentNow());
    let last = earlier.at;
    const beat = (): void => heartbeat({ at: last, cost: spent() } satisfies Beat);
    const tell = (details: unknown): void => {
      last = details;
      beat();
    };
    const timer = setInterval(beat, EVERY);
    try {
      return await work(tell, spent, earlier.at);
    } catch (error) {
      beat();
      throw error;
    } finally {
      clearInterval(timer);
    }
  });
}

/** The last heartbeat of an earlier attempt. An older version wrote only the resume point. */
function beatOf(details: unknown): Beat {
  const isBeat =
    typeof details === 'object' && details !== null && 'cost' in details && 'at' in details;
  return isBeat ? (details as Beat) : { at: details, cost: NO_COST };
}
