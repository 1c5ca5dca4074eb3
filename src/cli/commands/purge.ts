import type { CommandModule } from '../command.ts';
import { confirm } from '../confirm.ts';
import { usage } from '../output/failures.ts';
import { configOf } from '../settings.ts';

const command: CommandModule = {
  name: 'purge',
  register(parent, parts) {
    parent
      .command('purge')
      .description(
        'delete every file of a request that goes on no more: terminated, failed, or forgotten by Temporal',
      )
      .argument('<id>', "the request's ID")
      .option('--yes', 'do not ask; needed where there is no terminal')
      .option(
        '--other-namespace',
        'also where another Temporal namespace or server registered the request, and is gone for good',
      )
      .option('--config <file>', 'dossier.yaml, for the storage directory and the vendors')
      .addHelpText(
        'after',
        '\nExample:\n  Delete what a terminated request left:  dossier purge R-1042 --yes',
      )
      .action(
        async (
          id: string,
          { yes = false, otherNamespace = false }: { yes?: boolean; otherNamespace?: boolean },
        ) => {
          if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) {
            throw usage(`"${id}" is no request ID.`, '<id>');
          }
          const config = await configOf(parts);
          const [{ purge }, { openStore }] = await Promise.all([
            import('../purge.ts'),
            import('../../storage/filesystem.ts'),
          ]);
          const store = openStore(config.storage.directory);
          const purged = await parts.withDossier((dossier) =>
            purge({
              client: dossier.temporal,
              config,
              store,
              requestId: id,
              sure: (question) =>
                confirm(question, parts, {
                  yes,
                  instead: `Delete them: dossier purge ${id} --yes`,
                }),
              signal: parts.ending,
              otherNamespace,
            }),
          );
          parts.out.result(purged, [
            `${purged.files} file(s) of ${id} were deleted, ${purged.bytes} bytes. What was ` +
              `deleted and why is kept in ${purged.receipt}`,
            ...(purged.told.length > 0
              ? [`Told that the request has ended: ${purged.told.join(', ')}.`]
              : []),
            ...purged.untold.map(
              ({ system, why }) => `Tell ${system} by hand that the request has ended: ${why}.`,
            ),
            ...(purged.workflow === 'forgotten'
              ? [
                  'Temporal has forgotten the request: whom it had asked is not known. Tell vendors by hand.',
                ]
              : []),
          ]);
        },
      );
  },
};
export default command;
