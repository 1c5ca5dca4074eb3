import type { CommandModule } from '../../command.ts';
import { messageCommand, recorded } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request withhold',
  register(parent, parts) {
    const withhold = parent
      .command('withhold')
      .description('leave files out of the package, with a reason that it names')
      .argument('<id>', "the request's ID")
      .argument('<file...>', 'paths in the package')
      .requiredOption('--reason <why>', 'why')
      .option('--cite <article>', 'the article that allows it')
      .addHelpText(
        'after',
        '\nExample:\n  A note names somebody else:  dossier request withhold R-1042 ' +
          'systems/acme-mail/1/notes.txt --reason "names a third person" --cite "GDPR Art. 15(4)"',
      );
    messageCommand(withhold, parts, async (dossier, by) => {
      const [id = '', ...files] = withhold.args;
      const { reason, cite } = withhold.opts<{ reason: string; cite?: string }>();
      const status = await dossier.withholdFiles(id, { files, reason, cite, by });
      return {
        status,
        did: [
          recorded(
            `${files.length} ${files.length === 1 ? 'file stays' : 'files stay'} out of the ` +
              `package, which names why. It is revision ${status.revision} now.`,
          ),
        ],
      };
    });
  },
};
export default command;
