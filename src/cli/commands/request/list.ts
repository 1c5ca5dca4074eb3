import { InvalidArgumentError } from 'commander';
import type { ListedRequest } from '../../../client/list-requests.ts';
import type { Stage } from '../../../contract/status.ts';
import type { CommandModule } from '../../command.ts';
import { daysBefore, weekdayOf } from '../../output/days.ts';
import { checkFilters, checkWaitingOn } from '../../output/list-filters.ts';
import { systemsOf } from '../../settings.ts';
import { table } from '../../output/table.ts';

interface Options {
  readonly stage?: Stage;
  readonly law?: string;
  readonly waitingOn?: string;
  readonly overdue?: true;
  readonly open?: true;
  readonly limit?: number;
}

const command: CommandModule = {
  name: 'request list',
  register(parent, parts) {
    parent
      .command('list')
      .description('the known requests, the earliest answer date first')
      .option('--stage <stage>', 'only those in a stage, such as collecting')
      .option('--law <law>', 'only those under a law, such as gdpr')
      .option(
        '--waiting-on <what>',
        'only those that wait for a system, or for operator:match, operator:approval, …',
      )
      .option('--overdue', 'only those that are past their answer date')
      .option('--open', 'only those that have not ended')
      .option('--limit <count>', 'this many at most', wholeNumber)
      .option('--config <file>', 'dossier.yaml of the stack to talk to')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  See what is late:                       dossier request list --overdue',
          '  See where an operator must decide:      dossier request list --waiting-on operator:match',
        ].join('\n'),
      )
      .action(async (options: Options) => {
        const { stage, law, waitingOn, overdue, open, limit } = options;
        await checkFilters({ stage, law });
        const listed = await parts.withDossier(async (dossier) => {
          const found = await dossier.list({ stage, law, waitingOn, overdue, open, limit });
          if (found.length === 0 && waitingOn !== undefined) {
            checkWaitingOn(waitingOn, await systemsOf(parts.configFile()), await dossier.list({}));
          }
          return found;
        });
        const same = listed.some(({ samePerson }) => samePerson !== undefined);
        const rows = listed.map((it) => [
          it.requestId,
          it.law ?? '',
          it.stage,
          it.answerBy === null ? '' : [weekdayOf(it.answerBy), ...urgency(it)].join(', '),
          it.waitingOn.join(', '),
          ...(same ? [it.samePerson?.join(', ') ?? ''] : []),
        ]);
        parts.out.result(
          listed,
          rows.length === 0
            ? ['No requests.']
            : table(
                [
                  'request',
                  'law',
                  'stage',
                  'answer by',
                  'waits for',
                  ...(same ? ['same person?'] : []),
                ],
                rows,
                parts.out.width,
              ),
        );
      });
  },
};
export default command;

/** How soon the answer is due, in words. */
function urgency({ dueAt, overdue, willBeLate }: ListedRequest): string[] {
  const left = dueAt === null ? [] : [daysBefore(dueAt, Date.now())];
  if (overdue) return [...left, 'OVERDUE'];
  return willBeLate ? [...left, 'WILL BE LATE'] : left;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) {
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  }
  return Number(text);
}
