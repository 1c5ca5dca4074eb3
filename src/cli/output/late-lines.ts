import type { RequestStatus } from '../../contract/status.ts';
import { dayIn, daysAway, weekdayOf } from './days.ts';

/** Who will be late and why, and the commands that settle it. Empty if all is well. */
export function lateLines(status: RequestStatus, now: number): string[] {
  const { willBeLate, timetable, requestId: id, waits, revision } = status;
  if (willBeLate == null || timetable === null) return [];
  const zone = timetable.timeZone;
  const systems = status.systems.filter(
    ({ id: system }) =>
      willBeLate.because.includes(system) && waits.some(({ on }) => on === system),
  );
  const { allowed, used } = timetable.extension;
  const mayExtend =
    allowed && !used && timetable.extendBy !== null && dayIn(now, zone) <= timetable.extendBy;
  const commands = [
    ...(willBeLate.because.startsWith('operator:approval')
      ? [`dossier request approve ${id} --revision ${revision}`]
      : []),
    ...(/^operator:(storage|worker)/.test(willBeLate.because) ? ['dossier doctor'] : []),
    ...systems.slice(0, 3).map((system) => `dossier request skip ${id} ${system.id} --reason "…"`),
    ...(mayExtend ? [`dossier request extend ${id} --reason "…"`] : []),
  ];
  return [
    `Late on    ${weekdayOf(willBeLate.on)}, ${daysAway(willBeLate.on, now, zone)}: ` +
      inWords(willBeLate.because),
    ...commands.map((command, index) => `${(index === 0 ? 'settle it' : '').padEnd(11)}${command}`),
  ];
}

/** Writes the days in a sentence like the rest of the line: `Wed 23 Dec 2026`. */
export const inWords = (text: string): string =>
  text.replace(/\b\d{4}-\d{2}-\d{2}\b(?!T)/g, (day) =>
    Number.isNaN(Date.parse(day)) ? day : weekdayOf(day),
  );
