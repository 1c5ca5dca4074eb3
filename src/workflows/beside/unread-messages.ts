import { CancellationScope, isCancellation, patched, workflowInfo } from '@temporalio/workflow';
import { unreadableKey } from '../commands/check-request.ts';
import type { FactName } from '../../contract/messages/index.ts';
import { endedByHand, quick } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, type UnreadFact } from '../state/state.ts';
import { meanwhile } from '../state/waiting.ts';

/**
 * How many facts are kept until their key comes, and how many characters each may have. They are
 * carried from run to run.
 */
const MOST = 20;
const LONGEST = 64 * 1024;

/** When a fact is read: at once, when its key has come, or never. */
type Verdict = 'now' | 'later' | 'never';

/**
 * Decides on a fact and keeps the decision in the history. What a worker can read depends on its
 * keys, and a replay by a worker with other keys must decide the same. `number` counts the facts of
 * this run.
 *
 * @throws Error if the fact had been read, and this worker lacks its key: the task is retried until
 *   a worker with the key is there
 */
function decide(run: RequestRun, number: number, message: unknown): Verdict {
  const key = unreadableKey(message);
  const replaying = workflowInfo().unsafe.isReplaying;
  if (key === undefined && !replaying) return 'now';
  const [later, never] = [`unreadable-message-${number}`, `ignored-message-${number}`];
  if (!replaying) return fits(run, message) ? decided(later, 'later') : decided(never, 'never');
  if (patched(later)) return 'later';
  if (patched(never)) return 'never';
  if (key === undefined) return 'now';
  throw new Error(
    `A message of this request is encrypted with the key ${key}, which this worker does not have.`,
  );
}

function decided(marker: string, verdict: Verdict): Verdict {
  patched(marker);
  return verdict;
}

const sealedOf = (message: unknown): string | undefined => (message as { sealed?: string }).sealed;
const fits = ({ state: { unread = [] } }: RequestRun, message: unknown): boolean =>
  unread.length < MOST && (sealedOf(message)?.length ?? Infinity) <= LONGEST;

/**
 * Whether a fact is put off until its key is there, or for good. Histories of 0.1.0, which ignored
 * such facts, still ignore them.
 */
export function isPutOff(run: RequestRun, name: FactName, message: unknown): boolean {
  if (!patched('messages-wait-for-their-key')) return false;
  const { state } = run;
  run.facts += 1;
  const verdict = decide(run, run.facts, message);
  if (verdict === 'now') return false;
  const key = unreadableKey(message);
  if (verdict === 'later') {
    const fact = key === undefined ? { clear: message } : { sealed: sealedOf(message) };
    state.unread = [
      ...(state.unread ?? []),
      { id: `${state.runs}-${run.facts}`, name, key: key ?? 'unknown', at: run.now(), ...fact },
    ];
  }
  addNote(
    state,
    `A signal ${name} is encrypted with the key ${key ?? 'that came later'}, which no worker ` +
      `has${verdict === 'later' ? '; it counts once the key is there' : ', and was dropped: send it again with another key'}.`,
  );
  run.touch();
  return true;
}

/**
 * Reads facts once a worker has their key, because the activity is retried until one has. Nothing
 * else waits for them.
 */
export async function readUnread(
  run: RequestRun,
  take: (name: FactName, message: unknown) => void,
): Promise<void> {
  const { state } = run;
  const reading = new Map<string, Promise<void>>();
  const scope = new CancellationScope();
  const todo = () => (state.unread ?? []).filter(({ id }) => !reading.has(id));
  while (
    await meanwhile(
      () => null,
      () => run.finished || todo().length > 0,
    )
  ) {
    if (run.finished) break;
    for (const fact of todo()) {
      reading.set(
        fact.id,
        scope
          .run(() => readOne(run, fact, take))
          .catch((error: unknown) => {
            if (!isCancellation(error)) throw error;
          }),
      );
    }
  }
  scope.cancel();
  await Promise.all(reading.values());
}

async function readOne(
  run: RequestRun,
  { id, name, sealed, clear }: UnreadFact,
  take: (name: FactName, message: unknown) => void,
): Promise<void> {
  const { state } = run;
  const { message, damaged } = await quick.readMessage
    .executeWithOptions({ summary: `read a signal ${name} once its key is there` }, [
      sealed === undefined ? { clear } : { sealed },
    ])
    .catch((error: unknown) => {
      if (endedByHand(error)) return { message: null, damaged: true };
      throw error;
    });
  state.unread = (state.unread ?? []).filter((it) => it.id !== id);
  if (damaged) addNote(state, `A signal ${name} could not be read with its key, and was dropped.`);
  else take(name as FactName, message);
  run.touch();
}
