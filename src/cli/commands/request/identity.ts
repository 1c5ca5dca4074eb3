import { Argument } from 'commander';
import type { CommandModule } from '../../command.ts';
import type { RequestStatus } from '../../../contract/status.ts';
import { confirm } from '../../confirm.ts';
import { usage } from '../../output/failures.ts';
import { newNotes, messageCommand, recorded } from '../../message-command.ts';

interface Options {
  readonly method?: string;
  readonly identifier?: string[];
  readonly reason?: string;
  readonly yes?: true;
}

const command: CommandModule = {
  name: 'request identity',
  register(parent, parts) {
    const identity = parent
      .command('identity')
      .description('record that the subject has shown who they are, or could not')
      .argument('<id>', "the request's ID")
      .addArgument(new Argument('<decision>', 'confirm or reject').choices(['confirm', 'reject']))
      .option('--method <how>', 'confirm: how identity was shown, such as "code by e-mail"')
      .option(
        '--identifier <name...>',
        'confirm: these, such as emails[0]; without it the only one there is',
      )
      .option('--reason <why>', 'reject: why')
      .option('--yes', 'reject: do not ask')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  The code that was sent came back:      dossier request identity R-1042 confirm ' +
            '--method "code by e-mail"',
          '  Only the first address is confirmed:   dossier request identity R-1042 confirm ' +
            '--method call --identifier "emails[0]"',
          '  Nobody answered:                       dossier request identity R-1042 reject ' +
            '--reason "the code was not entered"',
        ].join('\n'),
      );
    messageCommand(identity, parts, async (dossier, by) => {
      const [id = '', decision] = identity.args;
      const { method, identifier, reason, yes } = identity.opts<Options>();
      if (decision === 'confirm') {
        const before = await dossier.status(id);
        const confirmed = await dossier.identityConfirmed(id, {
          identifiers: identifier,
          method: method ?? 'checked by an operator',
          by,
        });
        return { status: confirmed, did: identityDone(before, confirmed) };
      }
      if (reason === undefined) throw usage('reject needs --reason.', '--reason');
      await confirm(
        `${id} ends as refused, and the subject gets nothing. This cannot be taken back. Reject it?`,
        parts,
        { yes },
      );
      const rejected = await dossier.identityRejected(id, { reason, by });
      return {
        status: rejected,
        did: [
          rejected.identity === 'rejected'
            ? recorded(
                'identity was rejected; the request ends as refused, and nothing is packaged.',
              )
            : `NOT recorded: ${rejected.notes.at(-1) ?? 'the package is on its way.'}`,
        ],
      };
    });
  },
};
export default command;

function identityDone(before: RequestStatus, after: RequestStatus): string[] {
  const { identity } = after;
  if (JSON.stringify(identity) === JSON.stringify(before.identity)) {
    const said = newNotes(before, after).at(-1);
    return [
      said === undefined
        ? 'Nothing changed: it was confirmed already.'
        : `NOT recorded as you may expect: ${said}`,
    ];
  }
  return [
    recorded(
      identity === 'confirmed'
        ? 'the subject is who they say.'
        : 'identity is confirmed for ' +
            `${typeof identity === 'object' ? identity.confirmed.join(', ') : identity}.`,
    ),
  ];
}
