import { computeDates, takeDates } from '../dates/compute-dates.ts';
import { insisted } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { outlookMoments } from '../dates/will-be-late.ts';
import { ended, open } from '../state/state.ts';
import { earliest, meanwhile } from '../state/waiting.ts';

/**
 * Recomputes the timetable when something happened that the law counts: identity, clarification,
 * extension.
 */
export async function watchClock(run: RequestRun): Promise<void> {
  const { state } = run;
  const moved = () => state.plan !== null && state.eventsPlanned < state.events.length;
  while (
    await meanwhile(
      () => null,
      () => run.finished || moved(),
    )
  ) {
    if (run.finished || state.plan === null) return;
    const planned = state.events.length;
    const { request } = state;
    const dates = await insisted(run, () =>
      computeDates(run, 'recompute the dates, for the clock was moved'),
    );
    // A correction has meanwhile planned for the new request, so dates for the old one are out of
    // date.
    if (request !== state.request) continue;
    state.eventsPlanned = planned;
    takeDates(run, dates);
    run.touch();
  }
}

/**
 * Says when receipt must be confirmed, and asks for a decision on an extension while one can still
 * be announced. It also says when the request is overdue.
 */
export async function watchDates(run: RequestRun): Promise<void> {
  const { state } = run;
  if (
    !(await meanwhile(
      () => null,
      () => run.finished || state.status.timetable !== null,
    )) ||
    run.finished
  ) {
    return;
  }
  const askAt = () =>
    state.extensionAsked || !open(state) || !state.identityDecided || !extendable(run)
      ? null
      : decisionAt(run);
  const lateAt = () => (state.overdueSaid || !undelivered(run) ? null : run.timetable.dueAt);
  const confirmAt = () =>
    state.acknowledgeSaid || run.timetable.acknowledgeBy === null || !undelivered(run)
      ? null
      : run.after(-2, run.endOf(run.timetable.acknowledgeBy));
  let looked = run.now();
  const lookAt = () =>
    run.inTime && undelivered(run)
      ? earliest(outlookMoments(run.timetable).filter((at) => at > looked))
      : null;
  const next = () => earliest([confirmAt(), askAt(), lateAt(), lookAt()]);
  const reason = () => {
    const [at, confirm, ask] = [next(), confirmAt(), askAt()];
    if (at !== null && at === confirm) return `confirm receipt by ${run.timetable.acknowledgeBy}`;
    if (at !== null && at === lookAt() && at !== ask && at !== lateAt()) {
      return `see who will be late for ${run.timetable.answerBy}`;
    }
    return at !== null && at === ask
      ? `decide on an extension by ${run.dayOf(at)}, announce it by ${run.timetable.extendBy}`
      : `answer by ${run.timetable.answerBy}`;
  };
  while (!run.finished) {
    if (await meanwhile(next, () => run.finished, reason)) return;
    const now = run.now();
    const [confirm, ask, late, look] = [confirmAt(), askAt(), lateAt(), lookAt()];
    if (look !== null && now >= look) {
      looked = now;
      run.touch();
    }
    if (confirm !== null && now >= confirm) await askToConfirm(run);
    if (ask !== null && now >= ask) await askForExtension(run);
    if (late !== null && now >= late) await sayOverdue(run);
  }
}

/**
 * Two days before the cut-off at the latest, because after the cut-off what is there has been sent.
 */
function decisionAt(run: RequestRun) {
  const lawful = run.after(
    -1,
    run.endOf(run.timetable.decideExtensionBy ?? run.timetable.answerBy),
  );
  const useful = run.after(-2, run.collectUntil());
  return lawful < useful ? lawful : useful;
}

const extendable = ({ timetable }: RequestRun): boolean =>
  timetable.extension.allowed && !timetable.extension.used && timetable.decideExtensionBy !== null;
const undelivered = ({ state }: RequestRun): boolean =>
  !ended(state) && !state.status.package?.deliveredAt;

/**
 * Handles a law that wants receipt confirmed by a day. The letter is in the outbox, and the day
 * before an operator is asked to have sent it.
 */
async function askToConfirm(run: RequestRun): Promise<void> {
  const { state } = run;
  state.acknowledgeSaid = true;
  const { acknowledgeBy, steps } = run.timetable;
  const cite = steps.find(({ to }) => to === acknowledgeBy)?.cite ?? '';
  await run.letter(
    'reminder',
    'operator',
    `Receipt is confirmed to the subject by ${acknowledgeBy}.`,
    `The law wants receipt of ${state.request.requestId} confirmed to the subject by ` +
      `${acknowledgeBy} (${cite}). The letter lies in the outbox; send it if that has not been done.`,
  );
}

async function askForExtension(run: RequestRun): Promise<void> {
  const { state } = run;
  state.extensionAsked = true;
  const { extendBy, extension, answerBy } = run.timetable;
  if (extendBy === null || run.now() >= run.endOf(extendBy)) return;
  const longer = run.plan.extended === null ? '' : ` until ${run.plan.extended.answerBy}`;
  await run.letter(
    'escalation',
    'operator',
    `Extend${longer}, announced by ${extendBy}, or send by ${answerBy} what there is.`,
    `An extension${longer} can be announced until ${extendBy} (${extension.cite}); otherwise ` +
      `what is there is sent by ${answerBy}, with gaps.`,
  );
}

async function sayOverdue(run: RequestRun): Promise<void> {
  const { state } = run;
  state.overdueSaid = true;
  state.status.overdue = true;
  await run.letter(
    'overdue',
    'operator',
    `The answer was due by ${run.timetable.answerBy}.`,
    `The answer to ${state.request.requestId} was due by ${run.timetable.answerBy}. It is at ` +
      `the stage ${state.status.stage}.`,
  );
}
