// Writes the tables of docs/reference/configuration.md and of docs/reference/connectors. Their
// source is the schemas of `dossier.yaml` and of the connectors' options. `--check` only compares.
import * as z from 'zod';
import { configSchema } from '../src/config/config.ts';
import { CONNECTORS } from '../src/connectors/known.ts';
import { DEFAULT_POLICY } from '../src/contract/request.ts';
import { table, writeParts, type SchemaNode } from './written-parts.ts';

const code = (value: string) => `\`${value}\``;

function formOf(node: SchemaNode): string {
  if (node.const !== undefined) return code(JSON.stringify(node.const).replaceAll('"', ''));
  if (node.enum) return node.enum.map(code).join(', ');
  const either = node.anyOf ?? node.oneOf;
  if (either) return [...new Set(either.map(formOf))].join(' or ');
  if (node.type === 'array') return `list of ${formOf(node.items ?? {})}`;
  if (node.type === 'object' && node.properties === undefined) {
    const inner = node.additionalProperties;
    return typeof inner === 'object' ? `object of ${formOf(inner)}` : 'object';
  }
  if (node.format === 'uri') return 'URL';
  if (node.format === 'date') return 'day';
  return node.type ?? 'text or number';
}

const defaultOf = (value: unknown) =>
  value === undefined
    ? ''
    : code(
        typeof value === 'string'
          ? value
          : JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', '),
      );

/** One row for each field. The fields of an object, or of a list of objects, follow it. */
function rowsOf(
  node: SchemaNode,
  within = '',
  given: Readonly<Record<string, unknown>> = {},
): string[][] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = `${within}${name}`;
    const item = field.items?.properties ? field.items : undefined;
    const inner = field.additionalProperties;
    const map =
      typeof inner === 'object' && inner.properties && !field.properties ? inner : undefined;
    const nested = item ?? map ?? field;
    const hasNested = nested.properties !== undefined;
    const byDefault = field.default ?? given[name];
    const needed = (node.required ?? []).includes(name) && byDefault === undefined ? 'needed' : '';
    const nestedForm = item ? 'list of objects' : 'object';
    const row = [
      code(path),
      hasNested ? nestedForm : formOf(field),
      field.description ?? '',
      hasNested && !item && !map ? needed : defaultOf(byDefault) || needed,
    ];
    const own = hasNested && field.description === undefined ? [] : [row];
    const belowObject = map ? `${path}.<name>.` : `${path}.`;
    const below = item ? `${path}[].` : belowObject;
    const defaults = item || map ? {} : ((byDefault ?? {}) as Readonly<Record<string, unknown>>);
    return [...own, ...rowsOf(nested, below, defaults)];
  });
}

/** Returns the rows. Throws if a field has no description. */
function told(rows: string[][], what: string): string[][] {
  const silent = rows.filter(([, , text]) => text === '').map(([path]) => path);
  if (silent.length > 0) throw new Error(`${what}: describe ${silent.join(', ')}`);
  return rows;
}

const HEAD = ['field', 'form', 'what it says', 'default'];
const schema = configSchema() as SchemaNode;
const policy = schema.properties?.policies?.additionalProperties as SchemaNode;
const policyDefaults: Readonly<Record<string, unknown>> = { ...DEFAULT_POLICY, overridable: false };
const withDefaults = {
  ...policy,
  properties: Object.fromEntries(
    Object.entries(policy.properties ?? {}).map(([name, field]) => [
      name,
      { ...field, default: policyDefaults[name] },
    ]),
  ),
};
const topLevel = {
  ...schema,
  properties: {
    ...schema.properties,
    policies: { ...schema.properties?.policies, additionalProperties: { type: 'object' } },
  },
};

const pages: Record<string, Record<string, string>> = {
  'docs/reference/configuration.md': {
    fields: table(HEAD, told(rowsOf(topLevel), 'dossier.yaml')),
    policies: table(HEAD, told(rowsOf(withDefaults), 'policies')),
  },
};
for (const [name, { kind, options, needsSalesforce = kind === 'cloud' }] of CONNECTORS) {
  const rows = told(
    rowsOf(
      z.toJSONSchema(options as z.ZodType, { io: 'input', unrepresentable: 'any' }) as SchemaNode,
    ),
    `the connector ${name}`,
  );
  const needs = needsSalesforce
    ? 'needs the section `salesforce`'
    : 'needs no section `salesforce`';
  pages[`docs/reference/connectors/${name}.md`] = {
    options: `Of the kind *${kind}*; it ${needs}.\n\n${
      rows.length === 0
        ? 'It has no options.'
        : table(['option', 'form', 'what it says', 'default'], rows)
    }`,
  };
}
writeParts(pages);
