import { retryingNow } from '../../../client/retrying.ts';
import { laterOfSamePerson } from '../../../client/same-person.ts';
import type { CommandModule } from '../../command.ts';
import { requestPage } from '../../output/request-page.ts';

const command: CommandModule = {
  name: 'request show',
  register(parent, parts) {
    parent
      .command('show')
      .description(
        'one request: its stage, dates, waits, systems, gaps and package, and what can be done',
      )
      .argument('<id>', "the request's ID")
      .option('--config <file>', 'dossier.yaml of the stack to talk to')
      .addHelpText('after', '\nExample:\n  See what R-1042 waits for:  dossier request show R-1042')
      .action(async (id: string) => {
        const status = await parts.withDossier(async (dossier) => {
          const shown = await dossier.status(id);
          const [retrying, later] = await Promise.all([
            retryingNow(dossier.temporal, id),
            laterOfSamePerson(dossier.temporal, shown.requestId),
          ]);
          return {
            ...shown,
            ...(retrying.length > 0 && { retrying }),
            ...(later.length > 0 && { samePersonLater: later }),
          };
        });
        parts.out.result(
          status,
          requestPage(status, {
            colour: parts.out.colour,
            width: parts.out.width,
            now: Date.now(),
          }),
        );
      });
  },
};
export default command;
