import type { CommandModule } from '../command.ts';
import { orderCommand } from '../request-order.ts';

const command: CommandModule = {
  name: 'request extend',
  register(parent, parts) {
    const extend = parent.command('extend')
      .description('take the longer time, where the law allows; it counts once the notice is recorded as sent')
      .argument('<id>', 'the request\'s ID')
      .requiredOption('--reason <why>', 'one of the law\'s reasons; a refusal lists them')
      .option('--notice-sent-at <moment>', 'when the subject was told: a moment with offset or a day')
      .option('--until <day>', 'the new day that the notice names, where the law leaves it open; an earlier day than the law\'s binds as well')
      .addHelpText('after', [
        '', 'Examples:',
        '  Have the letter written:             dossier request extend R-1042 --reason complex',
        '  The subject was told on 1 December:  dossier request extend R-1042 --reason complex --notice-sent-at 2026-12-01',
        '  A day that the controller names:     dossier request extend R-1042 --reason "archive search" --until 2027-01-15 --notice-sent-at 2026-12-08',
      ].join('\n'));
    orderCommand(extend, parts, (dossier, by) => {
      const { reason, noticeSentAt, until } = extend.opts<{ reason: string; noticeSentAt?: string; until?: string }>();
      return dossier.extendDeadline(extend.args[0] ?? '', { reason, noticeSentAt, until, by });
    });
  },
};
export default command;
