import type { HeldResult } from '../results.ts';
import type { Wire } from '../../seed/wire.ts';

/** The facts of a status. */
export interface V3State {
  readonly result: HeldResult;
  readonly running: boolean;
  /** Whether the result is already kept for its whole time. */
  readonly durable: boolean;
  readonly chunkRows: number;
  readonly wire: Wire;
}

/**
 * A status of V3, as the body of its own call and as headers of every response. Counts are unknown
 * while the query runs.
 */
export function v3Status({ result, running, durable, chunkRows, wire }: V3State): {
  body: object;
  headers: Record<string, string>;
} {
  const count = (value: number): unknown => {
    if (running) return null;
    return wire.v3Counts === 'texts' ? String(value) : value;
  };
  const ended = durable ? 'FINISHED' : 'RESULTS_PRODUCED';
  const rows = result.count() ?? 0;
  const body = {
    queryId: result.id,
    completionStatus: running ? 'RUNNING_OR_UNSPECIFIED' : ended,
    chunkCount: count(Math.ceil(rows / chunkRows)),
    rowCount: count(rows),
    progress: (running ? 0.4 : 1) * (wire.v3Progress === 'percent' ? 100 : 1),
    expirationTime: result.expiresAt.toISOString(),
    executionStats: { wallClockTime: 0.1, rowsProcessed: rows },
  };
  const text = JSON.stringify(body);
  return {
    body,
    headers: {
      ...(wire.v3StatusHeader !== 'status' && { 'x-hyperdb-status': text }),
      ...(wire.v3StatusHeader !== 'x-hyperdb-status' && { status: text }),
    },
  };
}
