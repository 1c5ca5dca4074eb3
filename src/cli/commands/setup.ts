import { InvalidArgumentError } from 'commander';
import type { CommandModule } from '../command.ts';

const command: CommandModule = {
  name: 'setup',
  register(parent, parts) {
    parent
      .command('setup')
      .description(
        'register the search attributes and the retention of the Temporal namespace; running ' +
          'it twice changes nothing',
      )
      .option('--config <file>', 'dossier.yaml, for its temporal: section')
      .option(
        '--retention-days <days>',
        'how long Temporal keeps ended requests; left as it is by default',
        days,
      )
      .addHelpText(
        'after',
        "\nExample:\n  Prepare the company's Temporal once:  TEMPORAL_ADDRESS=temporal:7233 " +
          'dossier setup --retention-days 30',
      )
      .action(async ({ retentionDays }: { retentionDays?: number }) => {
        const [{ setupNamespace }, { connectClient, connectionOptions }, { temporalOf }] =
          await Promise.all([
            import('../../temporal/namespace.ts'),
            import('../../temporal/client-connection.ts'),
            import('../../client/connect.ts'),
          ]);
        const file = parts.configFile();
        const choice = connectionOptions({
          environment: parts.environment,
          config: file === undefined ? {} : temporalOf(file),
        });
        const connection = await connectClient(choice);
        try {
          const report = await setupNamespace(connection, {
            namespace: choice.namespace,
            address: choice.address,
            retentionDays,
          });
          const { registered, present, commands } = report;
          parts.out.result(report, [
            `Namespace "${report.namespace}" of ${choice.address}: ` +
              `${registered.length === 0 ? 'nothing was missing' : `registered ${registered.join(', ')}`}; ` +
              `${present.length} search attributes were there.`,
            `Ended requests are kept for ${report.retentionDays} days.`,
            ...(commands.length === 0
              ? []
              : ['Here only you may register. Run:', ...commands.map((line) => `  ${line}`)]),
          ]);
        } finally {
          await connection.close();
        }
      });
  },
};
export default command;

function days(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new InvalidArgumentError('It must be a number of days, from 1 on.');
  }
  return Number(text);
}
