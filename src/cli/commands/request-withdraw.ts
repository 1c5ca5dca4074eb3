import type { CommandModule } from '../command.ts';
import { orderCommand } from '../request-order.ts';

const command: CommandModule = {
  name: 'request withdraw',
  register(parent, parts) {
    const withdraw = parent.command('withdraw')
      .description('end a request: vendors are told, files are deleted; it cannot be taken back')
      .argument('<id>', 'the request\'s ID')
      .requiredOption('--reason <why>', 'why')
      .addHelpText('after', '\nExample:\n  The subject changed their mind:  dossier request withdraw R-1042 --reason "no longer wanted"');
    orderCommand(withdraw, parts, (dossier, by) => dossier.withdraw(withdraw.args[0] ?? '', { reason: withdraw.opts<{ reason: string }>().reason, by }));
  },
};
export default command;
