import pc from 'picocolors';
import { forOperator } from '../../contract/gap-texts.ts';
import type { Retrying } from '../../client/retrying.ts';
import type { RequestStatus, Timetable } from '../../contract/status.ts';
import { dayIn, daysAway, momentOf, timeAway, weekdayOf } from './days.ts';
import { inCommands } from './in-commands.ts';
import { inWords, lateLines } from './late-lines.ts';
import { nextCommands } from './next-commands.ts';
import { table } from './table.ts';

/** How to print a page. */
export interface PageOptions {
  readonly colour: boolean;
  readonly now: number;
  /** Characters of a line. The default is no limit. */
  readonly width?: number;
}

const PROFILES_SHOWN = 20;
const LINES_SHOWN = 12;

/** A status, with facts that the command line adds. */
export type ShownStatus = RequestStatus & {
  /** Steps that fail and are being retried now. */
  readonly retrying?: readonly Retrying[];
  /** Later requests of the same person, judged by identifiers. */
  readonly samePersonLater?: readonly string[];
};

/**
 * A request on one page for people: what it is, its dates, what it waits for, and what can be done.
 */
export function requestPage(
  status: ShownStatus,
  { colour, now, width = Infinity }: PageOptions,
): string[] {
  const { bold, dim, red, yellow } = pc.createColors(colour);
  const heading = (text: string) => ['', bold(text)];
  const late = status.overdue ? red('  OVERDUE') : '';
  const identity =
    typeof status.identity === 'string'
      ? status.identity
      : `confirmed for ${status.identity.confirmed.join(', ') || 'nothing yet'}`;
  const lines = [
    `${bold(status.requestId)}  ${status.type} request${status.law ? ` under ${status.law}` : ''}`,
    `Stage      ${bold(status.stage)}${late}`,
    `Identity   ${identity}`,
  ];
  const samePerson = [
    ...(status.samePerson ?? []).map(({ requestId }) => requestId),
    ...(status.samePersonLater ?? []),
  ];
  if (samePerson.length > 0) {
    lines.push(
      `Same one?  ${yellow([...new Set(samePerson)].join(', '))}: ` +
        'with one of the same identifiers, and nothing was merged',
    );
  }
  if (status.receivedOn) lines.push(`Received   ${weekdayOf(status.receivedOn)}`);
  if (status.timetable) {
    lines.push(
      ...dates(
        status.timetable,
        now,
        status.allowed?.some(({ message }) => message === 'extendDeadline') === true,
      ),
    );
  }
  const zone = status.timetable?.timeZone;
  lines.push(...lateLines(status, now).map((line, index) => (index === 0 ? red(line) : dim(line))));

  if (status.replan) {
    lines.push(
      ...heading(
        `Planned anew on ${weekdayOf(status.replan.at)}, by ${status.replan.by}: ${status.replan.state}`,
      ),
    );
    lines.push(
      ...status.replan.changes.map(
        ({ date, from, to }) => `  ${date}: ${from ?? 'none'} → ${to ?? 'none'}`,
      ),
    );
  }
  if (status.waits.length > 0) {
    lines.push(...heading('Waits for'));
    for (const wait of status.waits.slice(0, LINES_SHOWN)) {
      lines.push(`  ${yellow(wait.on)}  ${dim(wait.owner)}  ${inCommands(wait.reason)}`);
      lines.push(
        '    ' +
          `${wait.until ? `until ${momentOf(wait.until, zone)}, ${daysAway(wait.until, now, zone)}; ` : ''}then ` +
          thenOf(wait.then),
      );
    }
    lines.push(...more(status.waits.length, LINES_SHOWN));
  }
  const { retrying = [] } = status;
  if (retrying.length > 0) {
    lines.push(...heading('Fails and is tried again'));
    for (const it of retrying.slice(0, LINES_SHOWN)) {
      lines.push(
        `  ${yellow(it.what)}  attempt ${it.attempt} ` +
          (it.nextAt === null ? 'now' : timeAway(it.nextAt, now)),
        `    ${it.reason}`,
      );
    }
    lines.push(...more(retrying.length, LINES_SHOWN));
  }
  if (status.systems.length > 0) {
    lines.push(...heading('Systems'));
    lines.push(
      ...table(
        ['system', 'connector', 'state', 'asked', 'answer by', 'outcome', 'files'],
        status.systems.map((it) => [
          it.id,
          it.connector,
          it.state,
          it.askedAt === null ? '' : dayIn(Date.parse(it.askedAt), zone ?? 'UTC'),
          it.answerBy ?? '',
          it.outcome ?? '',
          String(it.files),
        ]),
        width,
      ),
    );
  }
  if (status.profiles.length > 0) {
    lines.push(...heading(`Profiles (${status.profilesRef?.count ?? status.profiles.length})`));
    lines.push(
      ...table(
        ['data space', 'party ID', 'key qualifier', 'data source', 'state', 'rows'],
        status.profiles
          .slice(0, PROFILES_SHOWN)
          .map((it) => [
            it.dataSpace,
            it.partyId,
            it.keyQualifier,
            it.dataSource,
            it.decided === undefined ? it.state : `${it.state}, ${it.decided}`,
            String(it.rows),
          ]),
        width,
      ),
    );
    lines.push(
      ...more(
        status.profilesRef?.count ?? status.profiles.length,
        PROFILES_SHOWN,
        status.profilesRef?.uri,
      ),
    );
  }
  if (status.answers.length > 0) {
    lines.push(...heading('Answers'));
    lines.push(
      ...table(
        ['answer', 'system', 'outcome', 'files', 'by', 'state'],
        status.answers.map((it) => [
          it.answerId,
          it.system,
          it.outcome,
          String(it.files),
          it.by,
          it.state,
        ]),
        width,
      ),
    );
  }
  if (status.gaps.length > 0) {
    lines.push(
      ...heading('Gaps'),
      ...status.gaps.flatMap((gap) => [
        `  ${red(gap.because)}  ` +
          `${gap.system}${gap.profile === undefined ? '' : ` (profile ${gap.profile})`}  ${inCommands(forOperator(gap))}`,
        ...(gap.code === undefined ? [] : [`    ${dim(`dossier explain ${gap.code}`)}`]),
      ]),
    );
  }
  const costs = Object.entries(status.cost ?? {});
  if (costs.length > 0) {
    lines.push(
      ...heading('Read'),
      ...table(
        ['system', 'API calls', 'rows', 'bytes'],
        costs.map(([system, { calls, rows, bytes }]) => [
          system,
          ...[calls, rows, bytes].map((it) => it.toLocaleString('en')),
        ]),
        width,
      ),
    );
  }
  if (status.package) {
    const { uri, sha256, bytes, files, deliveredAt, deleteBy, deletedAt } = status.package;
    lines.push(
      ...heading('Package'),
      `  ${uri}`,
      `  ${files} files, ${bytes} bytes, SHA-256 ${sha256}`,
    );
    if (deletedAt) lines.push(`  deleted ${momentOf(deletedAt, zone)}`);
    else {
      lines.push(
        '  ' +
          `${deliveredAt ? `delivered ${momentOf(deliveredAt, zone)}` : 'not delivered yet'}${deleteBy ? `, deleted on ${weekdayOf(deleteBy)}` : ''}`,
      );
    }
  }
  for (const it of status.supplements) {
    lines.push(`  supplement ${it.number}: ${it.uri} (${it.systems.join(', ')})`);
  }
  if (status.notices.length > 0) {
    lines.push(
      ...heading('Notices'),
      ...status.notices
        .slice(-LINES_SHOWN)
        .map(
          (it) =>
            `  ${weekdayOf(dayIn(Date.parse(it.at), zone ?? 'UTC'))}  ${it.kind} to ${it.to} ` +
            ` ${it.state}  ${inWords(it.note)}`,
        ),
    );
  }
  if (status.notes.length > 0) {
    lines.push(
      ...heading('Notes'),
      ...status.notes.slice(-LINES_SHOWN).map((note) => `  ${inCommands(note)}`),
    );
  }
  const doubts = status.timetable?.doubts ?? [];
  if (doubts.length > 0) {
    lines.push(...heading('What the law leaves open'), ...doubts.map((doubt) => `  ${doubt}`));
  }
  const next = nextCommands(status);
  if (next.length > 0) {
    lines.push(
      ...heading('What you can do'),
      ...next.flatMap(({ why, command }) => [`  ${why}`, `    ${dim(command)}`]),
    );
  }
  return lines;
}

function dates(timetable: Timetable, now: number, mayExtend: boolean): string[] {
  const zone = timetable.timeZone;
  const day = (label: string, on: string | null) =>
    on === null ? [] : [`${label.padEnd(11)}${weekdayOf(on)}, ${daysAway(on, now, zone)}`];
  return [
    ...day('Answer by', timetable.answerBy),
    `Cut-off    ${momentOf(timetable.cutOffAt, zone)}, ${daysAway(timetable.cutOffAt, now, zone)}`,
    ...day('Acknowledge', timetable.acknowledgeBy).map((line) =>
      line.replace('Acknowledge', 'Confirm by '),
    ),
    ...(mayExtend ? day('Extend by', timetable.extendBy) : []),
    ...(timetable.laws ?? []).map(
      ({ law, answerBy }) => `Law        ${law}: ${weekdayOf(answerBy)}`,
    ),
  ];
}

/** What happens without action, in words if it is a kind of gap. */
const thenOf = (then: string): string =>
  then.replace(/^gap ([a-z-]+)$/, 'it is left out, and the package names it (gap $1)');

const more = (count: number, shown: number, where = '--json'): string[] =>
  count > shown ? [`  and ${count - shown} more: ${where} shows them`] : [];
