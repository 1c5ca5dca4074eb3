// Writes docs/reference/messages.md from the messages' own schemas, descriptions and examples. `--check` only
// compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { COMMANDS, FACTS, MESSAGES, type MessageName } from '../src/contract/messages/index.ts';
import type { SchemaNode } from './written-parts.ts';

function fieldsOf(name: MessageName): string {
  const { properties = {}, required = [] } = z.toJSONSchema(MESSAGES[name].input, {
    io: 'input',
    unrepresentable: 'any',
  }) as SchemaNode;
  return fieldsIn(properties, required).join('; ');
}

function fieldsIn(
  properties: NonNullable<SchemaNode['properties']>,
  required: readonly string[],
): string[] {
  return Object.entries(properties).map(
    ([field, it]) => `\`${field}\`${required.includes(field) ? '' : ' (optional)'}: ${formOf(it)}`,
  );
}

function formOf({
  type,
  enum: values,
  anyOf,
  items,
  properties,
  required = [],
}: SchemaNode): string {
  if (values) return values.map((it) => `\`${it}\``).join(', ');
  if (anyOf) return 'an instant or a day';
  if (items) {
    return items.properties
      ? `list of {${fieldsIn(items.properties, items.required ?? []).join(', ')}}`
      : `list of ${formOf(items)}s`;
  }
  return properties ? `{${fieldsIn(properties, required).join(', ')}}` : (type ?? 'value');
}

const section = (name: MessageName) =>
  '### ' +
  `${name}\n\n${MESSAGES[name].describe}\n\n${fieldsOf(name)}.\n\n\`\`\`json\n${JSON.stringify(MESSAGES[name].example)}\n\`\`\`\n`;
const text = `# Messages

What a running request can be told. Every message is one JSON object. It is sent by the command line, the typed client, the Temporal UI, the \`temporal\`
command line, or any Temporal SDK. (This page is written by \`npm run docs\`.)

## Facts: signals

Recorded whatever the stage, and never refused: a fact of a wrong shape is a line in the notes of the status, and changes nothing.

${FACTS.map(section).join('\n')}
## Commands: updates

Checked before they are taken; the answer is the new status. A refusal is an \`ApplicationFailure\` of type \`not-allowed\` that says what is allowed,
a wrong shape one of type \`invalid-input\` with its paths. The same update ID gives the same answer.

${COMMANDS.map(section).join('\n')}
## The query \`status\`

Gives the whole state: stage, timetable, lookups, profiles, systems, answers, gaps, waits, notices, package, supplements, notes. It is what
\`dossier request show --json\` prints, and the result of the workflow when it has ended.
`;
const file = fileURLToPath(new URL('../../docs/reference/messages.md', import.meta.url));
if (process.argv.includes('--check')) process.exit(readFileSync(file, 'utf8') === text ? 0 : 1);
writeFileSync(file, text);
