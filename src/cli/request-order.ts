import type { Command } from 'commander';
import type { Dossier } from '../client/dossier.ts';
import type { RequestStatus } from '../domain/status.ts';
import type { Parts } from './command.ts';
import { requestPage } from './request-page.ts';

/** A command for one fact or order of a request: `--by` is added, the new status is printed. */
export function orderCommand(command: Command, parts: Parts, send: (dossier: Dossier, by: string, command: Command) => Promise<RequestStatus>): Command {
  return command
    .option('--by <who>', 'who says so', parts.user)
    .option('--config <file>', 'dossier.yaml of the stack to talk to')
    .action(async () => {
      const { by } = command.opts<{ by: string }>();
      const status = await parts.withDossier((dossier) => send(dossier, by, command));
      parts.out.result(status, requestPage(status, { colour: parts.out.colour, now: Date.now() }));
    });
}
