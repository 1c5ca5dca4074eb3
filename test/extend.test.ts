import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One line of a register. */
interface Line {
  readonly register: string;
  readonly line: string;
}

interface Added extends Line {
  readonly what: string;
  readonly folder: string;
  readonly suites: readonly string[];
  /** Tests of the suites that speak of it, or of all members together. */
  readonly named: RegExp;
  readonly holds: string;
  readonly besides?: Line;
}

/**
 * What is added, beside its tests: a folder each, as it stands in `test/extend/added`, and one line
 * of a register. A message is two files of the same name, because callers read its schema without
 * Temporal, and a line for each.
 */
const ADDED: readonly Added[] = [
  {
    what: 'a connector',
    folder: 'src/connectors/toy-club',
    register: 'src/connectors/index.ts',
    line: "export { default as 'toy-club' } from './toy-club/index.ts';",
    suites: ['dist/test/connectors/contract.test.js', 'dist/test/wire/wire.test.js'],
    named: /^connector toy-club$|^holds over|^has answers of other hands|^Toy club|^recorded/,
    holds: 'connector toy-club',
  },
  {
    what: 'a law',
    folder: 'packages/law/src/laws/toy-act',
    register: 'packages/law/src/laws/index.ts',
    line: "export { default as 'toy-act' } from './toy-act/law.ts';",
    suites: [
      'packages/law/dist/test/contract.test.js',
      'packages/law/dist/test/worked-examples.test.js',
    ],
    named: /^the law toy-act$|^toy-act$/,
    holds: 'the law toy-act',
  },
  {
    what: 'a message',
    folder: 'src/workflows/commands',
    register: 'src/workflows/commands/all.ts',
    line: "export { default as toyPraise } from './toy-praise.ts';",
    suites: ['dist/test/workflows/messages.test.js'],
    named: /^the message toyPraise$|^every message/,
    holds: 'the message toyPraise',
    besides: {
      register: 'src/contract/messages/all.ts',
      line: "export { toyPraise } from './toy-praise.ts';",
    },
  },
];

/** The tests that are compiled in the copy: more would take longer, and tell nothing new. */
const SUITES = [
  'test/connectors/contract.test.ts',
  'test/connectors/fixtures',
  'test/wire/wire.test.ts',
  'test/wire/cases',
  'test/workflows/messages.test.ts',
];

describe('one folder and one line add', () => {
  let copy: string;
  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'dossier-extend-'));
    copySources(copy);
    cpSync(join(root, 'test/extend/added'), copy, { recursive: true });
    for (const { register, line } of ADDED.flatMap((it) => [it, it.besides ?? []].flat())) {
      appendFileSync(join(copy, register), `${line}\n`);
    }
    for (const project of ['packages/law', 'tsconfig.added.json']) {
      succeed(copy, [join(root, 'node_modules/typescript/bin/tsc'), '--project', project]);
    }
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  for (const { what, folder, suites, named, holds } of ADDED) {
    it(`${what}: the contract suites hold over it`, () => {
      assert.ok(readdirSync(join(root, 'test/extend/added', folder)).length > 0);
      const said = succeed(copy, [
        '--test',
        '--test-reporter=tap',
        `--test-name-pattern=${named}`,
        ...suites,
      ]);
      assert.ok(said.includes(`# Subtest: ${holds}`), said);
      assert.match(said, /^# fail 0$/m);
    });
  }
});

/** The sources, and what was compiled of the other packages, beside the packages installed here. */
function copySources(copy: string): void {
  for (const path of [
    'tsconfig.base.json',
    'tsconfig.json',
    'package.json',
    'src',
    'packages',
    'test',
  ]) {
    cpSync(join(root, path), join(copy, path), {
      recursive: true,
      filter: (from) => from !== join(root, 'test/histories'),
    });
  }
  writeFileSync(
    join(copy, 'tsconfig.added.json'),
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { incremental: false, declaration: false, sourceMap: false },
      include: ['src', ...SUITES],
    }),
  );
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@dossier'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@dossier' || name.startsWith('.')) continue;
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  for (const [name, folder] of [
    ['law', 'law'],
    ['salesforce-simulator', 'simulator'],
  ] as const) {
    symlinkSync(join(copy, 'packages', folder), join(modules, '@dossier', name), 'junction');
  }
}

/** Runs a script in the copy and gives what it says. @throws with that, where it fails */
function succeed(copy: string, args: readonly string[]): string {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: 'utf8',
    env: environment,
  });
  assert.equal(status, 0, `${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}
