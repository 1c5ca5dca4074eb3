/** What a template may name. A value that is missing or empty leaves its section out. */
export const PLACEHOLDERS = [
  'greeting',
  'closing',
  'remedies',
  'company',
  'contact',
  'name',
  'requestId',
  'law',
  'right',
  'receivedOn',
  'answerBy',
  'formerAnswerBy',
  'reason',
  'question',
  'identityOpen',
  'appeal',
  'rightCite',
  'answerCite',
  'identityCite',
  'extensionCite',
  'refusalCite',
  'refusalCites',
  'authorities',
  'gaps',
  'files',
  'deleteBy',
  'number',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Values = Readonly<Partial<Record<Placeholder, string>>>;

const TAG = /\{\{\s*([#^/]?)\s*([\w-]*)\s*\}\}/g;
const SECTION =
  /\{\{\s*([#^])\s*([\w-]+)\s*\}\}((?:(?!\{\{\s*[#^]\s*\2\s*\}\})[^])*?)\{\{\s*\/\s*\2\s*\}\}/g;

/** What is wrong with a template: names that are not known, sections that are not closed. */
export function templateFaults(template: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  for (const [tag, sign, name = ''] of template.matchAll(TAG)) {
    if (!(PLACEHOLDERS as readonly string[]).includes(name)) {
      faults.push(`${tag} is no placeholder; known are ${PLACEHOLDERS.join(', ')}`);
    } else if (sign === '#' || sign === '^') open.push(name);
    else if (sign === '/' && open.pop() !== name) {
      faults.push(`${tag} closes no section that is open`);
    }
  }
  for (const name of open) {
    faults.push(`the section {{#${name}}} is not closed by {{/${name}}}`);
  }
  if (/\{\{|\}\}/.test(template.replace(TAG, ''))) {
    faults.push('holds a "{{" or "}}" that belongs to no placeholder');
  }
  return faults;
}

/** The names that a template fills in. */
export const namesIn = (template: string): Set<string> =>
  new Set([...template.matchAll(TAG)].map(([, , name = '']) => name));

/**
 * A letter lacks a value that its template wants outside of a section. The same facts lack it
 * again: nothing is to be gained by trying anew.
 */
export class LetterHole extends Error {
  constructor(tag: string) {
    super(`The letter has no value for ${tag}.`);
    this.name = 'LetterHole';
  }
}

/**
 * Fills a template. `{{#name}}…{{/name}}` stands only where there is such a value,
 * `{{^name}}…{{/name}}` where there is none.
 *
 * @throws LetterHole if a placeholder outside of a section has no value: a letter with a hole is
 *   never written
 */
export function fill(template: string, values: Values): string {
  const valueOf = (name: string): string => values[name as Placeholder] ?? '';
  let text = template;
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(SECTION, (_, sign: string, name: string, inner: string) =>
      (valueOf(name) !== '') === (sign === '#') ? inner : '',
    );
  }
  const filled = text.replace(TAG, (tag, _, name: string) => {
    if (valueOf(name) === '') throw new LetterHole(tag);
    return valueOf(name);
  });
  return `${filled
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** A value as text within Markdown: nothing in it is markup. */
export const plain = (value: string): string =>
  value
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#&|{}~]/g, '\\$&');
