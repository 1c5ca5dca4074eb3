import type { Instant } from '@dossier/law';
import { gatheringEnd } from '../dates/in-time.ts';
import type { ReceiptRef } from '../../contract/receipt.ts';
import { daily } from './collect.ts';
import { deleteEverything, deliver, pack } from './deliver.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, unpackaged } from '../state/state.ts';
import { before, earliest } from '../state/waiting.ts';

/** Keeps the package until its day of deletion; late answers become supplements meanwhile. */
export async function keepUntilDeletion(run: RequestRun): Promise<void> {
  while (
    run.now() < deletionAt(run) &&
    (await before(
      () => deletionAt(run),
      () => late(run).length > 0,
      () => `delete the package by ${run.state.status.package?.deleteBy}`,
    ))
  ) {
    await gather(run);
    await supplement(run);
    run.state.gatherUntil = null;
  }
  await before(
    () => null,
    () => run.state.openAnswers.length === 0,
  );
  if (late(run).length > 0) {
    addNote(
      run.state,
      'A late answer was not approved before the package was deleted, and was never sent.',
    );
  }
  // Files that were taken in after this would never be deleted.
  run.finish();
  await run.beside;
  await deleteEverything(run, 'the retention period has passed', 'closed');
  run.enter('closed');
}

/** When the retention period ends, counted from the last delivery. */
function deletionAt(run: RequestRun): Instant {
  const { package: first, supplements } = run.state.status;
  const delivered = (supplements.at(-1) ?? first)?.deliveredAt ?? run.now();
  return run.after(Number.parseInt(run.plan.policy.retention, 10), delivered);
}

/** Receipts that came after the package. */
const late = ({ state }: RequestRun): ReceiptRef[] => unpackaged(state);

/**
 * Gathers late replies for some days, so that the subject gets one supplement and not one per
 * vendor.
 */
async function gather(run: RequestRun): Promise<void> {
  const { state } = run;
  const days = Number.parseInt(run.plan.policy.lateWait, 10);
  state.gatherUntil ??= earliest([
    run.inTime ? gatheringEnd(run.now(), days, run.timetable.dueAt) : run.after(days),
    deletionAt(run),
  ]);
  const complete = () =>
    state.openAnswers.length === 0 &&
    Object.values(state.tasks).every(({ status }) => status.state === 'done');
  await before(
    () => state.gatherUntil,
    complete,
    () => 'gather late answers for a supplement',
  );
  await before(
    () => null,
    () => state.openAnswers.length === 0,
  );
}

async function supplement(run: RequestRun): Promise<void> {
  const { state } = run;
  const number = state.status.supplements.length + 1;
  if (run.plan.policy.reviewPackage && !(await approved(run, number))) return;
  const receipts = late(run);
  if (receipts.length === 0) return;
  const archive = await pack(run, number, receipts, state.status.gaps);
  state.packaged = [...state.packaged, ...receipts.map(({ name }) => name)];
  const delivered = await deliver(run, archive);
  const systems = [...new Set(receipts.map(({ system }) => system))];
  keepUntil(run, delivered.deleteBy);
  state.status.supplements = [...state.status.supplements, { ...delivered, number, systems }];
  await run.tellSubject('supplement', `Supplement ${number} is ready: ${systems.join(', ')}.`, {
    number,
    deleteBy: delivered.deleteBy,
  });
  run.touch();
}

/** Sets one day on which all archives of a request are deleted. */
function keepUntil(
  { state: { status } }: RequestRun,
  deleteBy: NonNullable<typeof status.package>['deleteBy'],
): void {
  if (status.package !== null) status.package = { ...status.package, deleteBy };
  status.supplements = status.supplements.map((it) => ({ ...it, deleteBy }));
}

/**
 * The supplement's own review. Returns false if every late reply was retracted meanwhile, or nobody
 * approved it in time.
 */
async function approved(run: RequestRun, number: number): Promise<boolean> {
  const { state } = run;
  run.enter('reviewing-package');
  const decided = () =>
    state.approvedRevision === state.status.revision && state.openAnswers.length === 0;
  await run.waitFor(
    () => ({
      on: 'operator:approval',
      owner: 'operator',
      then: 'deleted with the package, never sent',
      reason:
        `Supplement ${number}, revision ${state.status.revision}, awaits approval; send ` +
        'approvePackage.',
    }),
    () => deletionAt(run),
    () => decided() || late(run).length === 0,
    daily(run, () =>
      run.letter(
        'escalation',
        'operator',
        `Supplement ${number} still awaits approval.`,
        `Supplement ${number} of ${state.request.requestId}, revision ` +
          `${state.status.revision}, awaits approval. On ${run.dayOf(deletionAt(run))} it is ` +
          'deleted with the package.',
      ),
    ),
  );
  run.enter('delivered');
  return decided() && late(run).length > 0;
}
