import type { RequestStatus } from '../domain/status.ts';

const LINES = 12;

/** The page of a request in the Temporal UI, as Markdown: the most important line first. It holds no identifier. */
export function currentDetails(status: RequestStatus, lawTitle: string | null): string {
  const { timetable } = status;
  const lines = [headline(status), ''];
  if (timetable) {
    lines.push(
      `**${lawTitle ?? status.law}**: answer by **${timetable.answerBy}**, collecting ends ${timetable.cutOffAt.slice(0, 10)}` +
        (timetable.extendBy && !timetable.extension.used ? `, an extension can be announced until ${timetable.extendBy}.` : '.'),
      '',
    );
  }
  if (status.waits.length > 0) {
    lines.push('| waits for | who acts | why | until | then |', '| --- | --- | --- | --- | --- |');
    for (const wait of status.waits.slice(0, LINES)) {
      lines.push(`| ${wait.on} | ${wait.owner} | ${cell(wait.reason)} | ${wait.until?.slice(0, 10) ?? 'no limit'} | ${cell(wait.then)} |`);
    }
    lines.push(...more(status.waits.length), '');
  }
  if (status.systems.length > 0) {
    lines.push('| system | connector | state | files | asked | answer by | reminders |', '| --- | --- | --- | --- | --- | --- | --- |');
    for (const it of status.systems.slice(0, LINES)) {
      lines.push(`| ${it.id} | ${it.connector} | ${it.state}${it.outcome ? ` (${it.outcome})` : ''} | ${it.files} | ${it.askedAt?.slice(0, 10) ?? ''} | ${it.answerBy ?? ''} | ${it.reminders} |`);
    }
    lines.push(...more(status.systems.length), '');
  }
  if (status.profiles.length > 0) {
    const exported = status.profiles.filter(({ state }) => state === 'exported');
    lines.push(`Profiles: ${status.profiles.length} found, ${exported.length} exported, ${exported.reduce((sum, { rows }) => sum + rows, 0)} rows.`, '');
  }
  if (status.gaps.length > 0) {
    lines.push('**Missing from the package**', '', ...status.gaps.slice(0, LINES).map((gap) => `- ${gap.system}: ${gap.because}. ${cell(gap.note)}`), ...more(status.gaps.length), '');
  }
  if (status.package) {
    lines.push(`Package: ${status.package.files} files, ${status.package.bytes} bytes, SHA-256 \`${status.package.sha256}\`.`, '');
  }
  if (status.notices.length > 0) {
    lines.push('**Diary**', '', ...status.notices.slice(-LINES).map((it) => `- ${it.at.slice(0, 16).replace('T', ' ')} ${it.kind} to ${it.to}: ${cell(it.note)}`), '');
  }
  return lines.join('\n');
}

function headline(status: RequestStatus): string {
  const overdue = status.overdue ? '**OVERDUE.** ' : '';
  if (status.waitingOn.length === 0) return `${overdue}Request ${status.requestId} is at **${status.stage}**.`;
  return `${overdue}Request ${status.requestId} is at **${status.stage}** and waits for ${status.waitingOn.slice(0, 5).map((on) => `**${on}**`).join(', ')}.`;
}

const cell = (text: string): string => text.replace(/[|\r\n]+/g, ' ');
const more = (count: number): string[] => (count > LINES ? ['', `… and ${count - LINES} more`] : []);
