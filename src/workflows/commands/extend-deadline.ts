import type { ClockEvent } from '../../contract/plan.ts';
import type { Message } from '../../contract/messages.ts';
import { refusal } from '../../contract/refusals.ts';
import { computeDates, takeDates } from '../dates/compute-dates.ts';
import { notAllowed } from './not-allowed.ts';
import type { RequestRun } from '../state/request-run.ts';
import { rules } from './rules.ts';

/**
 * Extends the deadline. Without the day on which the notice was sent, the letter is written and
 * nothing counts yet; with it, the longer date holds at once. A day that the notice names is put to
 * the law first.
 *
 * @throws ApplicationFailure `not-allowed` with the article where the law does not accept the day
 */
export async function extendDeadline(
  run: RequestRun,
  message: Message<'extendDeadline'>,
): Promise<void> {
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
    const late = rules.extendDeadline(run, message);
    if (late !== undefined) throw notAllowed(late);
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
function refusalIn(
  steps: readonly { readonly rule: string; readonly cite: string }[],
  answerBy: string,
): string {
  const step = steps.findLast(({ rule }) => rule.startsWith('The extension does not count'));
  return step === undefined
    ? `The law does not accept this extension; answer by ${answerBy}.`
    : `${step.rule} (${step.cite}) Answer by ${answerBy}.`;
}
