import type { RequestStatus } from '../../../contract/status.ts';
import { DossierError } from '../../../client/dossier-error.ts';
import type { CommandModule } from '../../command.ts';
import { messageCommand, recorded } from '../../message-command.ts';

const command: CommandModule = {
  name: 'vendor retract',
  register(parent, parts) {
    const retract = parent
      .command('retract')
      .description(
        'take a wrong answer back: the system waits again, and its files leave the package',
      )
      .argument('<id>', "the request's ID")
      .argument('<system>', "the system's ID")
      .requiredOption('--reason <why>', 'why')
      .option('--answer <answerId>', 'which answer; the last that counts by default')
      .addHelpText(
        'after',
        '\nExample:\n  The file was of somebody else:  dossier vendor retract R-1042 ' +
          'acme-mail --reason "export of another person"',
      );
    messageCommand(retract, parts, async (dossier, by) => {
      const [id = '', system = ''] = retract.args;
      const { reason, answer } = retract.opts<{ reason: string; answer?: string }>();
      const answerId = answer ?? lastCounted(await dossier.status(id), system);
      const status = await dossier.retractAnswer(id, { system, answerId, reason, by });
      return {
        status,
        did: [
          recorded(
            `the answer ${answerId} is taken back, and its files leave the package; ` +
              (status.waitingOn.includes(system)
                ? `${system} is waited for again.`
                : `${system} is not waited for any more.`),
          ),
        ],
      };
    });
  },
};
export default command;

function lastCounted({ requestId, answers }: RequestStatus, system: string): string {
  const last = answers.filter((it) => it.system === system && it.state === 'counted').at(-1);
  if (last) return last.answerId;
  throw new DossierError({
    code: 'not-allowed',
    message: `${system} has no answer that counts, so there is nothing to take back.`,
    where: system,
    actions: [`See the answers: dossier request show ${requestId}`],
  });
}
