import { Option } from 'commander';
import type { RequestStatus } from '../../../contract/status.ts';
import type { CommandModule } from '../../command.ts';

const command: CommandModule = {
  name: 'request watch',
  register(parent, parts) {
    parent
      .command('watch')
      .description(
        'print each new status of a request, one line each, until it is delivered or ends',
      )
      .argument('<id>', "the request's ID")
      .addOption(
        new Option(
          '--until <stage>',
          'go on until delivered, or until it is closed after retention',
        )
          .choices(['delivered', 'closed'])
          .default('delivered'),
      )
      .option('--config <file>', 'dossier.yaml of the stack to talk to')
      .addHelpText(
        'after',
        '\nExample:\n  Follow R-1042 as a stream of JSON lines:  dossier request watch R-1042 --json',
      )
      .action(async (id: string, { until }: { until: 'delivered' | 'closed' }) => {
        await parts.withDossier(async (dossier) => {
          for await (const status of dossier.watch(id, { until, signal: parts.ending })) {
            parts.out.result(status, [lineOf(status)]);
          }
        });
      });
  },
};
export default command;

function lineOf({ stage, systems, profiles, waitingOn, gaps, overdue }: RequestStatus): string {
  const facts = [
    profiles.length > 0 &&
      `${profiles.filter(({ state }) => state === 'exported').length} of ${profiles.length} ` +
        'profiles exported',
    systems.length > 0 &&
      `${systems.filter(({ state }) => state === 'done').length} of ${systems.length} systems done`,
    gaps.length > 0 && `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}`,
    waitingOn.length > 0 && `waits for ${waitingOn.join(', ')}`,
    overdue && 'OVERDUE',
  ].filter(Boolean);
  return `${new Date().toISOString().slice(11, 19)}  ${stage.padEnd(17)}  ${facts.join('; ')}`.trimEnd();
}
