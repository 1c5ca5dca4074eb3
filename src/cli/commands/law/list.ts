import type { CommandModule } from '../../command.ts';
import { table } from '../../output/table.ts';

const command: CommandModule = {
  name: 'law list',
  register(parent, parts) {
    parent
      .command('list')
      .description('the laws that Dossier knows')
      .addHelpText('after', '\nExample:\n  See which laws there are:  dossier law list')
      .action(async () => {
        const { listLaws } = await import('@dossier/law');
        const laws = listLaws();
        parts.out.result(
          laws,
          table(
            ['law', 'title', 'countries', 'since'],
            laws.map(({ id, title, countries, inForceSince }) => [
              id,
              title,
              shortened(countries),
              inForceSince,
            ]),
            parts.out.width,
          ),
        );
      });
  },
};
export default command;

const shortened = (countries: readonly string[]): string =>
  countries.length > 4
    ? `${countries.slice(0, 3).join(', ')} and ${countries.length - 3} more`
    : countries.join(', ');
