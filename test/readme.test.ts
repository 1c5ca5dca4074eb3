import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseArgs } from 'node:util';
import type { Command } from 'commander';
import type { Parts } from '../src/cli/command.ts';
import { createProgram } from '../src/cli/program.ts';
import { MESSAGES, type MessageName } from '../src/contract/messages/index.ts';
import { requestInput } from '../src/contract/request.ts';
import { command as run } from '../src/temporal/local-server/command.ts';
import { findServer } from '../src/temporal/local-server/find-server.ts';
import { invoke } from './cli/invoke.ts';
import { pages, root } from './documents.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const program = await createProgram({
  out: { json: false },
  environment: {},
  user: 'test',
} as Parts);

type Words = readonly string[];

/**
 * The commands in a page: those of its `sh` blocks, and those that stand in its text, each as
 * words.
 */
function commandsIn(page: string): Words[] {
  const blocks = [...page.matchAll(/^ *```sh\n(.*?)^ *```/gms)].flatMap(([, block = '']) =>
    block.replaceAll(/\\\n\s*/g, ' ').split('\n'),
  );
  const spans = [
    ...page
      .replaceAll(/^ *```.*?^ *```/gms, '')
      .matchAll(/`((?:npx )?dossier [a-z][^`]*|temporal workflow [^`]*|npm run [^`]*)`/g),
  ].map(([, span = '']) => span.replaceAll('\\|', '/').replaceAll(/[[\]…]/g, ''));
  return [...blocks, ...spans]
    .flatMap((line) => line.replace(/(^|\s)[#>] .*/, '').split(/&&|;|\|/))
    .map(wordsOf)
    .filter((words) => words.length > 0)
    .map(withoutVariables);
}

const wordsOf = (line: string): Words =>
  [...line.matchAll(/'([^']*)'|"((?:\\.|[^"])*)"|([^\s'"]+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
const withoutVariables = (words: Words): Words =>
  words.slice(
    Math.max(
      0,
      words.findIndex((word) => !/^[A-Z_]+=/.test(word)),
    ),
  );

/** What is wrong with a command of Dossier's, or nothing. */
function problemOf(words: Words): string | undefined {
  let command: Command = program;
  let left = words;
  for (;;) {
    const child = command.commands.find((it) => it.name() === left[0]);
    if (child === undefined) break;
    command = child;
    left = left.slice(1);
  }
  if (command === program) return `there is no command "${left[0]}"`;
  const known = new Map(command.options.map((option) => [option.long ?? '', option]));
  const values: string[] = [];
  for (let index = 0; index < left.length; index += 1) {
    const [word = '', inline] = (left[index] ?? '').split('=');
    if (!word.startsWith('--')) values.push(word);
    else if (word !== '--help') {
      const option = known.get(word);
      if (option === undefined) return `${command.name()} has no ${word}`;
      if ((option.required || option.optional) && inline === undefined) index += 1;
    }
  }
  const most = command.registeredArguments.some(({ variadic }) => variadic)
    ? Infinity
    : command.registeredArguments.length;
  if (values.length > most) return `${command.name()} takes no ${values.at(-1)}`;
  return undefined;
}

function problemOfNpm([, verb, name = '', ...rest]: Words): string | undefined {
  if (verb !== 'run') return undefined;
  const script = scripts[name];
  if (script === undefined) return `there is no script "${name}"`;
  const [, own] = /^node bin\/dossier\.js (.*)$/.exec(script) ?? [];
  return own === undefined
    ? undefined
    : problemOf([...own.split(' '), ...rest.slice(rest[0] === '--' ? 1 : 0)]);
}

const commands = new Map(
  pages.map((page) => [page, commandsIn(readFileSync(join(root, page), 'utf8'))]),
);
const STARTING = 'docs/how-to/start-from-any-service.md';
const typed = [...commands.values()].flat();

describe('the commands of the documents', () => {
  it('are found: in the README the demo and the tests, in the pages all others', () => {
    const linesOf = (page: string) => (commands.get(page) ?? []).map((words) => words.join(' '));
    for (const line of ['npm ci', 'npm run demo', 'npm test']) {
      assert.ok(linesOf('README.md').includes(line), line);
    }
    assert.ok(linesOf(STARTING).includes('npx dossier request start samples/request.json'));
    assert.ok(linesOf('docs/reference/cli.md').length > 60);
  });

  for (const [page, found] of commands) {
    it(`${page}: are real commands with real flags`, () => {
      const problems = found.flatMap((words) => {
        const own = words[0] === 'npx' ? words.slice(1) : words;
        const ofNpm = own[0] === 'npm' ? problemOfNpm(own) : undefined;
        const problem = own[0] === 'dossier' ? problemOf(own.slice(1)) : ofNpm;
        return problem === undefined ? [] : [`${words.join(' ')}: ${problem}`];
      });
      assert.deepEqual(problems, []);
    });
  }

  it('a wrong one would be found', () => {
    assert.equal(problemOf(['request', 'begin']), 'request takes no begin');
    assert.equal(problemOf(['law', 'due', '--statute', 'gdpr']), 'due has no --statute');
    assert.equal(problemOf(['request', 'show', 'R-1', 'R-2']), 'show takes no R-2');
    assert.equal(problemOfNpm(['npm', 'run', 'demos']), 'there is no script "demos"');
    assert.equal(problemOfNpm(['npm', 'run', 'demo', '--', '--quit']), 'demo has no --quit');
  });

  const laws = typed
    .map((words) => (words[0] === 'npx' ? words.slice(1) : words))
    .filter(
      (words) =>
        words[0] === 'dossier' &&
        words[1] === 'law' &&
        words.length > (words[2] === 'list' ? 2 : 3) &&
        !words.some((word) => /\.json$|^LAW$|^-$|^--input$|^\.\.\.$/.test(word)),
    );
  for (const words of new Map(laws.map((it) => [it.join(' '), it])).values()) {
    it(`${words.join(' ')}: runs`, async () => {
      const { exitCode, stdout } = await invoke(words.slice(1), { directory: root });
      assert.equal(exitCode, 0);
      assert.ok(stdout.trim().length > 0);
    });
  }

  const temporal = (commands.get(STARTING) ?? []).filter(
    ([name, , verb]) => name === 'temporal' && verb !== 'query',
  );
  it("Temporal's own have real flags, and inputs that the workflow takes", async () => {
    assert.equal(temporal.length, 2);
    const { path } = await findServer('temporal');
    for (const [, group = '', verb = '', ...args] of temporal) {
      const { tokens } = parseArgs({ args, strict: false, tokens: true, allowPositionals: true });
      const help = await run(path, [group, verb, '--help'], { timeLimit: 15_000 });
      const shown = help.ok ? help.stdout : '';
      for (const token of tokens) {
        if (token.kind === 'option') assert.match(shown, new RegExp(`${token.rawName}\\b`));
      }
      const input = JSON.parse(args[args.indexOf('--input') + 1] ?? '') as unknown;
      const schema =
        verb === 'start'
          ? requestInput
          : MESSAGES[args[args.indexOf('--name') + 1] as MessageName].input;
      assert.deepEqual(schema.safeParse(input).error, undefined);
    }
  });

  const operated = typed.filter(([name]) => name === 'temporal');
  it("what an operator types into Temporal's own command line has real flags", async () => {
    assert.ok(operated.length >= 8);
    const { path } = await findServer('temporal');
    const options = await run(path, ['options'], { timeLimit: 15_000 });
    for (const words of new Map(
      operated.map((it) => [
        it
          .slice(1)
          .filter((word) => !/\s|^dsar-/.test(word))
          .join(' '),
        it,
      ]),
    ).values()) {
      const until = words.findIndex((word) => word.startsWith('-'));
      const help = await run(path, [...words.slice(1, until), '--help'], { timeLimit: 15_000 });
      const shown = (help.ok ? help.stdout : '') + (options.ok ? options.stdout : '');
      for (const flag of words.filter((word) => /^--?[a-z]/.test(word))) {
        assert.ok(
          shown.includes(` ${flag} `) || shown.includes(` ${flag},`),
          `${words.join(' ')}: ${flag}`,
        );
      }
    }
  });
});
