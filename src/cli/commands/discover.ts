import { setMaxListeners } from 'node:events';
import pc from 'picocolors';
import type { CommandModule } from '../command.ts';
import { usage } from '../output/failures.ts';
import { configOf } from '../settings.ts';

const command: CommandModule = {
  name: 'discover',
  register(parent, parts) {
    parent
      .command('discover')
      .description(
        'which Data Cloud objects hold personal data, which are left out and why, and which ' +
          'sources feed them',
      )
      .option('--data-space <name...>', 'data spaces to look at, in place of those of dossier.yaml')
      .option('--fresh', 'read metadata now, whatever is kept of them')
      .option('--vendors', 'print entries for dossier.yaml: one for each source that has none')
      .option('--config <file>', 'dossier.yaml')
      .addHelpText(
        'after',
        '\nExamples:\n  Review the map before the first request:  dossier discover\n  See ' +
          'whom to ask besides:  dossier discover --vendors',
      )
      .action(
        async ({
          dataSpace,
          fresh = false,
          vendors = false,
        }: {
          dataSpace?: string[];
          fresh?: boolean;
          vendors?: boolean;
        }) => {
          const config = await configOf(parts);
          if (config.salesforce === undefined) {
            throw usage(
              'There is no salesforce: section, so there is nothing to discover.',
              config.file,
              ['Add salesforce: with loginUrl, clientId and clientSecret.'],
            );
          }
          const [
            { modelOf },
            { mapObjects },
            { withoutReached },
            { createSalesforce },
            { openStore },
            { reportOf },
            { reportLines },
            { suggestedEntries, entryLines },
          ] = await Promise.all([
            import('../../activities/model-of.ts'),
            import('../../connectors/data-cloud/model/discover.ts'),
            import('../../connectors/data-cloud/model/left-out.ts'),
            import('../../salesforce/create-salesforce.ts'),
            import('../../storage/filesystem.ts'),
            import('../discover/report.ts'),
            import('../discover/lines.ts'),
            import('../discover/vendors.ts'),
          ]);
          const salesforce = createSalesforce(config.salesforce);
          // Reading a model makes many calls at once, and each adds a listener to `ending`.
          setMaxListeners(100, parts.ending);
          try {
            const store = openStore(config.storage.directory);
            const maps = [];
            for (const name of dataSpace ?? config.salesforce.dataSpaces) {
              maps.push(
                mapObjects(
                  await modelOf({ config, salesforce, store }, name, {
                    fresh,
                    signal: parts.ending,
                  }),
                  config.salesforce,
                ),
              );
            }
            const report = reportOf(withoutReached(maps), config.systems, Date.now());
            if (vendors) {
              const suggested = suggestedEntries(report.sources, config.systems);
              parts.out.result(
                {
                  systems: suggested.entries,
                  additions: suggested.additions,
                  unnamedStreams: report.unnamedStreams,
                },
                entryLines(suggested, report),
              );
            } else {
              parts.out.result(
                report,
                reportLines(report, pc.createColors(parts.out.colour).bold, parts.out.width),
              );
            }
          } finally {
            await salesforce.close();
          }
        },
      );
  },
};
export default command;
