import { brief } from './ordering.ts';
import type { RequestRun } from './request-run.ts';
import { addNote, ended, open } from './state.ts';
import { before, earliest } from './waiting.ts';

/** Recomputes the timetable whenever something happened that the law counts: identity, clarification, extension. */
export async function watchClock(run: RequestRun): Promise<void> {
  const { state } = run;
  const moved = () => state.plan !== null && state.eventsPlanned < state.events.length;
  while (await before(() => null, () => run.finished || moved(), '')) {
    if (run.finished || state.plan === null) return;
    const planned = state.events.length;
    const { timetable, extended, notes } = await brief.replanDates.executeWithOptions({ summary: 'recompute the dates, for the clock was moved' }, [
      { request: state.request, events: state.events, policy: state.plan.policy, at: run.now() },
    ]);
    state.eventsPlanned = planned;
    state.plan = { ...state.plan, timetable, extended };
    state.status.timetable = timetable;
    for (const note of notes) addNote(state, note);
    run.touch();
  }
}

/** Asks for a decision on an extension while one can still be announced, and says so when the request is overdue. */
export async function watchDates(run: RequestRun): Promise<void> {
  const { state } = run;
  if (!(await before(() => null, () => run.finished || state.status.timetable !== null, '')) || run.finished) return;
  const askAt = () => (state.extensionAsked || !open(state) || !state.identityDecided || !extendable(run) ? null : decisionAt(run));
  const lateAt = () => (state.overdueSaid || !undelivered(run) ? null : run.timetable.dueAt);
  const next = () => earliest([askAt(), lateAt()]);
  while (!run.finished) {
    if (await before(next, () => run.finished, `answer by ${run.timetable.answerBy}`)) return;
    const now = run.now();
    const [ask, late] = [askAt(), lateAt()];
    if (ask !== null && now >= ask) await askForExtension(run);
    if (late !== null && now >= late) await sayOverdue(run);
  }
}

/** Two days before the cut-off at the latest: after it, what is there has been sent. */
function decisionAt(run: RequestRun) {
  const lawful = run.after(-1, run.endOf(run.timetable.decideExtensionBy ?? run.timetable.answerBy));
  const useful = run.after(-2, run.collectUntil());
  return lawful < useful ? lawful : useful;
}

const extendable = ({ timetable }: RequestRun): boolean => timetable.extension.allowed && !timetable.extension.used && timetable.decideExtensionBy !== null;
const undelivered = ({ state }: RequestRun): boolean => !ended(state) && !state.status.package?.deliveredAt;

async function askForExtension(run: RequestRun): Promise<void> {
  const { state } = run;
  state.extensionAsked = true;
  const { extendBy, extension, answerBy } = run.timetable;
  if (extendBy === null || run.now() >= run.endOf(extendBy)) return;
  await run.letter('escalation', 'operator', `Extend until ${extendBy}, or send by ${answerBy} what there is.`, `An extension can be announced until ${extendBy} (${extension.cite}); otherwise what is there is sent by ${answerBy}, with gaps.`);
}

async function sayOverdue(run: RequestRun): Promise<void> {
  const { state } = run;
  state.overdueSaid = true;
  state.status.overdue = true;
  await run.letter('overdue', 'operator', `The answer was due by ${run.timetable.answerBy}.`, `The answer to ${state.request.requestId} was due by ${run.timetable.answerBy}. It is at the stage ${state.status.stage}.`);
}
