import type { CommandModule } from '../../command.ts';
import { messageCommand, recorded } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request replan',
  register(parent, parts) {
    const replan = parent
      .command('replan')
      .description(
        'show how the dates would change under the present laws and holidays; nothing changes ' +
          'until that is accepted',
      )
      .argument('<id>', "the request's ID")
      .option('--accept', 'take the dates that were shown')
      .addHelpText(
        'after',
        '\nExamples:\n  Look first:     dossier request replan R-1042\n  Then take it:   ' +
          'dossier request replan R-1042 --accept',
      );
    messageCommand(replan, parts, async (dossier, by) => {
      const status = await dossier.replan(replan.args[0] ?? '', {
        accept: replan.opts<{ accept?: boolean }>().accept === true,
        by,
      });
      const did = {
        accepted: recorded('the dates that were planned anew hold now.'),
        proposed: 'Nothing has changed yet: take what is shown below by --accept.',
        unchanged: 'Nothing changes: the dates are the same under the present laws and holidays.',
      };
      return { status, did: [did[status.replan?.state ?? 'unchanged']] };
    });
  },
};
export default command;
