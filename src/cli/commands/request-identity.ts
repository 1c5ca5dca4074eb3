import { Argument } from 'commander';
import type { CommandModule } from '../command.ts';
import { usage } from '../failures.ts';
import { orderCommand } from '../request-order.ts';

interface Options { readonly method?: string; readonly identifier?: string[]; readonly reason?: string }

const command: CommandModule = {
  name: 'request identity',
  register(parent, parts) {
    const identity = parent.command('identity')
      .description('record that the subject has shown who they are, or could not')
      .argument('<id>', 'the request\'s ID')
      .addArgument(new Argument('<decision>', 'confirm or reject').choices(['confirm', 'reject']))
      .option('--method <how>', 'confirm: how identity was shown, such as "code by e-mail"')
      .option('--identifier <name...>', 'confirm: only these, such as emails[0]; all by default')
      .option('--reason <why>', 'reject: why')
      .addHelpText('after', [
        '', 'Examples:',
        '  The code that was sent came back:      dossier request identity R-1042 confirm --method "code by e-mail"',
        '  Only the first address is confirmed:   dossier request identity R-1042 confirm --method call --identifier "emails[0]"',
        '  Nobody answered:                       dossier request identity R-1042 reject --reason "the code was not entered"',
      ].join('\n'));
    orderCommand(identity, parts, async (dossier, by) => {
      const [id = '', decision] = identity.args;
      const { method, identifier, reason } = identity.opts<Options>();
      if (decision === 'confirm') {
        return dossier.identityConfirmed(id, { identifiers: identifier, method: method ?? 'checked by an operator', by });
      }
      if (reason === undefined) throw usage('reject needs --reason.', '--reason');
      return dossier.identityRejected(id, { reason, by });
    });
  },
};
export default command;
