import type { Message } from '../../contract/messages/index.ts';
import type { TimetableStep } from '../../contract/status.ts';
import { reasonRefusal } from '../../contract/extension-reason.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { isAfter, isFuture } from '../dates/compare-moments.ts';
import { open } from '../state/state.ts';
import { notAllowed } from './not-allowed.ts';
import { atStage } from './words.ts';
import { handleCommand, NOBODY } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';
import type { ClockEvent } from '../../contract/plan.ts';
import { computeDates, takeDates } from '../dates/compute-dates.ts';
import { refuseIf } from './refuse-if.ts';

export default handleCommand('extendDeadline', {
  refuse,
  apply: extend,
  offer: (run) => {
    const { extension } = run.state.status.timetable ?? {};
    return refuse(run, { reason: extension?.reasons[0] ?? '-', by: NOBODY }) === undefined;
  },
});

function refuse(
  run: RequestRun,
  { noticeSentAt, reason, until }: Message<'extendDeadline'>,
): Refusal | undefined {
  const { timetable } = run.state.status;
  if (
    timetable === null ||
    !(open(run.state) || ['packaging', 'delivering'].includes(run.state.status.stage))
  ) {
    return refusal('wrong-stage', `${atStage(run)}: there is no deadline to extend.`);
  }
  const { allowed, used, latest, cite } = timetable.extension;
  if (!allowed) {
    return refusal(
      'no-extension',
      `The law allows no extension (${cite}); answer by ${timetable.answerBy}.`,
    );
  }
  if (used) {
    return refusal(
      'extended-already',
      `The deadline was extended already, and the law allows it once (${cite}); answer by ` +
        `${timetable.answerBy}.`,
    );
  }
  const sent = noticeSentAt ?? run.now();
  if (isFuture(run, sent)) {
    return refusal(
      'in-the-future',
      'noticeSentAt lies in the future: record the notice when it was sent.',
      'noticeSentAt',
    );
  }
  if (latest !== null && isAfter(run, sent, latest)) {
    return refusal(
      'too-late-to-extend',
      `An extension had to be announced by ${latest} (${cite}); answer by ${timetable.answerBy}.`,
    );
  }
  const { extended } = run.plan;
  if (extended === null) {
    return refusal(
      'no-extension',
      `No extended date is known under ${cite}; answer by ${timetable.answerBy}.`,
    );
  }
  if (until !== undefined && until <= timetable.answerBy) {
    return refusal(
      'no-later-day',
      `The answer is due by ${timetable.answerBy} anyway: an extension names a later day (${cite}).`,
      'until',
    );
  }
  if (until !== undefined && timetable.extension.namesDay !== true && until > extended.answerBy) {
    return refusal(
      'day-too-late',
      `The law extends until ${extended.answerBy} at the latest (${cite}).`,
      'until',
    );
  }
  const unlisted = reasonRefusal(reason, timetable.extension);
  return unlisted === undefined ? undefined : refusal('reason-not-allowed', unlisted, 'reason');
}

/**
 * Extends the deadline. Without the day on which the notice was sent, the letter is written and
 * nothing counts yet. With it, the longer date holds at once. If the notice names a day, the law is
 * asked about it first.
 *
 * @throws ApplicationFailure `not-allowed` with the article if the law does not accept the day
 */
async function extend(run: RequestRun, message: Message<'extendDeadline'>): Promise<void> {
  const { state } = run;
  const { reason, noticeSentAt, by } = message;
  const until = message.until ?? state.extensionUntil;
  const event: ClockEvent = {
    type: 'extended',
    at: noticeSentAt ?? run.now(),
    ...(until !== undefined && { until }),
  };
  const planned = state.events.length;
  const dates =
    until === undefined
      ? null
      : await computeDates(run, `ask the law for an extension until ${until}`, {
          events: [...state.events, event],
        });
  if (dates !== null) {
    refuseIf(refuse(run, message));
    if (!dates.timetable.extension.used) {
      throw notAllowed(
        refusal('law-refuses', refusalIn(dates.timetable.steps, run.timetable.answerBy)),
      );
    }
  }
  const extended = dates?.timetable ?? run.plan.extended;
  if (extended === null) {
    throw notAllowed(
      refusal('no-extension', `No extended date is known; answer by ${run.timetable.answerBy}.`),
    );
  }
  const formerAnswerBy = run.timetable.answerBy;
  if (noticeSentAt === undefined) {
    if (until !== undefined) state.extensionUntil = until;
    await run.tellSubject(
      'extension',
      `The deadline is to be extended until ${extended.answerBy} (${reason}, by ${by}); the ` +
        'longer date counts once the notice is recorded as sent.',
      { reason, formerAnswerBy, answerBy: extended.answerBy },
    );
    return;
  }
  const current = state.events.length === planned;
  state.events.push(event);
  if (dates !== null) takeDates(run, dates);
  else takeDates(run, { timetable: extended, extended: null, notes: [] });
  if (dates !== null && current) state.eventsPlanned = state.events.length;
  run.notice(
    'extension',
    'subject',
    'sent',
    `Answer by ${extended.answerBy} instead (${reason}, by ${by}).`,
  );
}

/** The law's own words for why an extension does not count. */
function refusalIn(steps: readonly TimetableStep[], answerBy: string): string {
  const step = steps.findLast(({ kind }) => kind === 'extension-refused');
  return step === undefined
    ? `The law does not accept this extension; answer by ${answerBy}.`
    : `${step.rule} (${step.cite}) Answer by ${answerBy}.`;
}
