import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../documents.ts';

const run = promisify(execFile);

interface Door {
  /** Its file under `root`, and the built module that a program imports. */
  readonly source: string;
  readonly built: () => Promise<object>;
  /** Imports that its examples need besides the door itself. */
  readonly also?: string;
  /** Its class whose methods have examples too. */
  readonly methodsOf?: string;
}

const DOORS: Readonly<Record<string, Door>> = {
  '@dossier/law': {
    source: 'packages/law/src/index.ts',
    built: () => import('@dossier/law'),
  },
  '@dossier/law/days': {
    source: 'packages/law/src/days.ts',
    built: () => import('@dossier/law/days'),
  },
  '@dossier/salesforce-simulator': {
    source: 'packages/simulator/src/index.ts',
    built: () => import('@dossier/salesforce-simulator'),
  },
  dossier: {
    source: 'src/client/index.ts',
    built: () => import('../../src/client/index.ts'),
    also: `import { Client } from '@temporalio/client';`,
    methodsOf: 'Dossier',
  },
  'dossier/connector': {
    source: 'src/connectors/spi.ts',
    built: () => import('../../src/connectors/spi.ts'),
  },
};

/** Names that examples take as given: what a caller has by then. */
const GIVEN = `import type { Connection } from '@temporalio/client';
import type { Dossier as OpenDossier } from 'dossier';
declare global {
  const dossier: OpenDossier;
  const connection: Connection;
  const error: unknown;
}
`;

/** The text of the file in which a door's export is defined, and its name there. */
function definitionOf(file: string, name: string): { file: string; text: string; name: string } {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, names = '', from = ''] of text.matchAll(
    /^export \{([^}]*)\}\s+from '(\.[^']+)';/gm,
  )) {
    for (const part of names.split(',')) {
      const [inside = '', outside = inside] = part.trim().split(' as ');
      if (outside === name) return definitionOf(join(dirname(file), from), inside);
    }
  }
  return { file, text, name };
}

/** The code of the `@example` in the docstring right before `signature`, if there is one. */
function exampleBefore(text: string, signature: RegExp): string | undefined {
  const at = signature.exec(text)?.index;
  if (at === undefined) return undefined;
  const before = text.slice(0, at).trimEnd();
  if (!before.endsWith('*/')) return undefined;
  const doc = before.slice(before.lastIndexOf('/**'), -'*/'.length);
  const [, example] = doc.split(/^ *\* @example$/m);
  const code = example
    ?.split('\n')
    .map((line) => line.replace(/^ *\* ?/, ''))
    .join('\n')
    .trim();
  return code === '' ? undefined : code;
}

const isFunction = (value: unknown): value is (...args: never[]) => unknown =>
  typeof value === 'function';

/** What callers can call of a class: its static methods, its methods and its getters. */
const methodsOf = (type: object & { prototype?: object }): string[] =>
  [type, type.prototype ?? {}].flatMap((holder) =>
    Object.entries(Object.getOwnPropertyDescriptors(holder))
      .filter(([name, it]) => name !== 'constructor' && (isFunction(it.value) || 'get' in it))
      .map(([name]) => name),
  );

interface Example {
  readonly of: string;
  readonly file: string;
  readonly code: string | undefined;
}

async function examplesOf({ source, built, methodsOf: typed }: Door): Promise<Example[]> {
  return Object.entries(await built())
    .filter(([, value]) => isFunction(value))
    .flatMap(([exported, value]) => {
      const { file, text, name } = definitionOf(source, exported);
      const own = new RegExp(
        String.raw`^export (?:async )?(?:function|class|const) ${name}\b`,
        'm',
      );
      const methods = exported === typed ? methodsOf(value as object) : [];
      return [
        { of: exported, file, code: exampleBefore(text, own) },
        ...methods.map((method) => ({
          of: `${exported}.${method}`,
          file,
          code: exampleBefore(
            text,
            new RegExp(String.raw`^  (?:static )?(?:async )?(?:get )?\*?${method}\(`, 'm'),
          ),
        })),
      ];
    });
}

describe('an example on every function and class of a public door', () => {
  for (const [door, facts] of Object.entries(DOORS)) {
    it(`${door}: none is without`, async () => {
      const examples = await examplesOf(facts);
      assert.ok(examples.length > 0);
      assert.deepEqual(
        examples.filter(({ code }) => code === undefined).map(({ of, file }) => `${of} in ${file}`),
        [],
      );
    });
  }

  it('each has right types, with what the door exports', async () => {
    // In `dist`, because only a file of this package may import it by its name.
    const folder = await mkdtemp(join(root, 'dist/doors-'));
    try {
      await writeFile(join(folder, 'given.d.ts'), GIVEN);
      for (const [door, facts] of Object.entries(DOORS)) {
        const names = Object.keys(await facts.built());
        const blocks = (await examplesOf(facts)).map(
          ({ of, file, code = '' }) => `// ${of} in ${file}\nvoid (async () => {\n${code}\n});\n`,
        );
        const imports = `import { ${names.join(', ')} } from '${door}';\n${facts.also ?? ''}\n`;
        await writeFile(
          join(folder, `${door.replaceAll(/\W/g, '-')}.ts`),
          imports + blocks.join(''),
        );
      }
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          extends: join(relative(folder, root), 'tsconfig.base.json'),
          compilerOptions: { types: ['node'], noEmit: true },
          include: ['*.ts'],
        }),
      );
      await run('npx', ['tsc', '--noEmit', '-p', folder], { cwd: root }).catch(
        ({ stdout }: { stdout: string }) => assert.fail(stdout),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
