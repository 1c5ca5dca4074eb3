import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, tokTypes } from 'acorn';

/** A pattern as it stands in the code. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly file: string;
}

const root = fileURLToPath(new URL('../../src', import.meta.url));

/** Every pattern of the compiled code, each once. */
export function patternsOfCode(): Pattern[] {
  const found = new Map<string, Pattern>();
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(root, name));
  for (const path of files) {
    const text = readFileSync(path, 'utf8');
    const options = { ecmaVersion: 'latest', sourceType: 'module' } as const;
    parse(text, {
      ...options,
      onToken: (token) => {
        if (token.type !== tokTypes.regexp) return;
        const { pattern, flags } = (
          token as unknown as { value: { pattern: string; flags: string } }
        ).value;
        found.set(`/${pattern}/${flags}`, { source: pattern, flags, file: relative(root, path) });
      },
    });
  }
  return [...found.values()];
}

/** Length of the texts that patterns are held on. */
const LENGTH = 100_000;
const COMMON = [
  'a',
  'A',
  '0',
  ' ',
  '\t',
  '\n',
  '-',
  '.',
  '/',
  '_',
  '@',
  '"',
  '<',
  '{',
  '{{',
  '=',
  ',',
  ';',
  ':',
  'a.',
  'a ',
  '0,',
  ' \n',
  'é',
  '\u00a0',
];

/**
 * Texts of 100,000 characters that repeat one character or two, of those that a pattern speaks of,
 * with an end that fits nothing, and with such a beginning too.
 */
export function textsFor({ source }: Pattern): string[] {
  const own = [...new Set(source.replaceAll(/\\[a-zA-Z]|[[\](){}^$*+?|\\]/g, ''))].slice(0, 12);
  const pumps = [
    ...new Set([
      ...COMMON,
      ...own,
      ...own.slice(0, 6).map((one, index) => one + (own[index + 1] ?? 'a')),
    ]),
  ];
  return pumps.flatMap((pump) => {
    const long = pump.repeat(Math.ceil(LENGTH / pump.length)).slice(0, LENGTH);
    return [`${long}\u0001`, `\u0001${long}\u0001`];
  });
}
