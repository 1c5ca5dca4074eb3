import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { DossierError } from '../../client/dossier-error.ts';
import type { Dossier } from '../../client/dossier.ts';
import { workflowIdOf } from '../../contract/contract.ts';
import { identifiersOf, requestInput, type RequestInput } from '../../contract/request.ts';
import type { RequestStatus } from '../../contract/status.ts';
import { startOfDay } from '@dossier/law';
import { fastForward, timeOf } from '../../temporal/local-server/skip-time.ts';
import { dayIn } from '../output/days.ts';
import { happened, type Entry } from './diary.ts';
import { makeMove, moveWords, type Move } from './moves.ts';

/** What a rehearsal needs. */
export interface Stage {
  readonly dossier: Dossier;
  readonly namespace: string;
  readonly moves: readonly Move[];
  readonly signal: AbortSignal;
  /** Receives each diary entry when it happens. */
  readonly tell: (entry: Entry) => void;
  readonly begun: (status: RequestStatus) => void;
}

/** The end of a rehearsal. */
export interface Played {
  readonly status: RequestStatus;
  readonly diary: readonly Entry[];
  /** Why the rehearsal ended before the request. */
  readonly stopped?: string;
}

const DAY = 86_400_000;
/** A request that waits for an operator is watched this many days after its answer date. */
const PATIENCE = 14;
const BEFORE_MIDNIGHT = 30_000;
/** The longest real time for reading the simulated systems, in milliseconds. */
const WORK = 60_000;
const ENDS: readonly string[] = ['closed', 'refused', 'withdrawn'];

/**
 * Plays a request to its end, one day of the law's zone at a time. It looks at the request just
 * before each midnight.
 */
export async function play(
  request: RequestInput,
  { dossier, namespace, moves, signal, tell, begun }: Stage,
): Promise<Played> {
  const { requestId } = request;
  const identifiers = identifiersOf(requestInput.parse(request).subject).map(({ name }) => name);
  const workflow = { namespace, workflowId: workflowIdOf(requestId) };
  const connection = dossier.temporal.connection as Connection;
  const diary: Entry[] = [];
  const add = (entries: readonly Entry[]): void => {
    diary.push(...entries);
    for (const entry of entries) {
      tell(entry);
    }
  };
  let status = await settled(dossier, await dossier.start(request), signal);
  begun(status);
  const zone = status.timetable?.timeZone ?? 'UTC';
  const first = dayIn((await timeOf(connection, workflow)).now, zone);
  add(happened(undefined, status, first));
  for (let day = 0; ; day += 1) {
    signal.throwIfAborted();
    const { now } = await timeOf(connection, workflow);
    const on = dayIn(now, zone);
    for (const move of moves.filter((it) => it.day === day)) {
      add([await moved(move, { dossier, status, on, identifiers })]);
    }
    const before = status;
    status = await settled(dossier, await dossier.status(requestId), signal);
    add(happened(before, status, on));
    if (ENDS.includes(status.stage)) return { status, diary };
    const stopped = endless(
      status,
      on,
      moves.some((it) => it.day > day),
    );
    if (stopped !== undefined) return { status, diary, stopped };
    const left =
      Date.parse(
        endOf(
          quietUntil(
            status,
            on,
            moves.some((it) => it.day > day),
          ),
          zone,
        ),
      ) -
      now -
      BEFORE_MIDNIGHT;
    await fastForward(connection, workflow, left > 0 ? left : left + DAY, 60_000);
    const evening = status;
    status = await settled(dossier, await dossier.status(requestId), signal);
    const arrived = await timeOf(connection, workflow);
    add(happened(evening, status, dayIn(arrived.now, zone)));
    if (ENDS.includes(status.stage)) return { status, diary };
    await fastForward(connection, workflow, BEFORE_MIDNIGHT * 2, 60_000);
  }
}

/**
 * The day until which nothing can happen without action. A delivered package stays unchanged until
 * it is deleted.
 */
const quietUntil = (
  { stage, package: archive }: RequestStatus,
  on: string,
  moreMoves: boolean,
): string =>
  stage === 'delivered' && !moreMoves && archive?.deleteBy != null && archive.deleteBy > on
    ? archive.deleteBy
    : on;

async function moved(move: Move, scene: Parameters<typeof makeMove>[1]): Promise<Entry> {
  const { on } = scene;
  try {
    await makeMove(move, scene);
    return { on, kind: 'move', what: `you: ${moveWords(move)}` };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DossierError') throw error;
    return {
      on,
      kind: 'move',
      what: `you: ${moveWords(move)}, which is refused: ${error.message}`,
    };
  }
}

/** Why a request would wait for an operator for ever. Undefined if it would not. */
function endless(
  { stage, timetable }: RequestStatus,
  on: string,
  moreMoves: boolean,
): string | undefined {
  if (moreMoves || timetable === null || ['delivered', 'delivering', 'packaging'].includes(stage)) {
    return undefined;
  }
  const waited = Date.parse(on) - Date.parse(timetable.answerBy);
  return waited <= PATIENCE * DAY
    ? undefined
    : `It goes on waiting at ${stage}, and asks an operator again and again; nothing is sent by itself.`;
}

/** The status after present work is done. Systems that Dossier reads answer within seconds. */
async function settled(
  dossier: Dossier,
  status: RequestStatus,
  signal: AbortSignal,
): Promise<RequestStatus> {
  let last = status;
  const until = Date.now() + WORK;
  for (let quiet = 0; quiet < 2 && !ENDS.includes(last.stage);) {
    if (Date.now() > until) {
      throw new DossierError({
        code: 'failed',
        where: last.requestId,
        message:
          `The rehearsal stands still at ${last.stage}: something is tried again and again and ` +
          'does not come to an end.',
        actions: [
          'Try the same request in a stack that stays, where the Temporal UI shows what fails: dossier dev',
        ],
      });
    }
    await sleep(100, undefined, { signal });
    const next = await dossier.status(last.requestId);
    const busy =
      ['received', 'planning', 'locating', 'packaging', 'delivering'].includes(next.stage) ||
      next.systems.some(({ state }) => ['pending', 'asking', 'exporting'].includes(state));
    quiet =
      !busy && next.notices.length === last.notices.length && next.stage === last.stage
        ? quiet + 1
        : 0;
    last = next;
  }
  return last;
}

/** The midnight at the end of a day in a zone. */
const endOf = (on: string, zone: string): string =>
  startOfDay(new Date(Date.parse(on) + DAY).toISOString().slice(0, 10) as never, zone);
