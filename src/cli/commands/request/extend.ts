import type { CommandModule } from '../../command.ts';
import { weekdayOf } from '../../output/days.ts';
import { messageCommand, recorded } from '../../message-command.ts';

const command: CommandModule = {
  name: 'request extend',
  register(parent, parts) {
    const extend = parent
      .command('extend')
      .description(
        'take the longer time, where the law allows; it counts once the notice is recorded as sent',
      )
      .argument('<id>', "the request's ID")
      .requiredOption('--reason <why>', "one of the law's reasons; a refusal lists them")
      .option(
        '--notice-sent-at <moment>',
        'when the subject was told: a moment with offset or a day',
      )
      .option(
        '--until <day>',
        'the new day that the notice names, where the law leaves it open; an earlier day than ' +
          "the law's binds as well",
      )
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  Have the letter written:             dossier request extend R-1042 --reason complex',
          '  The subject was told on 1 December:  dossier request extend R-1042 --reason ' +
            'complex --notice-sent-at 2026-12-01',
          '  A day that the controller names:     dossier request extend R-1042 --reason ' +
            '"archive search" --until 2027-01-15 --notice-sent-at 2026-12-08',
        ].join('\n'),
      );
    messageCommand(extend, parts, async (dossier, by) => {
      const { reason, noticeSentAt, until } = extend.opts<{
        reason: string;
        noticeSentAt?: string;
        until?: string;
      }>();
      const id = extend.args[0] ?? '';
      const status = await dossier.extendDeadline(id, { reason, noticeSentAt, until, by });
      const answerBy = status.timetable === null ? '' : weekdayOf(status.timetable.answerBy);
      if (noticeSentAt !== undefined) {
        return {
          status,
          did: [
            recorded(`the subject was told, and the longer time holds: answer by ${answerBy}.`),
          ],
        };
      }
      const named = until === undefined ? '' : ` --until ${until}`;
      return {
        status,
        did: [
          recorded(
            `the letter that tells the subject lies in the outbox (outbox/${id}). The longer ` +
              `time does not hold yet: answer by ${answerBy}.`,
          ),
          'Send the letter, and then record the day on which it was sent:',
          `  dossier request extend ${id} --reason ${JSON.stringify(reason)}${named} ` +
            `--notice-sent-at ${new Date().toISOString().slice(0, 10)}`,
        ],
      };
    });
  },
};
export default command;
