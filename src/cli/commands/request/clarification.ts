import { Argument } from 'commander';
import type { CommandModule } from '../../command.ts';
import { factDone, messageCommand } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request clarification',
  register(parent, parts) {
    const clarification = parent
      .command('clarification')
      .description(
        'record that the subject was asked what is meant, or answered; where the law allows, ' +
          'the clock stops meanwhile',
      )
      .argument('<id>', "the request's ID")
      .addArgument(
        new Argument('<event>', 'requested or received').choices(['requested', 'received']),
      )
      .option('--at <moment>', 'when: a moment with offset or a day; now by default')
      .option('--note <text>', 'for the record')
      .addHelpText(
        'after',
        '\nExample:\n  The subject was asked yesterday:  dossier request clarification R-1042 ' +
          'requested --at 2026-11-24',
      );
    messageCommand(clarification, parts, async (dossier, by) => {
      const [id = '', event] = clarification.args;
      const message = { ...clarification.opts<{ at?: string; note?: string }>(), by };
      const before = await dossier.status(id);
      const status = await (event === 'requested'
        ? dossier.clarificationRequested(id, pick(message))
        : dossier.clarificationReceived(id, pick(message)));
      return {
        status,
        did: factDone(
          before,
          status,
          event === 'requested'
            ? 'the subject was asked what is meant.'
            : 'the subject has said what is meant.',
        ),
      };
    });
  },
};
export default command;

const pick = ({ at, note, by }: { at?: string; note?: string; by: string }) => ({ at, note, by });
