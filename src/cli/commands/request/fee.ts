import { Argument } from 'commander';
import type { CommandModule } from '../../command.ts';
import { factDone, messageCommand } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request fee',
  register(parent, parts) {
    const fee = parent
      .command('fee')
      .description(
        'record that the subject was told of a fee, or agreed to it; where the law says so, the clock moves',
      )
      .argument('<id>', "the request's ID")
      .addArgument(new Argument('<event>', 'requested or paid').choices(['requested', 'paid']))
      .option('--at <moment>', 'when: a moment with offset or a day; now by default')
      .option('--note <text>', 'for the record')
      .addHelpText(
        'after',
        '\nExample:\n  The subject was told of a fee yesterday:  dossier request fee R-1042 ' +
          'requested --at 2026-11-24',
      );
    messageCommand(fee, parts, async (dossier, by) => {
      const [id = '', event] = fee.args;
      const { at, note } = fee.opts<{ at?: string; note?: string }>();
      const before = await dossier.status(id);
      const status = await (event === 'requested'
        ? dossier.feeRequested(id, { at, note, by })
        : dossier.feePaid(id, { at, note, by }));
      return {
        status,
        did: factDone(
          before,
          status,
          event === 'requested'
            ? 'the subject was told of a fee.'
            : 'the subject has agreed to the fee or paid it.',
        ),
      };
    });
  },
};
export default command;
