import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { Located, Profile } from '../../contract/profile.ts';
import { forOperator } from '../../contract/gap-texts.ts';
import type { Gap } from '../../contract/status.ts';
import { gapOf, lengthy, noteEnded } from '../activities/calls.ts';
import { judgeEarlyAnswers } from '../commands/early-answers.ts';
import { patiently } from '../activities/retries.ts';
import type { RequestRun } from '../state/request-run.ts';
import { again, unlessAnswered } from '../beside/reset.ts';
import {
  addCost,
  addGap,
  addNote,
  addRemark,
  addTask,
  clearGaps,
  isUnread,
  open,
  profileKey,
  profileName,
  shortList,
} from '../state/state.ts';
import { continueSuggested, Suspended } from '../state/waiting.ts';
import { becomesGap } from '../state/task.ts';

const DATA_CLOUD = 'data-cloud';

/**
 * Finds every profile of the person. A failed look-up is never "nothing found": it waits for an
 * operator, and then becomes a gap.
 */
export async function locate(run: RequestRun): Promise<void> {
  const { state } = run;
  if (state.located !== null || state.profiles !== null || !open(state)) return;
  run.enter('locating');
  lateArrival(run);
  const configured = run.plan.systems.some(({ id }) => id === DATA_CLOUD);
  while (configured && state.located === null && state.locateFailed !== 'skipped') {
    if (state.locateFailed === null) state.located = await lookUp(run);
    else if (!(await isMended(run, state.locateFailed))) break;
  }
  for (const note of state.located?.notes ?? []) {
    addRemark(state, note);
  }
  for (const advice of state.located?.advice ?? []) {
    addNote(state, advice);
  }
  state.notIncluded = (state.located?.shared ?? []).map((it) => ({
    ...it,
    why: 'it is reached only through an account or household, and may hold the data of other people',
  }));
  state.status.lookups = [...(state.located?.lookups ?? [])];
  state.status.profiles = (state.located?.profiles ?? []).map(
    ({ dataSpace, partyId, keyQualifier, dataSource, unifiedIndividuals }) => ({
      dataSpace,
      partyId,
      keyQualifier,
      dataSource,
      unifiedIndividuals,
      state: 'pending',
      rows: 0,
    }),
  );
}

/**
 * Looks the person up. If that fails, or takes longer than collecting, there is a gap and the
 * result is null.
 */
async function lookUp(run: RequestRun): Promise<Located | null> {
  const { state } = run;
  try {
    const located = await inTime(run, () => patiently(run, DATA_CLOUD, () => find(run)));
    if (located !== null || state.locateFailed !== null || run.now() < run.collectUntil()) {
      return located;
    }
    state.locateFailed = 'unavailable';
    addGap(state, {
      system: DATA_CLOUD,
      because: 'unavailable',
      note: 'The person could not be looked up before the cut-off, although it was tried again and again.',
    });
  } catch (error) {
    const gap = gapOf(error);
    noteEnded(run, DATA_CLOUD, error);
    state.locateFailed = gap.because;
    clearGaps(state, DATA_CLOUD);
    addGap(state, { system: DATA_CLOUD, ...gap });
    await run.letter(
      'escalation',
      'operator',
      `data-cloud: ${gap.because}.`,
      `${forOperator(gap)}\n\nMend it and have it tried again (retrySystem), or go on without it (skipSystem).`,
    );
  }
  return null;
}

/**
 * Has an operator fix the cause of a failed look-up. Returns false if nobody did before the
 * cut-off.
 */
async function isMended(run: RequestRun, because: Gap['because']): Promise<boolean> {
  const { state } = run;
  const gap = state.status.gaps.find((it) => isUnread(it, DATA_CLOUD));
  return run.waitFor(
    {
      on: DATA_CLOUD,
      owner: 'operator',
      reason: gap === undefined ? 'The look-up failed.' : forOperator(gap),
      then: `gap ${because}`,
    },
    () => run.collectUntil(),
    () => state.locateFailed !== because,
  );
}

/**
 * Has an operator decide on profiles that may be somebody else's. Undecided ones are left out at
 * the cut-off, as a gap.
 */
export async function settleMatch(run: RequestRun): Promise<void> {
  const { state } = run;
  if (state.profiles !== null || !open(state)) return;
  const located = state.located;
  const confirmedMore = () => located !== null && state.located === null;
  const found = state.located?.profiles ?? [];
  const doubtful = new Set((state.located?.reviews ?? []).flatMap(({ profiles }) => profiles));
  const undecided = () =>
    found.filter(
      (profile, index) => doubtful.has(index) && state.decisions[profileKey(profile)] === undefined,
    );
  if (undecided().length > 0) {
    if (state.status.stage !== 'reviewing-match') {
      run.enter('reviewing-match');
      const reasons = [...new Set((state.located?.reviews ?? []).map(({ note }) => note))];
      await run.letter(
        'escalation',
        'operator',
        'Found profiles may belong to somebody else.',
        `Decide on each profile (decideMatch):\n\n${reasons.map((note) => `- ${note}`).join('\n')}`,
      );
    }
    await run.waitFor(
      () => ({
        on: 'operator:match',
        owner: 'operator',
        reason:
          `${undecided().length} profile(s) may belong to somebody else: ` +
          `${whyReviewed(state.located, undecided())} Send decideMatch for ` +
          `${shortList(undecided().map(profileName))}.`,
        then: 'gap not-reviewed',
      }),
      () => run.collectUntil(),
      () => undecided().length === 0 || confirmedMore(),
    );
    if (confirmedMore()) return;
  }
  const left = new Set(undecided());
  if (left.size > 0) {
    addGap(state, {
      system: DATA_CLOUD,
      because: 'not-reviewed',
      note:
        `${left.size} profile(s) that may belong to somebody else were not reviewed in time, ` +
        'and are left out.',
    });
  }
  const included = found.filter(
    (profile) => !left.has(profile) && state.decisions[profileKey(profile)]?.include !== false,
  );
  state.status.profiles.forEach((shown, index) => {
    const profile = found[index];
    if (profile !== undefined && !included.includes(profile)) shown.state = 'gap';
  });
  state.profiles = included.map((profile, index) => ({ ...profile, number: index + 1 }));
  if (run.now() >= run.collectUntil()) {
    run.collectLonger();
    addRemark(
      state,
      'The search for the person ended with the cut-off; systems are asked until ' +
        `${run.dayOf(run.collectUntil())}.`,
    );
  }
  nameSystems(run);
}

