/** The names that a template may use. If a value is missing or empty, its section is left out. */
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

/** What is wrong with a template: unknown names, and sections that are not closed. */
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

/** The names in a template. */
export const namesIn = (template: string): Set<string> =>
  new Set([...template.matchAll(TAG)].map(([, , name = '']) => name));

/**
 * A letter lacks a value that its template needs outside a section. The same facts lack it again,
 * so a retry does not help.
 */
export class LetterHole extends Error {
  constructor(tag: string) {
    super(`The letter has no value for ${tag}.`);
    this.name = 'LetterHole';
  }
}

/**
 * Fills a template. `{{#name}}…{{/name}}` is kept only if the value exists, and
 * `{{^name}}…{{/name}}` only if it does not.
 *
 * @throws LetterHole if a placeholder outside a section has no value, because a letter with a hole
 *   is never written
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

/** A value as plain text within Markdown: nothing in it is markup. */
export const plain = (value: string): string =>
  value
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#&|{}~]/g, '\\$&');
