// Writes docs/reference/request.schema.json and request.md from the request's own schema, and
// client.md from the typed client's own declarations. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requestExample, requestFields, requestSchema } from '../src/contract/request-docs.ts';
import type { SchemaNode } from './written-parts.ts';
import { DEFAULT_POLICY } from '../src/contract/request.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const schema = requestSchema() as SchemaNode;

function formOf(node: SchemaNode): string {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const).replace(/^"|"$/g, '')}\``;
  if (node.enum) return node.enum.map((it) => `\`${it}\``).join(' or ');
  if (node.anyOf) return [...new Set(node.anyOf.map(formOf))].join(' or ');
  if (node.type === 'array') return `list of ${formOf(node.items ?? {})}s`.replace(/ss$/, 'sses');
  const inner = node.additionalProperties;
  if (node.type === 'object' && typeof inner === 'object' && inner.type) {
    return `object of ${formOf(inner)}s`;
  }
  if (node.format === 'date-time') return 'instant';
  if (node.format === 'date') return 'day';
  if (node.format === 'email') return 'e-mail address';
  return node.type ?? 'value';
}

function rowsOf(node: SchemaNode, within: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = within === '' ? name : `${within}.${name}`;
    const known = requestFields[path];
    const needed =
      (node.required ?? []).includes(name) &&
      (within === '' || requestFields[within] !== undefined);
    const row =
      known === undefined
        ? []
        : [
            `| \`${path}\` | ${formOf(field)} | ${needed ? 'yes' : ''} | ` +
              `${known.text.replaceAll('|', '\\|')} | \`${JSON.stringify(known.example)}\` |`,
          ];
    const nested =
      path === 'policy' ? [] : [field, ...(field.anyOf ?? [])].flatMap((it) => rowsOf(it, path));
    return [...row, ...nested];
  });
}

const request = `# The request

What the workflow \`dataAccessRequest\` is started with: one JSON object. Unknown keys are refused, and every complaint names the path and the reason. Its JSON Schema (draft 2020-12) is
[request.schema.json](request.schema.json), which \`dossier request schema\` prints; any program that generates types from a schema can start from it. (This page is written by
\`npm run docs\`.)

| field | form | needed | what it says | example |
| --- | --- | --- | --- | --- |
${rowsOf(schema, '').join('\n')}

A policy's fields are ${Object.keys(DEFAULT_POLICY)
  .map((it) => `\`${it}\``)
  .join(', ')}; [the configuration](configuration.md) explains them.

A whole one:

\`\`\`json
${JSON.stringify(requestExample, undefined, 2)}
\`\`\`

## Starting it from any language

| thing | value |
| --- | --- |
| workflow type | \`dataAccessRequest\` |
| task queue | \`dossier\` |
| workflow ID | \`dsar-\` and the \`requestId\`; another ID is refused |
| argument | the object above, and nothing else |
| if the ID is taken | have Temporal refuse it (\`REJECT_DUPLICATE\`): a request runs once |

What no schema can say, such as a day in the future or a law that does not hold for the place, fails the workflow with the type \`invalid-request\` and the list of paths. The typed client and
\`dossier request start\` ask the same rules first, and then start nothing.

## Waiting for the package

**Do not wait for the workflow's result.** The workflow goes on after delivery, until the package has been deleted at the end of its retention (30 days by default): a call that waits for the result waits
that long. What to do instead:

- In TypeScript: \`await dossier.waitForDelivery('R-1042', { timeout: '30 days' })\`, which asks for the status again and again.
- In any other language: ask the query \`status\` every minute or so until \`stage\` is \`delivered\` (\`package\` then says where it lies), or \`refused\`, \`withdrawn\` or \`closed\`, after which nothing comes any more. The
  answer is encrypted: decode it by a codec of your own or at the codec endpoint ([how to read payloads](../how-to/read-payloads.md)).
- Without any key: the search attribute \`DossierStage\` stands in clear. \`temporal workflow describe -w dsar-R-1042\` shows it, and a list filter such as
  \`DossierStage = "delivered"\` finds it.
- From a shell: \`dossier request watch R-1042\` ends when the package is delivered, or when there will be none.

A command that is sent with \`"reply": "short"\` is answered in clear by \`{"recorded": true, "stage": "…", "revision": 3}\`; every other answer is the encrypted status. A refusal's type, code and path stand in clear too:
\`not-allowed: system no-such-system: no system of this request has this ID\`.
`;

/** The public methods of the client with their docstrings, from the compiled declarations. */
function clientPage(): string {
  const text = readFileSync(at('dist/src/client/dossier.d.ts'), 'utf8');
  const body = text.slice(text.indexOf('export declare class Dossier'));
  const methods = [
    ...body.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+((?:static |get )?\w+[(:<][^;]*);/g),
  ]
    .map(([, comment = '', signature = '']) => ({ comment, signature }))
    .filter(({ signature }) => !/^(private|#)/.test(signature));
  const linesOf = (comment: string) =>
    comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const exampleOf = (comment: string) =>
    linesOf(comment).join('\n').split('@example\n')[1]?.trim() ?? '';
  const wordsOf = (comment: string) =>
    linesOf(comment.split('@example')[0] ?? '')
      .join(' ')
      .replace(/\s+/g, ' ')
      .replace(/@throws/g, 'Throws')
      .trim();
  return `# The typed client

\`import { Dossier } from 'dossier'\`: every method of the client for TypeScript and JavaScript. Every failure is a \`DossierError\` with \`code\`, \`message\`, \`where\` and \`actions\`
([the codes](cli.md#what-holds-for-every-command)). What a request may hold is in [request.md](request.md), each message in [messages.md](messages.md). (This page is written by \`npm run docs\`.)

\`\`\`ts
import { Dossier } from 'dossier';

const dossier = await Dossier.connect({ config: 'dossier.yaml' });
\`\`\`

${methods
  .map(
    ({ comment, signature }) =>
      '### ' +
      `${/^(?:static |get )?(\w+)/.exec(signature)?.[1]}\n\n${wordsOf(comment)}\n\n\`\`\`ts\n${signature.replace(/\s+/g, ' ').trim()}\n\`\`\`` +
      (exampleOf(comment) === ''
        ? ''
        : `\n\nFor example:\n\n\`\`\`ts\n${exampleOf(comment)}\n\`\`\``),
  )
  .join('\n\n')}
`;
}

const files = {
  'docs/reference/request.schema.json': `${JSON.stringify(schema, undefined, 2)}\n`,
  'docs/reference/request.md': request,
  'docs/reference/client.md': clientPage(),
};
let same = true;
for (const [path, text] of Object.entries(files)) {
  if (process.argv.includes('--check')) {
    let there = '';
    try {
      there = readFileSync(at(path), 'utf8');
    } catch {
      /* A missing file is a difference. */
    }
    if (there !== text) {
      console.error(`${path} is not what the code says; run npm run docs`);
      same = false;
    }
  } else writeFileSync(at(path), text);
}
process.exit(same ? 0 : 1);