/** Why profiles are reviewed, in sentences. */
function whyReviewed(located: Located | null, profiles: readonly Profile[]): string {
  const reviews = (located?.reviews ?? []).filter((review) =>
    review.profiles.some(
      (index) => located !== null && profiles.includes(located.profiles[index] as Profile),
    ),
  );
  return [...new Set(reviews.map(({ note }) => note))].join(' ');
}

/**
 * Adds every system that is asked: Data Cloud, the clouds, the vendors that own a data source, and
 * sources that nobody owns.
 */
function nameSystems(run: RequestRun): void {
  const { state, plan } = run;
  const sources = [...new Set((state.profiles ?? []).map(({ dataSource }) => dataSource))]
    .filter((it) => it !== '')
    .sort();
  for (const system of plan.systems) {
    const owns = system.dataSources.some((it) => sources.includes(it));
    if (system.id === DATA_CLOUD) {
      addTask(state, system);
      const task = state.tasks[system.id];
      if (task !== undefined && state.located === null) {
        becomesGap(task);
      }
    } else if (
      system.kind === 'cloud' ||
      system.always === true ||
      owns ||
      plan.policy.systems.includes(system.id)
    ) {
      addTask(state, system);
    }
  }
  const claimed = new Set(plan.systems.flatMap(({ dataSources }) => dataSources));
  for (const source of sources.filter((it) => !claimed.has(it))) {
    addTask(
      state,
      { id: `data-source:${source}`, connector: 'unmapped', kind: 'vendor', dataSources: [source] },
      false,
    );
  }
  state.systemsKnown = true;
  judgeEarlyAnswers(run);
  run.touch();
}

async function find(run: RequestRun): Promise<Located> {
  const { state, plan } = run;
  const { cost, ...located } = await unlessAnswered(run, () =>
    lengthy.locateProfiles.executeWithOptions({ summary: 'find every profile of the person' }, [
      {
        request: state.request,
        confirmed: state.confirmed,
        dataSpaces: plan.dataSpaces,
        maxProfiles: plan.policy.maxProfiles,
        reviewIdOnly: plan.policy.reviewIdOnly,
        at: run.now(),
        ...again(run),
      },
    ]),
  );
  addCost(state, DATA_CLOUD, cost);
  return located;
}

/**
 * Runs an activity until the end of collecting, which may move. Returns null if the end came first,
 * or if an operator stopped the activity.
 */
async function inTime<Result>(
  run: RequestRun,
  order: () => Promise<Result>,
): Promise<Result | null> {
  const scope = new CancellationScope();
  run.scopes.set('locate', scope);
  let settled = false;
  const work = scope.run(order).finally(() => {
    settled = true;
  });
  // The next run looks up again, unless this look-up has ended nevertheless.
  const suspend = async (): Promise<void> => {
    run.suspended = true;
    scope.cancel();
    const stopped = await work.then(() => false, isCancellation);
    if (stopped) throw new Suspended();
    run.suspended = false;
  };
  const watch = async (): Promise<void> => {
    while (!settled) {
      const until = run.collectUntil();
      const left = Date.parse(until) - Date.now();
      if (left <= 0) return scope.cancel();
      if (continueSuggested()) return suspend();
      await condition(() => settled || run.collectUntil() !== until || continueSuggested(), left, {
        summary: `the look-up ends at the cut-off, ${run.dayOf(until)}`,
      });
    }
  };
  try {
    const [found] = await Promise.all([work, watch()]);
    return found;
  } catch (error) {
    if (isCancellation(error) && !run.scope.consideredCancelled) return null;
    throw error;
  } finally {
    run.scopes.delete('locate');
  }
}

/** A request that comes after its own cut-off still waits some days for replies, and says so. */
function lateArrival(run: RequestRun): void {
  const { state, plan } = run;
  if (run.now() < run.timetable.cutOffAt || state.lateUntil !== null) return;
  if (run.inTime) run.collectFrom(run.now());
  else state.lateUntil = run.after(Number.parseInt(plan.policy.lateWait, 10));
  addRemark(
    state,
    `Collecting began after the cut-off (${run.dayOf(run.timetable.cutOffAt)}); answers are ` +
      `waited for until ${run.dayOf(run.collectUntil())}.`,
  );
}
