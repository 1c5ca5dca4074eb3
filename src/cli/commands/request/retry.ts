import type { CommandModule } from '../../command.ts';
import { messageCommand, recorded } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request retry',
  register(parent, parts) {
    const retry = parent
      .command('retry')
      .description('ask or export a system anew')
      .argument('<id>', "the request's ID")
      .argument('<system>', "the system's ID")
      .addHelpText(
        'after',
        '\nExample:\n  The password was mended:  dossier request retry R-1042 crm',
      );
    messageCommand(retry, parts, async (dossier, by) => {
      const [id = '', system = ''] = retry.args;
      const status = await dossier.retrySystem(id, { system, by });
      return { status, did: [recorded(`${system} is asked again.`)] };
    });
  },
};
export default command;
