import type { CommandModule } from '../../command.ts';
import { messageCommand, recorded } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request skip',
  register(parent, parts) {
    const skip = parent
      .command('skip')
      .description('go on without a system; the package names it as a gap. "retry" takes it back')
      .argument('<id>', "the request's ID")
      .argument('<system>', "the system's ID")
      .requiredOption('--reason <why>', 'why; the package says it')
      .addHelpText(
        'after',
        '\nExample:\n  The vendor is gone:  dossier request skip R-1042 acme-mail --reason ' +
          '"the contract ended in 2024"',
      );
    messageCommand(skip, parts, async (dossier, by) => {
      const [id = '', system = ''] = skip.args;
      const status = await dossier.skipSystem(id, {
        system,
        reason: skip.opts<{ reason: string }>().reason,
        by,
      });
      return {
        status,
        did: [
          recorded(
            `${system} is left out, and the package names it as a gap. Taken back by: ` +
              `dossier request retry ${id} ${system}`,
          ),
        ],
      };
    });
  },
};
export default command;
