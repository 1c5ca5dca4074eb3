import type { CommandModule } from '../command.ts';
import { portRefused } from '../stack/port-taken.ts';
import { configOf, variablesOf } from '../settings.ts';

const command: CommandModule = {
  name: 'worker',
  register(parent, parts) {
    parent
      .command('worker')
      .description('carry requests out: the production process; run as many as you like')
      .option('--config <file>', 'dossier.yaml')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          "  Run one beside the company's Temporal:  TEMPORAL_ADDRESS=temporal:7233 dossier " +
            'worker --config dossier.yaml',
          '  Run one for a stack of dossier dev:     dossier worker --config .dossier/dossier.yaml',
          '',
          'It logs JSON lines on standard error. SIGTERM lets its activities finish for 15 seconds.',
        ].join('\n'),
      )
      .action(async () => {
        // The SDK shuts the worker down in an orderly way, so the process must not end at once.
        void parts.ending;
        const config = await configOf(parts);
        const [{ runWorkerProcess }, { createActivities }, { assemble }] = await Promise.all([
          import('../../temporal/worker.ts'),
          import('../../activities/create-activities.ts'),
          import('../../temporal/assembly.ts'),
        ]);
        // A parent that started this worker, such as `dossier dev`, must not leave it running.
        process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
        await runWorkerProcess({
          config,
          variables: variablesOf(config.file, parts),
          activitiesFor: async (connection, namespace, ring) =>
            createActivities(await assemble(config, connection, namespace, ring)),
          ready: ({ address, namespace, taskQueue }) => {
            process.send?.({ ready: true });
            parts.out.result({ temporal: address, config: config.file }, [
              `A worker listens on the task queue "${taskQueue}" of ${address}, namespace ` +
                `"${namespace}". Ctrl-C stops it.`,
            ]);
          },
        }).catch((error: unknown) => {
          const [host = '', port = ''] = (
            variablesOf(config.file, parts).DOSSIER_METRICS ?? ''
          ).split(':');
          return portRefused(error, { host, port: Number(port), flag: 'DOSSIER_METRICS' });
        });
      });
  },
};
export default command;
