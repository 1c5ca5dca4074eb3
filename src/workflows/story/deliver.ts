import type { NotIncluded, PackageInput } from '../../activities/inputs.ts';
import type { CalendarDate, Instant } from '@dossier/law';
import type { Gap, PackageStatus } from '../../contract/status.ts';
import { brief, insisted, lengthy } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { again, unlessAnswered } from '../beside/reset.ts';
import { addNote, gapsOf } from '../state/state.ts';

/** Packs what is there into one archive, and delivers it. */
export async function buildAndDeliver(run: RequestRun): Promise<void> {
  const { state } = run;
  if (state.status.package === null) {
    run.enter('packaging');
    const receipts = state.receipts;
    state.status.package = await pack(run, null, receipts, gapsOf(state));
    state.packaged = receipts.map(({ name }) => name);
  }
  if (state.status.package.deliveredAt === null) {
    run.enter('delivering');
    state.status.package = await deliver(run, state.status.package);
    const missing = gapsOf(state).length;
    const { files, deleteBy } = state.status.package;
    await run.tellSubject('delivery', `The copy is ready${gapWords(missing)}.`, {
      files,
      deleteBy,
      gaps: gapsOf(state),
    });
    if (run.now() >= run.timetable.dueAt) {
      addNote(state, `The package was delivered after ${run.timetable.answerBy}.`);
    }
  }
  if (state.status.stage === 'delivering') run.enter('delivered');
}

/** Builds an archive of receipts. */
export async function pack(
  run: RequestRun,
  supplement: number | null,
  receipts: PackageInput['receipts'],
  gaps: readonly Gap[],
): Promise<PackageStatus> {
  const { state, plan } = run;
  const order = (): PackageInput => ({
    request: state.request,
    law: plan.law,
    lawTitle: plan.lawTitle,
    receivedOn: plan.receivedOn,
    answerBy: run.timetable.answerBy,
    timeZone: run.timetable.timeZone,
    receipts,
    withheld: state.withheld,
    gaps,
    profiles: state.profiles ?? [],
    lookups: state.status.lookups,
    notIncluded: leftOut(run),
    mapped: Object.keys(state.maps),
    notes: state.remarks ?? [],
    supplement,
    at: run.now(),
    ...(state.status.cost && { cost: state.status.cost }),
    ...again(run),
  });
  const summary = supplement === null ? 'build the package' : `build supplement ${supplement}`;
  const packaged = await insisted(run, () =>
    unlessAnswered(run, () => lengthy.buildPackage.executeWithOptions({ summary }, [order()])),
  );
  return { ...packaged, deliveredAt: null, deleteBy: null };
}

/** Objects that are known and not exported, each once. */
function leftOut({ state }: RequestRun): NotIncluded[] {
  const all = [
    ...state.notIncluded,
    ...Object.values(state.maps).flatMap((map) => map.notIncluded),
  ];
  return [...new Map(all.map((it) => [`${it.dataSpace}/${it.object}`, it])).values()];
}

/** Delivers an archive, and sets the day of its deletion. */
export async function deliver(run: RequestRun, archive: PackageStatus): Promise<PackageStatus> {
  const { requestId, delivery } = run.state.request;
  await insisted(run, () =>
    lengthy.deliverPackage.executeWithOptions(
      { summary: `deliver the package to the ${delivery.to}` },
      [{ requestId, uri: archive.uri, sha256: archive.sha256, at: run.now() }],
    ),
  );
  const deliveredAt = run.now();
  return { ...archive, deliveredAt, deleteBy: deletionDay(run, deliveredAt) };
}

const deletionDay = (run: RequestRun, from: Instant): CalendarDate =>
  run.dayOf(run.after(Number.parseInt(run.plan.policy.retention, 10), from));

/** Deletes the package and every working file; a deletion receipt stays. */
export async function deleteEverything(
  run: RequestRun,
  why: string,
  as: 'withdrawn' | 'refused' | 'closed',
): Promise<void> {
  const { state } = run;
  const { files, before = false } = await insisted(run, () =>
    brief.deleteFiles.executeWithOptions({ summary: 'delete the package and the working files' }, [
      {
        requestId: state.request.requestId,
        why,
        at: run.now(),
        as,
        ...(state.endedBefore === true && { endedBefore: true as const }),
      },
    ]),
  );
  if (before) state.endedBefore = true;
  else addNote(state, `${files} file(s) were deleted (${why}); a deletion receipt is kept.`);
  const deletedAt = run.now();
  if (state.status.package !== null) state.status.package = { ...state.status.package, deletedAt };
  state.status.supplements = state.status.supplements.map((it) => ({ ...it, deletedAt }));
}

function gapWords(gaps: number): string {
  if (gaps === 0) return '';
  return gaps === 1 ? '; it names one gap' : `; it names ${gaps} gaps`;
}
