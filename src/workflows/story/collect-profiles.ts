import { patched } from '@temporalio/workflow';
import type { Mapped, NumberedProfile } from '../../activities/inputs.ts';
import type { ReceiptRef } from '../../contract/receipt.ts';
import { brief, gapOf, lengthy, noteEnded } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { again, unlessAnswered } from '../beside/reset.ts';
import {
  addCost,
  addGap,
  addReceipt,
  clearGaps,
  isUnread,
  profileKey,
  type State,
  type Task,
} from '../state/state.ts';
import { holdsFiles, isRead, wasRead } from '../state/task.ts';

/** How many objects of one data space are exported at the same time. */
const AT_ONCE = 6;

/** Exports every profile. One query per object and data space serves all profiles. */
export async function collectProfiles(run: RequestRun, task: Task): Promise<void> {
  const { state } = run;
  const profiles = state.profiles ?? [];
  isRead(task, task.status.askedAt ?? run.now());
  clearGaps(state, task.system.id);
  for (const { identifier } of state.located?.restricted ?? []) {
    addGap(state, {
      system: task.system.id,
      because: 'restricted',
      note: `${identifier} leads to nothing. ${RESTRICTED}.`,
      advice:
        'The flag is processing=optout. Lift the restriction for the export and begin another ' +
        'request, or order a portability drop by the Consent API.',
    });
  }
  run.touch();
  for (const dataSpace of run.plan.dataSpaces) {
    const here = profiles.filter((profile) => profile.dataSpace === dataSpace);
    if (here.length > 0) await exportSpace(run, dataSpace, here);
  }
  nameEmptyProfiles(state);
  const failed = state.status.gaps.some((gap) => isUnread(gap, task.system.id));
  const own = state.receipts.filter(({ system }) => system === task.system.id);
  holdsFiles(
    task,
    own.reduce((sum, { files }) => sum + files, 0),
  );
  wasRead(task, {
    outcome: profiles.length > 0 ? 'delivered' : 'nothing-held',
    isPart: failed,
  });
}

async function exportSpace(
  run: RequestRun,
  dataSpace: string,
  profiles: readonly NumberedProfile[],
): Promise<void> {
  const { state } = run;
  mark(run, profiles, 'exporting');
  const map = state.maps[dataSpace] ?? (await mapSpace(run, dataSpace, profiles));
  for (const { name, label } of map.objects) {
    sayWithheld(state, dataSpace, label, state.exported[`${dataSpace}/${name}`]);
  }
  const todo = map.objects.filter(
    ({ name }) => state.exported[`${dataSpace}/${name}`] === undefined,
  );
  const export1 = async (): Promise<void> => {
    for (let object = todo.shift(); object !== undefined; object = todo.shift()) {
      await exportObject(run, dataSpace, object, profiles);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: AT_ONCE }, export1));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  sayRestricted(state, dataSpace, profiles, map);
  const failed = state.status.gaps.some((gap) => isUnread(gap, 'data-cloud'));
  mark(run, profiles, failed ? 'gap' : 'exported');
}

const RESTRICTED =
  "Processing of this person's data is restricted, and searches hide what there is";

/** An empty export of a restricted person is never "no data". */
function sayRestricted(
  state: State,
  dataSpace: string,
  profiles: readonly NumberedProfile[],
  { restricted = [], consentUnknown }: Mapped,
): void {
  for (const profile of profiles) {
    const rows =
      state.status.profiles.find((it) => profileKey(it) === profileKey(profile))?.rows ?? 0;
    const gap = { system: 'data-cloud', because: 'restricted', profile: profile.number } as const;
    if (restricted.includes(profile.number)) {
      addGap(state, {
        ...gap,
        note:
          RESTRICTED +
          (rows === 0 ? '.' : `, more than the ${rows} row(s) that they showed in ${dataSpace}.`),
        advice:
          'The flag is processing=optout. Lift the restriction for the export and retry, or order ' +
          'a portability drop by the Consent API.',
      });
    } else if (rows === 0 && consentUnknown !== undefined) {
      addGap(state, {
        ...gap,
        note:
          `Searches showed nothing in ${dataSpace}, and whether they hide something is not ` +
          'known.',
        advice: consentUnknown,
      });
    }
  }
}

/**
 * A profile that was found but has no exported row is a gap, and never "no data", because a row led
 * to it.
 */
