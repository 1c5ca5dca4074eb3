/** An element of a document. Its name has no prefix. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};
const TAG =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

/** Reads a document without a document type. Undefined if it is not well-formed. */
export function parseXml(document: string): Element | undefined {
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let end = 0;
  for (const tag of document.matchAll(TAG)) {
    const at = open.at(-1) ?? root;
    at.text += decoded(document.slice(end, tag.index));
    end = tag.index + tag[0].length;
    const [, cdata, closing, name, attributes = '', empty] = tag;
    if (cdata !== undefined) at.text += cdata;
    if (name === undefined) continue;
    if (closing) {
      if (open.length < 2 || at.name !== bare(name)) return undefined;
      open.pop();
      continue;
    }
    const element: Open = {
      name: bare(name),
      attributes: attributesOf(attributes),
      children: [],
      text: '',
    };
    at.children.push(element);
    if (!empty) open.push(element);
  }
  return open.length === 1 && root.children.length === 1 ? root.children[0] : undefined;
}

/** The first element at a path of names below an element. */
export const elementAt = (
  element: Element | undefined,
  ...path: readonly string[]
): Element | undefined =>
  path.reduce<Element | undefined>(
    (at, name) => at?.children.find((child) => child.name === name),
    element,
  );

/** Every child of that name. */
export const childrenOf = (element: Element | undefined, name: string): readonly Element[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** Escapes a text for a document. */
export const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
      ([, name = '', one, other]) => [bare(name), decoded(one ?? other ?? '')],
    ),
  );

const decoded = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) =>
      name === undefined
        ? String.fromCodePoint(parseInt(hex ?? decimal ?? '', hex ? 16 : 10))
        : (ENTITIES[name] ?? whole),
  );
