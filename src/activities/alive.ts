import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { ConnectorContext } from '../domain/connector.ts';
import type { Instant } from '../domain/dates.ts';
import type { Store } from '../storage/filesystem.ts';

const EVERY = 10_000;

/** What a connector is handed: it tells Temporal that it is alive, even while it waits for one slow answer. */
export async function withContext<Result>(
  store: Store,
  { requestId, system, at }: { requestId: string; system: string; at: Instant },
  work: (context: ConnectorContext) => Promise<Result>,
): Promise<Result> {
  return alive((tell) =>
    work({
      requestId, system, at, signal: cancellationSignal(), sink: store.sink(requestId), heartbeat: tell, resume: activityInfo().heartbeatDetails as unknown,
    }));
}

/** Keeps telling Temporal that work goes on, with the last resume point. */
export async function alive<Result>(work: (tell: (details: unknown) => void) => Promise<Result>): Promise<Result> {
  let last: unknown = activityInfo().heartbeatDetails;
  const tell = (details: unknown): void => {
    last = details;
    heartbeat(details);
  };
  const timer = setInterval(() => heartbeat(last), EVERY);
  try {
    return await work(tell);
  } finally {
    clearInterval(timer);
  }
}
