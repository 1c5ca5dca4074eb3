/**
 * The simulator's time: the host's time plus every manual advance. So tokens, batches and files can
 * expire at once.
 */
export interface Clock {
  /** Milliseconds since 1970, as in `Date.now()`. */
  now(): number;
  /** Moves the time forward, and waits for the work that becomes due. */
  advance(seconds: number): Promise<void>;
  /** Runs `work` after that much time, real or advanced. `log` receives its failure. */
  after(seconds: number, work: () => Promise<void>): void;
  /** Drops all work that is not due yet. */
  stop(): void;
}

interface Due {
  readonly at: number;
  readonly work: () => Promise<void>;
  readonly timer: NodeJS.Timeout;
}

const LONGEST_TIMER = 2_000_000_000;

/** A clock that starts at the host's time. */
export function startClock(log: (line: string) => void): Clock {
  let ahead = 0;
  const waiting = new Set<Due>();
  const now = (): number => Date.now() + ahead;
  const run = async (due: Due): Promise<void> => {
    if (!waiting.delete(due)) return;
    clearTimeout(due.timer);
    try {
      await due.work();
    } catch (error) {
      log(`simulator: delayed work failed: ${error instanceof Error ? error.name : 'error'}`);
    }
  };
  return {
    now,
    advance: async (seconds) => {
      ahead += seconds * 1_000;
      const due = [...waiting].filter(({ at }) => at <= now()).toSorted((a, b) => a.at - b.at);
      for (const one of due) {
        await run(one);
      }
    },
    after: (seconds, work) => {
      const milliseconds = seconds * 1_000;
      const due: Due = {
        at: now() + milliseconds,
        work,
        timer: setTimeout(() => void run(due), Math.min(milliseconds, LONGEST_TIMER)).unref(),
      };
      waiting.add(due);
    },
    stop: () => {
      for (const { timer } of waiting) {
        clearTimeout(timer);
      }
      waiting.clear();
    },
  };
}

/** A moment in ISO 8601, some seconds from now. */
export const isoAfter = (clock: Clock, seconds: number): string =>
  new Date(clock.now() + seconds * 1_000).toISOString();
