import { InvalidArgumentError } from 'commander';
import { DossierError } from '../../../client/dossier-error.ts';
import type { CommandModule } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { messageCommand, recorded } from '../../message-command.ts';
import { toApprove } from '../../output/to-approve.ts';

const command: CommandModule = {
  name: 'request approve',
  register(parent, parts) {
    const approve = parent
      .command('approve')
      .description('show what the package would hold, and send it')
      .argument('<id>', "the request's ID")
      .option(
        '--revision <number>',
        'the revision that was looked at: it is sent without another question, and refused if ' +
          'anything changed since',
        revision,
      )
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  See what would be sent, and be asked:           dossier request approve R-1042',
          '  Send what "request show" showed as revision 3:  dossier request approve R-1042 --revision 3',
        ].join('\n'),
      );
    messageCommand(approve, parts, async (dossier, by) => {
      const [id = ''] = approve.args;
      const before = await dossier.status(id);
      const asked = approve.opts<{ revision?: number }>().revision;
      if (asked === undefined || asked === before.revision) {
        for (const line of toApprove(before, parts.out.width)) {
          parts.out.note(line);
        }
      }
      if (asked === undefined) {
        if (
          before.allowed !== undefined &&
          !before.allowed.some(({ message }) => message === 'approvePackage')
        ) {
          throw new DossierError({
            code: 'not-allowed',
            message: `${id} is at ${before.stage}: there is no package to approve.`,
            where: id,
            actions: [`See what it waits for: dossier request show ${id}`],
          });
        }
        await confirm(`Send revision ${before.revision} of ${id}?`, parts, {
          instead:
            `Look at it, and name what you have seen: dossier request approve ${id} --revision ` +
            `${before.revision}`,
        });
      }
      const status = await dossier.approvePackage(id, { revision: asked ?? before.revision, by });
      return {
        status,
        did: [
          recorded(
            `revision ${asked ?? before.revision} of ${id} is approved; the package is made ` +
              'and delivered now.',
          ),
        ],
      };
    });
  },
};
export default command;

function revision(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
