import type { CommandModule } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { messageCommand, recorded } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request withdraw',
  register(parent, parts) {
    const withdraw = parent
      .command('withdraw')
      .description('end a request: vendors are told, files are deleted; it cannot be taken back')
      .argument('<id>', "the request's ID")
      .requiredOption('--reason <why>', 'why')
      .option('--yes', 'do not ask; needed where there is no terminal')
      .addHelpText(
        'after',
        '\nExample:\n  The subject changed their mind:  dossier request withdraw R-1042 ' +
          '--reason "no longer wanted"',
      );
    messageCommand(withdraw, parts, async (dossier, by) => {
      const [id = ''] = withdraw.args;
      const { reason, yes } = withdraw.opts<{ reason: string; yes?: true }>();
      if (yes !== true) {
        const { stage, package: archive } = await dossier.status(id);
        await confirm(
          `${id} is at ${stage}${archive === null ? '' : ', its package is made'}. Every ` +
            'file of it is deleted, and this cannot be taken back. Withdraw it?',
          parts,
        );
      }
      const status = await dossier.withdraw(id, { reason, by });
      return {
        status,
        did: [
          recorded(
            `${id} is withdrawn: its files are deleted, and who was asked is told as far as ` +
              'Dossier can. See the outbox for letters to send.',
          ),
        ],
      };
    });
  },
};
export default command;