export function nameEmptyProfiles(state: State): void {
  const rowsOf = new Map(state.status.profiles.map((shown) => [profileKey(shown), shown.rows]));
  const empty = (state.profiles ?? []).filter(
    (profile) =>
      (rowsOf.get(profileKey(profile)) ?? 0) === 0 &&
      !state.status.gaps.some(
        (gap) => isUnread(gap, 'data-cloud') && (gap.profile ?? profile.number) === profile.number,
      ),
  );
  if (empty.length === 0 || !patched('a-profile-without-rows-is-a-gap')) return;
  for (const { number, dataSpace } of empty) {
    addGap(state, {
      system: 'data-cloud',
      because: 'restricted',
      profile: number,
      note:
        `Profile ${number} was found in ${dataSpace}, and searches showed not one row of it: ` +
        'something hides its rows, or they were deleted meanwhile.',
    });
  }
}

async function mapSpace(
  run: RequestRun,
  dataSpace: string,
  profiles: readonly NumberedProfile[],
): Promise<Mapped> {
  const { state } = run;
  const { cost, ...map } = await unlessAnswered(run, () =>
    brief.mapObjects.executeWithOptions({ summary: `map the objects of data space ${dataSpace}` }, [
      {
        requestId: state.request.requestId,
        dataSpace,
        profiles,
        ...((state.tasks['data-cloud']?.generation ?? 1) > 1 && { fresh: true }),
        at: run.now(),
        ...again(run),
      },
    ]),
  );
  addCost(state, 'data-cloud', cost);
  state.maps[dataSpace] = map;
  return map;
}

async function exportObject(
  run: RequestRun,
  dataSpace: string,
  { name, label }: { name: string; label: string },
  profiles: readonly NumberedProfile[],
): Promise<void> {
  const { state } = run;
  try {
    const summary =
      `export ${label} of ` +
      `${profiles.length === 1 ? 'one profile' : `${profiles.length} profiles`} in ${dataSpace}`;
    const { receipt, rowsPerProfile } = await unlessAnswered(run, () =>
      lengthy.exportObject.executeWithOptions({ summary }, [
        {
          requestId: state.request.requestId,
          dataSpace,
          object: name,
          at: run.now(),
          ...again(run),
        },
      ]),
    );
    state.exported[`${dataSpace}/${name}`] = receipt;
    addReceipt(state, receipt);
    addCost(state, 'data-cloud', receipt.cost);
    for (const profile of profiles) {
      const shown = state.status.profiles.find((it) => profileKey(it) === profileKey(profile));
      if (shown) shown.rows += rowsPerProfile[String(profile.number)] ?? 0;
    }
    sayWithheld(state, dataSpace, label, receipt);
  } catch (error) {
    const gap = gapOf(error, { part: `${label} in ${dataSpace}` });
    noteEnded(run, `data-cloud, ${label} in ${dataSpace}`, error);
    addGap(state, { system: 'data-cloud', ...gap, object: `${dataSpace}/${name}` });
  }
}

function sayWithheld(
  state: State,
  dataSpace: string,
  label: string,
  receipt: ReceiptRef | undefined,
): void {
  for (const note of receipt?.partial ?? []) {
    addGap(state, {
      system: 'data-cloud',
      because: 'rejected',
      partial: true,
      note: `${label} in ${dataSpace}: ${note}`,
    });
  }
  if (receipt === undefined || receipt.withheldRows === 0) return;
  addGap(state, {
    system: 'data-cloud',
    because: 'ambiguous-rows',
    note:
      `${receipt.withheldRows} row(s) of ${label} in ${dataSpace} fit none or several of the ` +
      'profiles, and were left out.',
  });
}

/**
 * Names what was not exported when collecting ends: every object of a data space, or the whole
 * space.
 */
export function leaveUnexported(state: State): void {
  for (const dataSpace of new Set((state.profiles ?? []).map((profile) => profile.dataSpace))) {
    const objects = state.maps[dataSpace]?.objects;
    const left = objects?.filter(
      ({ name }) =>
        state.exported[`${dataSpace}/${name}`] === undefined &&
        !state.status.gaps.some(({ object }) => object === `${dataSpace}/${name}`),
    );
    if (
      left?.length === 0 ||
      (left === undefined && state.status.gaps.some((gap) => isUnread(gap, 'data-cloud')))
    ) {
      continue;
    }
    const what =
      left === undefined
        ? `The data space ${dataSpace}`
        : left.map(({ label }) => `${label} in ${dataSpace}`).join(', ');
    addGap(state, {
      system: 'data-cloud',
      because: 'unavailable',
      note: `${what} could not be read before the cut-off, although it was tried again and again.`,
    });
  }
  for (const shown of state.status.profiles) {
    if (shown.state !== 'exported') shown.state = 'gap';
  }
}

function mark(
  run: RequestRun,
  profiles: readonly NumberedProfile[],
  as: 'exporting' | 'exported' | 'gap',
): void {
  const keys = new Set(profiles.map(profileKey));
  for (const shown of run.state.status.profiles) {
    if (keys.has(profileKey(shown))) shown.state = as;
  }
  run.touch();
}
