import type { Compared, ComparedLaw, SilentLaw } from '@dossier/law';
import type { Entity, Right } from '@dossier/law';
import { Failed, type CommandModule } from '../../command.ts';
import { weekdayOf } from '../../output/days.ts';
import { usage } from '../../output/failures.ts';
import { table } from '../../output/table.ts';

interface Options {
  readonly received?: string;
  readonly right?: Right;
  readonly entity?: Entity;
}

const command: CommandModule = {
  name: 'law compare',
  register(parent, parts) {
    parent
      .command('compare')
      .description('several laws side by side for one receipt, the earliest answer first')
      .argument(
        '[laws...]',
        'laws, each with a place if need be: gdpr:DE us-state:US-VA; all of them by default',
      )
      .option('--received <moment>', 'when the request came: a moment with offset or a day')
      .option('--right <right>', 'access or portability')
      .option('--entity <entity>', 'organisation or agency')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  Two laws:    dossier law compare gdpr:DE ccpa --received 2026-11-23',
          '  All of them: dossier law compare --received 2026-11-23',
        ].join('\n'),
      )
      .action(async (laws: readonly string[], { received, right, entity }: Options) => {
        if (received === undefined) {
          throw usage('Say when the request came by --received.', '--received');
        }
        const { compareLaws } = await import('@dossier/law');
        const compared = compareLaws({ laws, receivedAt: received, right, entity });
        parts.out.result(compared, page(compared, parts.out.width));
        if (laws.length > 0 && compared.some((it) => 'error' in it)) throw new Failed();
      });
  },
};
export default command;

const day = (on: string | null): string => (on === null ? '' : weekdayOf(on));
const nameOf = ({ law, place }: { readonly law: string; readonly place: string }): string =>
  place === '' ? law : `${law} (${place})`;

function page(compared: readonly Compared[], width: number): string[] {
  const dated = compared.filter((it): it is ComparedLaw => !('error' in it));
  const silent = compared.filter((it): it is SilentLaw => 'error' in it);
  return [
    ...table(
      [
        'law',
        'answer by',
        'plan for',
        'confirm by',
        'extend by',
        'then until',
        'refuse by',
        'the clock',
      ],
      dated.map((it) => [
        nameOf(it),
        day(it.dueOn),
        day(it.plannedOn),
        day(it.acknowledgeOn),
        day(it.extendBy),
        day(it.extendedDueOn),
        day(it.refuseBy),
        it.clock.join(', ') || 'runs on',
      ]),
      width,
    ),
    '',
    ...dated.map((it) => `  ${nameOf(it)}: ${it.cite}`),
    ...(silent.length === 0 ? [] : ['', ...silent.map((it) => `  ${nameOf(it)}: ${it.error}`)]),
  ];
}
