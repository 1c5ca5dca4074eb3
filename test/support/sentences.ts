import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';

/** A node of the syntax tree, as far as texts are looked for in it. */
interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const compiled = fileURLToPath(new URL('../../src/', import.meta.url));
const source = fileURLToPath(new URL('../../../src/', import.meta.url));
/** Whether a file is compiled from the source as it is now. */
const isThere = (file: string) => existsSync(join(source, file.replace(/\.js$/, '.ts')));

/** Every node of the product's compiled source, with its file. */
export function* nodesOf(folders: readonly string[]): Generator<{ file: string; node: Node }> {
  for (const folder of folders) {
    const files = readdirSync(join(compiled, folder), { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((it) => it.endsWith('.js')).sort()) {
      const file = `${folder}/${name}`;
      if (!isThere(file)) continue;
      const text = readFileSync(join(compiled, file), 'utf8');
      yield* within(file, parse(text, { ecmaVersion: 'latest', sourceType: 'module' }));
    }
  }
}

function* within(file: string, value: unknown): Generator<{ file: string; node: Node }> {
  if (Array.isArray(value)) {
    for (const each of value) {
      yield* within(file, each);
    }
  } else if (isNode(value)) {
    yield { file, node: value };
    for (const member of Object.values(value)) {
      yield* within(file, member);
    }
  }
}

/** The values of an object literal, by its keys. */
export function membersOf(node: Node): ReadonlyMap<string, Node> {
  if (node.type !== 'ObjectExpression') return new Map();
  return new Map(
    (node.properties as readonly Node[]).flatMap(({ key, value }) =>
      isNode(key) && isNode(value)
        ? [[String(key.type === 'Identifier' ? key.name : key.value), value] as const]
        : [],
    ),
  );
}

/** What stands for a value that only a run knows. */
export const HOLE = '7';

/** Every text that an expression can give; what only a run knows is a hole. */
export function textsOf(node: Node): string[] {
  if (node.type === 'Literal') return [String(node.value)];
  if (node.type === 'ConditionalExpression') {
    return [...textsOf(node.consequent as Node), ...textsOf(node.alternate as Node)];
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    return joined([textsOf(node.left as Node), textsOf(node.right as Node)]);
  }
  if (node.type === 'TemplateLiteral') {
    const expressions = node.expressions as readonly Node[];
    return joined(
      (node.quasis as readonly { value: { cooked: string } }[]).flatMap(({ value }, index) => {
        const expression = expressions[index];
        return [[value.cooked], ...(expression === undefined ? [] : [textsOf(expression)])];
      }),
    );
  }
  return [HOLE];
}

const joined = (parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>(
    (texts, part) => texts.flatMap((text) => part.map((more) => text + more)),
    [''],
  );
