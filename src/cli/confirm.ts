import { Failed, type Parts } from './command.ts';
import { usage } from './output/failures.ts';

/**
 * Asks before what cannot be taken back. `yes`: the caller has said so already, by `--yes`. Without
 * a terminal there is nobody to ask.
 *
 * @throws DossierError `usage` without a terminal; Failed where the answer is no
 */
export async function confirm(
  question: string,
  { out, ask }: Pick<Parts, 'out' | 'ask'>,
  {
    yes = false,
    instead = 'Say so by --yes.',
  }: { readonly yes?: boolean; readonly instead?: string } = {},
): Promise<void> {
  if (yes) return;
  if (ask === undefined) {
    throw usage(`${question} There is no terminal to ask on.`, '--yes', [instead]);
  }
  const answer = (await ask(`${question} [y/N] `)).trim().toLowerCase();
  if (answer === 'y' || answer === 'yes') return;
  out.note('Nothing was done.');
  throw new Failed();
}
