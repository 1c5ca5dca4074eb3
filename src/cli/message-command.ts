import type { Command } from 'commander';
import { DossierError } from '../client/dossier-error.ts';
import type { Dossier } from '../client/dossier.ts';
import type { RequestStatus } from '../contract/status.ts';
import type { Parts } from './command.ts';
import { weekdayOf } from './output/days.ts';
import { inCommands } from './output/in-commands.ts';
import { requestPage } from './output/request-page.ts';

/** The result of a command: the status, and lines about what it did, the most important first. */
export interface Done {
  readonly status: RequestStatus;
  readonly did: readonly string[];
}

/**
 * A command of the command line for one message of a request. It adds `--by`. It prints what the
 * message did, then the new status.
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

/** Replaces the messages in a refusal of the workflow by commands of the command line. */
function spoken(error: unknown): unknown {
  if (!(error instanceof DossierError)) return error;
  const { code, message, where, actions } = error;
  return new DossierError(
    { code, message: inCommands(message), where, actions: actions.map(inCommands) },
    error,
  );
}

/** The first line about what a message did. */
export const recorded = (what: string): string => `Recorded: ${what}`;

/** The notes that came with a message. */
export const newNotes = (before: RequestStatus, after: RequestStatus): string[] =>
  after.notes.filter((note) => !before.notes.includes(note)).map(inCommands);

/** What a fact did. It is never refused but may be ignored; a recorded fact is a diary entry. */
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
