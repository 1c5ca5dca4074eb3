// Pages that people write, with parts that code writes. Each part is between a line `<!-- written
// by … begin NAME -->` and `<!-- end -->`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A JSON Schema, with the fields that pages show. */
export interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
}

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const PART = /(<!-- written by [^>]*begin(?: ([\w-]+))? -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * Writes the parts of some pages. With `--check`, it names the pages that differ from the code.
 *
 * @param pages by path, the parts by name (`''` for a part without one)
 */
export function writeParts(
  pages: Readonly<Record<string, Readonly<Record<string, string>>>>,
): void {
  let same = true;
  for (const [path, parts] of Object.entries(pages)) {
    const there = readFileSync(at(path), 'utf8');
    const written = new Set<string>();
    const text = there.replace(PART, (_, begin: string, name = '', end = '') => {
      const part = parts[name];
      if (part === undefined) throw new Error(`${path}: nothing writes the part "${name}"`);
      written.add(name);
      return `${begin}\n${part.trim()}\n\n${end}`;
    });
    const missing = Object.keys(parts).filter((name) => !written.has(name));
    if (missing.length > 0) throw new Error(`${path} has no part "${missing.join('", "')}"`);
    if (!process.argv.includes('--check')) writeFileSync(at(path), text);
    else if (text !== there) {
      console.error(`${path} is not what the code says; run npm run docs`);
      same = false;
    }
  }
  process.exitCode = same ? 0 : 1;
}

const inCell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => inCell(cell)).join(' | ')} |`)
    .join('\n');
