import pc from 'picocolors';
import type { RequestStatus } from '../../contract/status.ts';
import { weekdayOf } from '../output/days.ts';
import type { Output } from '../output/output.ts';
import { table } from '../output/table.ts';
import { wrapped } from '../output/wrapped.ts';

/** The output of the demo: a story, line by line, as it happens. With `--json` it is silent. */
export interface Telling {
  chapter(title: string): void;
  line(text: string): void;
  good(text: string): void;
  waits(text: string): void;
  /** Lines of the diary: what happened, with the day and the kind. */
  diary(entries: readonly (readonly [when: string, what: string])[]): void;
  /** Lines without changes, because people copy commands and tables. */
  lines(texts: readonly string[]): void;
}

/** A telling on the output of a command. */
export function createTelling(out: Output): Telling {
  const { bold, dim, green, yellow } = pc.createColors(out.colour);
  const say = (text: string): void => {
    if (!out.json) out.result(text, [text]);
  };
  const told = (mark: string, shown: string, text: string): void => {
    const [first = '', ...rest] = wrapped(text, out.width - mark.length);
    say(shown + first);
    for (const line of rest) {
      say(' '.repeat(mark.length) + line);
    }
  };
  return {
    chapter: (title) => {
      say('');
      say(bold(title));
    },
    line: (text) => told('  ', '  ', text),
    good: (text) => told('  ✓ ', `  ${green('✓')} `, text),
    waits: (text) => told('  … ', `  ${yellow('…')} `, text),
    diary: (entries) => {
      for (const [when, what] of entries) {
        told(when, dim(when), what);
      }
    },
    lines: (texts) => {
      for (const text of texts) {
        say(text === '' || text.startsWith('  ') ? text : `  ${dim(text)}`);
      }
    },
  };
}

/** The dates of a request in one line. */
export function datesOf({ law, receivedOn, timetable }: RequestStatus): string {
  if (receivedOn === null || timetable === null) return `law ${law}`;
  return (
    `${law}: received ${weekdayOf(receivedOn)}, answer by ${weekdayOf(timetable.answerBy)} ` +
    `(${timetable.steps[0]?.cite ?? ''})`
  );
}

/** How the subject was found, in one line. */
export function foundOf({ lookups, profiles }: RequestStatus): string {
  const identifiers = new Set(lookups.map(({ identifier }) => identifier)).size;
  const unified = new Set(profiles.flatMap(({ unifiedIndividuals }) => unifiedIndividuals)).size;
  return (
    `${identifiers} e-mail${identifiers === 1 ? '' : 's'} → ${profiles.length} party ` +
    `ID${profiles.length === 1 ? '' : 's'} → ${unified} unified ` +
    `individual${unified === 1 ? '' : 's'}`
  );
}

/** What the packages contain and what is missing. */
export function summary(statuses: readonly RequestStatus[], width = Infinity): string[] {
  return table(
    ['request', 'law', 'stage', 'profiles', 'rows', 'files', 'missing'],
    statuses.map((it) => [
      it.requestId,
      it.law ?? '',
      it.stage,
      String(it.profiles.length),
      String(it.profiles.reduce((sum, { rows }) => sum + rows, 0)),
      String(it.package?.files ?? ''),
      it.gaps.map(({ system, because }) => `${system}: ${because}`).join(', ') ||
        (it.package ? 'nothing' : 'not packaged yet'),
    ]),
    width,
  );
}

/** The diary of a request, with days in the law's zone. */
export function diaryOf({ notices, timetable }: RequestStatus): [when: string, what: string][] {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: timetable?.timeZone ?? 'UTC' });
  return notices.map((it) => [
    `    ${weekdayOf(day.format(Date.parse(it.at))).padEnd(16)} ${it.kind.padEnd(15)} `,
    it.note,
  ]);
}
