import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Complaint } from '../contract/contract.ts';
import { LETTER_KINDS, type LetterKind } from './letter.ts';
import type { Overrides } from './render.ts';
import { namesIn, templateFaults, type Placeholder } from './template.ts';

/**
 * What a letter must contain, because the law asks for it. Any name of a line satisfies that line.
 */
const WANTED: Readonly<Partial<Record<LetterKind, readonly (readonly Placeholder[])[]>>> = {
  acknowledgement: [['answerBy']],
  extension: [['answerBy'], ['reason'], ['extensionCite'], ['remedies', 'authorities']],
  refusal: [
    ['refusalCite', 'refusalCites'],
    ['remedies', 'authorities'],
  ],
};

/**
 * The company's own wording, from files `<kind>.<language>.md` in a folder. A folder that cannot be
 * read is a complaint, and so is every file that cannot become a letter. So mistakes show when a
 * worker starts, and not when a letter is due.
 */
export async function loadOverrides(
  folder: string,
): Promise<{ readonly overrides: Overrides; readonly complaints: readonly Complaint[] }> {
  const overrides = new Map<string, string>();
  const complaints: Complaint[] = [];
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return {
      overrides,
      complaints: [
        {
          path: 'notices.directory',
          reason: `${folder} cannot be read (${(error as NodeJS.ErrnoException).code})`,
        },
      ],
    };
  }
  for (const name of names.filter((it) => it.endsWith('.md')).sort()) {
    const complain = (reason: string) =>
      complaints.push({ path: 'notices.directory', reason: `${name}: ${reason}` });
    const [, kind, language] =
      /^([a-z-]+)\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md$/.exec(name) ?? [];
    if (
      kind === undefined ||
      language === undefined ||
      !(LETTER_KINDS as readonly string[]).includes(kind)
    ) {
      complain(
        `must be called <kind>.<language>.md, such as refusal.de.md; kinds are ${LETTER_KINDS.join(', ')}`,
      );
      continue;
    }
    const template = await readFile(join(folder, name), 'utf8');
    for (const fault of templateFaults(template)) {
      complain(fault);
    }
    if (!template.trimStart().startsWith('# ')) {
      complain('must begin with a line "# …", which becomes the subject of the letter');
    }
    const named = namesIn(template);
    for (const wanted of WANTED[kind as LetterKind] ?? []) {
      if (!wanted.some((it) => named.has(it))) {
        complain(`must name {{${wanted.join('}} or {{')}}}, for the law wants it in this letter`);
      }
    }
    overrides.set(`${kind}.${language.toLowerCase()}`, template);
  }
  return { overrides, complaints };
}
