import type { CommandModule } from '../../command.ts';
import { isMoment } from '@dossier/law';
import { weekdayOf } from '../../output/days.ts';
import { usage } from '../../output/failures.ts';
import { messageCommand, recorded } from '../../message-command.ts';

interface Options {
  readonly law?: string;
  readonly country?: string;
  readonly region?: string;
  readonly received?: string;
  readonly reason?: string;
}

const command: CommandModule = {
  name: 'request correct',
  register(parent, parts) {
    const correct = parent
      .command('correct')
      .description(
        'correct law, residence or day of receipt before delivery; every date is planned anew',
      )
      .argument('<id>', "the request's ID")
      .option('--law <law>', 'the law that it falls under')
      .option('--country <code>', 'where the person lives, such as DE')
      .option('--region <code>', 'the region there, such as BE')
      .option('--received <moment>', 'when the request came: a moment with offset or a day')
      .option('--reason <why>', 'for the record')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  The person lives in Austria:   dossier request correct R-1042 --country AT',
          '  It came a day earlier:         dossier request correct R-1042 --received ' +
            '2026-11-22 --reason "the mail room\'s stamp"',
        ].join('\n'),
      );
    messageCommand(correct, parts, async (dossier, by) => {
      const { law, country, region, received, reason } = correct.opts<Options>();
      if (law === undefined && country === undefined && received === undefined) {
        throw usage('Say what is to be corrected: --law, --country or --received.', '--country');
      }
      const residence =
        country === undefined ? undefined : { country, ...(region !== undefined && { region }) };
      if (received !== undefined && !isMoment(received)) {
        throw usage(
          `--received: ${received} is no real day or moment, such as 2026-11-23 or ` +
            '2026-11-23T10:15:00+01:00.',
          '--received',
        );
      }
      const status = await dossier.correctRequest(correct.args[0] ?? '', {
        law,
        residence,
        receivedAt: received,
        reason,
        by,
      });
      return {
        status,
        did: [
          recorded(
            `${status.requestId} falls under ${status.law} and was received on ` +
              `${status.receivedOn === null ? 'no day' : weekdayOf(status.receivedOn)}; every ` +
              'date is planned anew.',
          ),
        ],
      };
    });
  },
};
export default command;
