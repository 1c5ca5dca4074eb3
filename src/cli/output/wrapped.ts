import { stripVTControlCharacters } from 'node:util';

/** The width of a text in a terminal, without colours. */
export const widthOf = (text: string): number => Array.from(stripVTControlCharacters(text)).length;

/**
 * A text in lines of at most `width` characters, broken at spaces. A longer word is not broken,
 * because it may be a path to copy.
 */
export function wrapped(text: string, width: number): string[] {
  return filled(text.split(' '), width);
}

/** The end of a line that a shell continues. */
const GOES_ON = ' \\';
const isCommand = /^\s*(npx )?(dossier|\S*temporal) [a-z]/;

/**
 * One line of output in lines of at most `width` characters, the later ones indented under the
 * first. A command continues after a backslash and never breaks within quotes, so people can copy
 * it.
 */
export function folded(line: string, width: number): string[] {
  if (widthOf(line) <= width || line.includes('\n')) return [line];
  const plain = stripVTControlCharacters(line);
  const indent = ' '.repeat(/^ */.exec(plain)?.[0].length ?? 0);
  const start = line.slice(0, indent.length) === indent ? line.slice(indent.length) : line;
  const further = `${indent}  `;
  if (!isCommand.test(plain)) return setIn(wrapped(start, width - further.length), indent, further);
  const words = start.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [start];
  const lines = filled(words, width - further.length - GOES_ON.length);
  return setIn(
    lines.map((text, index) => (index < lines.length - 1 ? text + GOES_ON : text)),
    indent,
    further,
  );
}

const setIn = (lines: readonly string[], first: string, further: string): string[] =>
  lines.map((text, index) => (index === 0 ? first : further) + text);

function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
