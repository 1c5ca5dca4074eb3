import { localDay } from '@dossier/law/days';
import { forOperator } from '../../contract/gap-texts.ts';
import type { RequestStatus } from '../../contract/status.ts';
import { markdownText } from '../../contract/visible.ts';

const LINES = 12;

/**
 * The page of a request in the Temporal UI, as Markdown, with the most important line first. It
 * holds no identifier.
 */
export function currentDetails(status: RequestStatus, lawTitle: string | null): string {
  const { timetable } = status;
  const lines = [headline(status), ''];
  if (status.willBeLate) {
    lines.push(
      `**Will be late on ${status.willBeLate.on}:** ${cell(status.willBeLate.because)}`,
      '',
    );
  }
  if (timetable) {
    lines.push(
      `**${lawTitle ?? status.law}**: answer by **${timetable.answerBy}**, collecting ends ` +
        `on ${localDay(timetable, timetable.cutOffAt)}` +
        (timetable.acknowledgeBy ? `, receipt is confirmed by ${timetable.acknowledgeBy}` : '') +
        (timetable.extendBy && !timetable.extension.used
          ? `, an extension can be announced until ${timetable.extendBy}.`
          : '.'),
      '',
    );
    if (timetable.laws) {
      lines.push(
        `The strictest of ${timetable.laws.map((it) => `${it.law} (${it.answerBy})`).join(', ')}.`,
        '',
      );
    }
  }
  if (status.waits.length > 0) {
    lines.push(
      row('waits for', 'who acts', 'why', 'until', 'then'),
      '| --- | --- | --- | --- | --- |',
    );
    for (const wait of status.waits.slice(0, LINES)) {
      const until = untilWords(wait.until, timetable);
      lines.push(row(cell(wait.on), wait.owner, cell(wait.reason), until, cell(wait.then)));
    }
    lines.push(...more(status.waits.length), '');
  }
  if (status.systems.length > 0) {
    lines.push(row('system', 'state', 'files', 'answer by'), '| --- | --- | --- | --- |');
    for (const it of status.systems.slice(0, LINES)) {
      const reminded =
        it.reminders > 0 ? `, reminded ${it.reminders} time${it.reminders === 1 ? '' : 's'}` : '';
      lines.push(
        row(
          cell(it.id),
          `${it.state}${it.outcome ? ` (${it.outcome})` : ''}${reminded}`,
          String(it.files),
          it.answerBy ?? '',
        ),
      );
    }
    lines.push(...more(status.systems.length), '');
  }
  if (status.profiles.length > 0) {
    const exported = status.profiles.filter(({ state }) => state === 'exported');
    lines.push(
      `Profiles: ${status.profiles.length} found, ${exported.length} exported, ` +
        `${exported.reduce((sum, { rows }) => sum + rows, 0)} rows.`,
      '',
    );
  }
  if (status.gaps.length > 0) {
    lines.push(
      '**Missing from the package**',
      '',
      ...status.gaps
        .slice(0, LINES)
        .map((gap) => `- ${cell(gap.system)}: ${gap.because}. ${cell(forOperator(gap))}`),
      ...more(status.gaps.length),
      '',
    );
  }
  if (status.package) {
    lines.push(
      `Package: ${status.package.files} files, ${status.package.bytes} bytes, SHA-256 ` +
        `\`${status.package.sha256}\`.`,
      '',
    );
  }
  if (status.notices.length > 0) {
    lines.push(
      '**Diary**',
      '',
      ...status.notices
        .slice(-LINES)
        .map(
          (it) =>
            `- ${timetable === null ? it.at.slice(0, 10) : localDay(timetable, it.at)} ` +
            `${it.kind} to ${cell(it.to)}: ${cell(it.note)}`,
        ),
      '',
    );
  }
  return lines.join('\n');
}

function headline(status: RequestStatus): string {
  const overdue = status.overdue ? '**OVERDUE.** ' : '';
  if (status.waitingOn.length === 0) {
    return `${overdue}Request ${status.requestId} is at **${status.stage}**.`;
  }
  return `${overdue}Request ${status.requestId} is at **${status.stage}** and waits for ${status.waitingOn
    .slice(0, 5)
    .map((on) => `**${cell(on)}**`)
    .join(', ')}.`;
}

/**
 * The UI's tables have no space between columns, and show entities literally. A cell therefore ends
 * with spaces that are not trimmed.
 */
const row = (...cells: string[]): string => `| ${cells.join('\u00a0\u00a0 | ')} |`;
/** Text from data or from people. It makes no link, picture or table row of its own. */
const cell = markdownText;
const more = (count: number): string[] =>
  count > LINES ? ['', `… and ${count - LINES} more`] : [];

function untilWords(
  until: RequestStatus['waits'][number]['until'],
  timetable: RequestStatus['timetable'],
): string {
  if (until === null) return 'no limit';
  return timetable === null ? until.slice(0, 10) : localDay(timetable, until);
}
