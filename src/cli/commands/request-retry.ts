import type { CommandModule } from '../command.ts';
import { orderCommand } from '../request-order.ts';

const command: CommandModule = {
  name: 'request retry',
  register(parent, parts) {
    const retry = parent.command('retry')
      .description('ask or export a system anew')
      .argument('<id>', 'the request\'s ID')
      .argument('<system>', 'the system\'s ID')
      .addHelpText('after', '\nExample:\n  The password was mended:  dossier request retry R-1042 crm');
    orderCommand(retry, parts, (dossier, by) => dossier.retrySystem(retry.args[0] ?? '', { system: retry.args[1] ?? '', by }));
  },
};
export default command;
