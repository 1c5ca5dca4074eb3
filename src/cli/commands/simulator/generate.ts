import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { CommandModule } from '../../command.ts';
import { usage } from '../../output/failures.ts';

interface Options {
  readonly people: number;
  readonly rowsPerPerson: number;
  readonly randomSeed: number;
  readonly out: string;
}

const command: CommandModule = {
  name: 'simulator generate',
  register(parent, parts) {
    parent
      .command('generate')
      .description(
        'write a seed of any size: people with profiles, orders, mails and visits, the same ' +
          'ones for the same random seed',
      )
      .requiredOption('--people <n>', 'how many people, 1000000 at most', wholeNumber)
      .option(
        '--rows-per-person <m>',
        'orders, mails and visits of each, besides their profiles and contact points',
        wholeNumber,
        20,
      )
      .option('--random-seed <s>', 'another number makes other people', wholeNumber, 1)
      .requiredOption('--out <file>', 'where the seed is written')
      .addHelpText(
        'after',
        '\nExample:\n  A million rows:  dossier simulator generate --people 1000 ' +
          '--rows-per-person 1000 --random-seed 7 --out big.json',
      )
      .action(async ({ people: count, rowsPerPerson, randomSeed, out }: Options) => {
        const { readSeed, SeedError } = await import('@dossier/salesforce-simulator');
        const { emailOfPerson } = await import('@dossier/salesforce-simulator');
        const seed = { people: { count, rowsPerPerson, randomSeed } };
        try {
          readSeed(seed);
        } catch (error) {
          throw error instanceof SeedError
            ? usage(error.message, out, [
                'Take 1 to 1,000,000 people, and 50,000,000 rows in all at most.',
              ])
            : error;
        }
        const file = resolve(out);
        try {
          writeFileSync(file, `${JSON.stringify(seed, null, 2)}\n`);
        } catch (error) {
          throw usage(
            `The seed cannot be written (${String((error as { code?: unknown }).code)}).`,
            file,
            ['Give --out a file in a folder that exists and may be written to.'],
          );
        }
        const first = emailOfPerson(1);
        const last = emailOfPerson(count);
        parts.out.result(
          { file, people: count, rows: count * rowsPerPerson, firstEmail: first, lastEmail: last },
          [
            `${file}: ${count} people (${first} to ${last}), ${count * rowsPerPerson} rows ` +
              'of orders, mails and visits.',
            `The simulator makes them when it starts: dossier simulator --seed ${out}`,
          ],
        );
      });
  },
};
export default command;

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0.');
  return Number(text);
}
