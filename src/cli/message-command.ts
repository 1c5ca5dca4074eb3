import type { Command } from 'commander';
import { DossierError } from '../client/dossier-error.ts';
import type { Dossier } from '../client/dossier.ts';
import type { RequestStatus } from '../contract/status.ts';
import type { Parts } from './command.ts';
import { weekdayOf } from './output/days.ts';
import { inCommands } from './output/in-commands.ts';
import { requestPage } from './output/request-page.ts';

/**
 * What came of an order: the status, and what it did in words for whoever gave it, the first line
 * the most important.
 */
export interface Done {
  readonly status: RequestStatus;
  readonly did: readonly string[];
}

/**
 * A command for one fact or order of a request: `--by` is added; what it did is printed first, then
 * the new status.
 */
export function messageCommand(
  command: Command,
  parts: Parts,
  send: (dossier: Dossier, by: string, command: Command) => Promise<Done>,
): Command {
  return command
    .option('--by <who>', 'who says so', parts.user)
    .option('--config <file>', 'dossier.yaml of the stack to talk to')
    .action(async () => {
      const { by } = command.opts<{ by: string }>();
      const { status, did } = await parts
        .withDossier((dossier) => send(dossier, by, command))
        .catch((error: unknown) => {
          throw spoken(error);
        });
      if (parts.out.json) {
        for (const line of did) {
          parts.out.note(line);
        }
      }
      parts.out.result(status, [
        ...did,
        '',
        ...requestPage(status, {
          colour: parts.out.colour,
          width: parts.out.width,
          now: Date.now(),
        }),
      ]);
    });
}

/** A refusal of the workflow names messages; here they are commands. */
function spoken(error: unknown): unknown {
  if (!(error instanceof DossierError)) return error;
  const { code, message, where, actions } = error;
  return new DossierError(
    { code, message: inCommands(message), where, actions: actions.map(inCommands) },
    error,
  );
}

/** What an order did, as its first line says it. */
export const recorded = (what: string): string => `Recorded: ${what}`;

/** The notes that came with a message. */
export const newNotes = (before: RequestStatus, after: RequestStatus): string[] =>
  after.notes.filter((note) => !before.notes.includes(note)).map(inCommands);

/** A fact is never refused, and may be ignored: one that is recorded is a line of the diary. */
export function factDone(before: RequestStatus, after: RequestStatus, what: string): string[] {
  const { notices, timetable } = after;
  if (notices.length === before.notices.length) {
    return [`NOT recorded: ${newNotes(before, after).at(-1) ?? 'it changes nothing.'}`];
  }
  return [
    recorded(what),
    ...(timetable === null ? [] : [`Answer by ${weekdayOf(timetable.answerBy)}.`]),
  ];
}
