// Pages that are written by hand, with parts in them that are written from the code: each part stands
// between a line `<!-- written by … begin NAME -->` and `<!-- end -->`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PART = /(<!-- written by [^>]*begin(?: ([\w-]+))? -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * Writes the parts of some pages, or with `--check` says which are not what the code says.
 *
 * @param pages by path, the parts by name (`''` for a part without one)
 */
export function writeParts(pages) {
  let same = true;
  for (const [path, parts] of Object.entries(pages)) {
    const there = readFileSync(at(path), 'utf8');
    const written = new Set();
    const text = there.replace(PART, (_, begin, name = '', end) => {
      if (parts[name] === undefined) throw new Error(`${path}: nothing writes the part "${name}"`);
      written.add(name);
      return `${begin}\n${parts[name].trim()}\n\n${end}`;
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

const inCell = (text) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

/** A Markdown table. */
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => inCell(String(cell))).join(' | ')} |`)
    .join('\n');
