/**
 * Invisible characters that change how others appear: control characters, those that turn the
 * direction of writing, and those that end a line. Data may hold them, and an operator's terminal
 * or page must not obey them.
 *
 * @see Unicode Standard Annex 9; CVE-2021-42574
 */
const HIDDEN = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const named = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code === 0x0a || code === 0x0d || code === 0x09
    ? ' '
    : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
};

/**
 * Data as one line that can be shown anywhere: hidden characters are named, and the end of a line
 * is a space.
 */
export const visible = (text: string): string => text.replace(HIDDEN, named);

/** The same for a text of several lines. */
export const visibleLines = (text: string): string =>
  text
    .split(/\r\n|\n|\r/)
    .map(visible)
    .join('\n');

/**
 * JSON with hidden characters escaped by number. Its value is the same, and no terminal obeys them.
 */
export const visibleJson = (json: string): string =>
  json.replace(HIDDEN, (character) =>
    character === '\n'
      ? character
      : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/** Replacements of characters that Markdown would interpret. */
const PLAIN: Readonly<Record<string, string>> = { '|': ' ', '\\': '\\\\', '`': "'" };

/** Data as one line of Markdown text: it becomes no link, picture, table cell or tag. */
export const markdownText = (text: string): string =>
  visible(text)
    .replace(/[\\`|]/g, (character) => PLAIN[character] ?? '')
    .replace(/ {2,}/g, ' ')
    .replace(/\]\(/g, '] (')
    .replace(/!\[/g, '! [')
    .replace(/\]\[/g, '] [')
    .replace(/\]:/g, '] :')
    .replace(/</g, '\\<')
    .replace(/:\/\//g, ':\\//');
