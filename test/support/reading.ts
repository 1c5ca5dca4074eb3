import assert from 'node:assert/strict';
import type { Notice, RequestStatus, SystemStatus, Wait } from '../../src/contract/status.ts';
import { manifestOf, opened, shownAlike, type Entries } from './evidence.ts';
import type { World } from './world.ts';

/** What a request waits for under a name. */
export const waitOn = ({ waits }: RequestStatus, on: string): Wait =>
  waits.find((wait) => wait.on === on) ?? assert.fail(`waits on ${on}: ${JSON.stringify(waits)}`);

/** Gaps as `<system> <reason>`, sorted. */
export const gapsOf = ({ gaps }: Pick<RequestStatus, 'gaps'>): string[] =>
  gaps.map(({ system, because }) => `${system} ${because}`).sort();

export const systemOf = ({ systems }: RequestStatus, id: string): SystemStatus =>
  systems.find((it) => it.id === id) ?? assert.fail(`system ${id}`);

/** Whether every one of these systems is done. */
export const areDone = ({ systems }: RequestStatus, ...ids: readonly string[]): boolean =>
  ids.every((id) => systems.some((it) => it.id === id && it.state === 'done'));

/** Lines of the diary of a kind whose note fits. */
export const noticed = ({ notices }: RequestStatus, kind: Notice['kind'], note: RegExp): Notice[] =>
  notices.filter((it) => it.kind === kind && note.test(it.note));

/** The status of a request that was delivered before its answer was due, and waits for nothing. */
export async function deliveredInTime(world: World, requestId: string): Promise<RequestStatus> {
  await world.reaches(requestId, 'delivered');
  const status = await shownAlike(world, requestId);
  assert.ok(
    status.timetable &&
      status.package?.deliveredAt &&
      status.package.deliveredAt < status.timetable.dueAt,
    'before the answer is due',
  );
  assert.deepEqual([status.overdue, status.waits], [false, []]);
  return status;
}

/** The entries of a package that names the very gaps of the status. */
export async function packageNaming(status: RequestStatus): Promise<Entries> {
  const entries = await opened(status.package);
  assert.deepEqual(gapsOf(manifestOf(entries) as Pick<RequestStatus, 'gaps'>), gapsOf(status));
  return entries;
}
