import type { CommandModule } from '../../command.ts';
import { messageCommand, recorded } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request continue',
  register(parent, parts) {
    const goOn = parent
      .command('continue')
      .description(
        'go on with a request that was cancelled in Temporal, or answer once more one that was reset there',
      )
      .argument('<id>', "the request's ID")
      .requiredOption('--reason <why>', 'why')
      .addHelpText(
        'after',
        '\nExample:\n  The button was pressed by mistake:  dossier request continue R-1042 ' +
          '--reason "pressed by mistake"',
      );
    messageCommand(goOn, parts, async (dossier, by) => {
      const status = await dossier.continueRequest(goOn.args[0] ?? '', {
        reason: goOn.opts<{ reason: string }>().reason,
        by,
      });
      return { status, did: [recorded(`${status.requestId} goes on; it is at ${status.stage}.`)] };
    });
  },
};
export default command;
