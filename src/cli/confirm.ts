import { Failed, type Parts } from './command.ts';
import { usage } from './output/failures.ts';

/**
 * Asks before a step that cannot be undone. `yes` is true if the caller gave `--yes`. Without a
 * terminal nobody can be asked.
 *
 * @throws DossierError `usage` without a terminal; Failed if the reply is no
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
