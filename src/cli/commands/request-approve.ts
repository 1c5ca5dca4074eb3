import { InvalidArgumentError } from 'commander';
import type { CommandModule } from '../command.ts';
import { orderCommand } from '../request-order.ts';

const command: CommandModule = {
  name: 'request approve',
  register(parent, parts) {
    const approve = parent.command('approve')
      .description('send the package as it is')
      .argument('<id>', 'the request\'s ID')
      .option('--revision <number>', 'the revision that was looked at; refused if anything changed since. The present one by default', revision)
      .addHelpText('after', '\nExample:\n  Send what "request show" showed as revision 3:  dossier request approve R-1042 --revision 3');
    orderCommand(approve, parts, async (dossier, by) => {
      const [id = ''] = approve.args;
      const revision = approve.opts<{ revision?: number }>().revision ?? (await dossier.status(id)).revision;
      return dossier.approvePackage(id, { revision, by });
    });
  },
};
export default command;

function revision(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
