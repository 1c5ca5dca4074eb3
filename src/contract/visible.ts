/**
 * Characters that are not shown but change how others are: control characters, those that turn the
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
 * A text of data as one line that can be shown anywhere: what is hidden in it is named, a line's
 * end is a space.
 */
export const visible = (text: string): string => text.replace(HIDDEN, named);

/** The same for a text of several lines. */
export const visibleLines = (text: string): string =>
  text
    .split(/\r\n|\n|\r/)
    .map(visible)
    .join('\n');

/**
 * JSON in which hidden characters are written by number: it has the same value, and no terminal
 * obeys it.
 */
export const visibleJson = (json: string): string =>
  json.replace(HIDDEN, (character) =>
    character === '\n'
      ? character
      : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/** What stands for characters that Markdown would read. */
const PLAIN: Readonly<Record<string, string>> = { '|': ' ', '\\': '\\\\', '`': "'" };

/** Data as a text of Markdown, one line: it becomes no link, picture, table cell or tag. */
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
