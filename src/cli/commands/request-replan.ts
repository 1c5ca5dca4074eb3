import type { CommandModule } from '../command.ts';
import { orderCommand } from '../request-order.ts';

const command: CommandModule = {
  name: 'request replan',
  register(parent, parts) {
    const replan = parent.command('replan')
      .description('show how the dates would change under the present laws and holidays; nothing changes until that is accepted')
      .argument('<id>', 'the request\'s ID')
      .option('--accept', 'take the dates that were shown')
      .addHelpText('after', '\nExamples:\n  Look first:     dossier request replan R-1042\n  Then take it:   dossier request replan R-1042 --accept');
    orderCommand(replan, parts, (dossier, by) => dossier.replan(replan.args[0] ?? '', { accept: replan.opts<{ accept?: boolean }>().accept === true, by }));
  },
};
export default command;
