/** A piece of HTML in which every foreign text is escaped. */
export interface Html {
  readonly html: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text as HTML: no character of it can open a tag, leave an attribute, or name an entity. Control
 * characters, and those that turn the direction of writing, are shown as �.
 */
export const escaped = (text: string): string =>
  text
    .replace(/[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** A path of the package as a link: characters with a meaning in an address are percent-encoded. */
export const linkTo = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/**
 * What a template may hold: text is escaped, pieces of HTML are not, `undefined` and `false` are
 * nothing.
 */
type Part = string | number | Html | readonly Html[] | undefined | false;

/**
 * HTML with values in it: html`<p>${text}</p>`. The layout of a template over lines is for its
 * readers: the page holds no indentation of ours.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    html: laidOut(strings)
      .map((string, index) => `${index === 0 ? '' : shown(parts[index - 1])}${string}`)
      .join(''),
  };
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * The fixed parts of a template without what the formatter adds: indentation, breaks within tags.
 */
function laidOut(strings: TemplateStringsArray): readonly string[] {
  const before = known.get(strings);
  if (before !== undefined) return before;
  const last = strings.length - 1;
  const parts = strings.map((string, index) => {
    const lines = string.split('\n').map((line, at, all) => {
      const begun = at === 0 ? line : line.trimStart();
      return at === all.length - 1 ? begun : begun.trimEnd();
    });
    const plain = lines
      .join('\n')
      .replaceAll('\n>', '>')
      .replaceAll('\n/>', '>')
      .replaceAll(' />', '>');
    return index === last && plain.endsWith(' ') ? `${plain.trimEnd()}\n` : plain;
  });
  known.set(strings, parts);
  return parts;
}

/** HTML that is not escaped; only for texts of our own. */
export const raw = (text: string): Html => ({ html: text });

function shown(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(({ html: piece }) => piece).join('');
}
