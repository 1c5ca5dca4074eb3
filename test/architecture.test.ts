import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const src = join(root, 'src');

type Area = string;
const allowed: Readonly<Record<Area, readonly Area[]>> = {
  contract: [],
  config: ['contract'],
  http: ['contract'],
  salesforce: ['contract', 'http'],
  connectors: ['contract', 'http', 'salesforce'],
  storage: ['contract', 'connectors'],
  package: ['contract'],
  codec: ['contract'],
  letters: ['contract'],
  activities: [
    'contract',
    'http',
    'salesforce',
    'storage',
    'package',
    'codec',
    'connectors',
    'letters',
    'config',
  ],
  workflows: ['contract', 'activities'],
  client: ['contract', 'codec', 'workflows', 'temporal'],
  temporal: [
    'contract',
    'activities',
    'codec',
    'config',
    'connectors',
    'leftovers',
    'letters',
    'salesforce',
    'storage',
    'workflows',
  ],
  leftovers: [
    'contract',
    'activities',
    'client',
    'config',
    'connectors',
    'salesforce',
    'storage',
    'temporal',
    'workflows',
  ],
};
const togetherness = ['cli'];
const notForThem: Readonly<Record<Area, readonly Area[]>> = { cli: [] };

interface Import {
  readonly file: string;
  readonly from: Area;
  readonly to: Area;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort();
const areaOf = (path: string): Area => path.split('/')[0] ?? path;

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/^(import|export)\s+(type\s+)?[^;]*?from\s+'(\.{1,2}\/[^']+)';/gms)].map(
    ([, , typeOnly, target]) => {
      const path = relative(src, resolve(dirname(join(src, file)), target ?? ''));
      return { file, from: areaOf(file), to: areaOf(path), typeOnly: typeOnly !== undefined };
    },
  );
});

/** Every TypeScript file of a folder. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** Everything that a file imports, at its start or later. */
function importsIn(file: string): string[] {
  return [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\b[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map(([, first, later]) => first ?? later ?? '');
}

describe('who may import whom', () => {
  it('looks at more than a hundred files', () =>
    assert.ok(files.length > 100, `${files.length} files`));

  for (const area of new Set(files.map(areaOf))) {
    it(`${area} imports what the table allows`, () => {
      const wrong = imports
        .filter(({ from, to }) => from === area && to !== area && to !== 'package-files.ts')
        .filter(({ to }) =>
          togetherness.includes(area)
            ? (notForThem[area] ?? []).includes(to)
            : !(allowed[area] ?? []).includes(to),
        );
      assert.deepEqual(
        wrong.map(({ file, to }) => `${file} imports ${to}`),
        [],
      );
    });
  }

  it('workflows import activities as types only', () => {
    assert.deepEqual(
      imports.filter((it) => it.from === 'workflows' && it.to === 'activities' && !it.typeOnly),
      [],
    );
  });

  it('no file of the workflows or the contract reads the clock of the host, files or the network', () => {
    const wrong = files
      .filter((file) => ['workflows', 'contract'].includes(areaOf(file)))
      .filter((file) =>
        /from '(node:|undici|pg|@temporalio\/(worker|client|activity|testing))/.test(
          readFileSync(join(src, file), 'utf8'),
        ),
      );
    assert.deepEqual(wrong, []);
  });
});

describe('the package of laws', () => {
  const lawFiles = filesOf(join(root, 'packages/law/src'));

  it('imports itself and the calendar library alone, so that it runs in a browser', () => {
    const foreign = lawFiles.flatMap((file) =>
      importsIn(file)
        .filter((it) => !it.startsWith('.') && it !== 'temporal-polyfill/implementation')
        .map((it) => `${file} imports ${it}`),
    );
    assert.deepEqual(foreign, []);
  });

  it('keeps the worked examples beside the laws for tests alone', () => {
    const readers = lawFiles.filter((file) =>
      importsIn(file).some((it) => /\/(?:examples|worked-example)\.ts$/.test(it)),
    );
    assert.deepEqual(
      readers.filter((file) => !file.endsWith('/examples.ts')),
      [],
    );
  });

  it('is entered by its doors alone', () => {
    const others = [...filesOf(src), ...filesOf(join(root, 'test'))];
    assert.deepEqual(
      others.filter((file) =>
        importsIn(file).some(
          (it) =>
            it.includes('packages/law') ||
            (it.startsWith('@dossier/law') && !['@dossier/law', '@dossier/law/days'].includes(it)),
        ),
      ),
      [],
    );
  });

  it('is entered by the light door where time is short: the workflow bundle and what starts a command', () => {
    const heavy = filesOf(src)
      .filter((file) => /\/(workflows|contract)\//.test(file))
      .filter((file) => /^import (?!type)[^;]*'@dossier\/law'/m.test(readFileSync(file, 'utf8')));
    assert.deepEqual(heavy, []);
  });
});

describe('the simulator', () => {
  const own = filesOf(join(root, 'packages/simulator/src'));

  it('shares no code with what is tried against it', () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(root, 'packages/simulator/package.json'), 'utf8'),
    ) as { dependencies: Record<string, string> };
    const known = new Set(Object.keys(dependencies));
    const foreign = own.flatMap((file) =>
      importsIn(file)
        .filter((it) => !it.startsWith('.') && !it.startsWith('node:') && !known.has(it))
        .map((it) => `${file} imports ${it}`),
    );
    assert.deepEqual(foreign, []);
    assert.deepEqual(
      [...known].filter((name) => name.startsWith('@dossier/') || name === 'dossier'),
      [],
    );
  });

  it('is imported by the command line and by tests alone, for the worker is installed without it', () => {
    const users = filesOf(src).filter((file) =>
      importsIn(file).some((it) => it.startsWith('@dossier/salesforce-simulator')),
    );
    assert.deepEqual(
      users.map((file) => relative(src, file)).filter((file) => !file.startsWith('cli/')),
      [],
    );
  });
});

describe('what callers import', () => {
  it('loads nothing native: the client and what it stands on leave the worker alone', () => {
    const seen = new Set<string>();
    const walk = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, 'utf8');
      for (const [, target] of text.matchAll(
        /^(?:import|export) (?!type)[^;]*?from '(\.{1,2}\/[^']+)'/gm,
      )) {
        walk(resolve(dirname(file), target ?? ''));
      }
    };
    walk(join(src, 'client/index.ts'));
    const native = [...seen].filter((file) =>
      /^(?:import|export) (?!type)[^;]*?from '@temporalio\/(worker|core-bridge|testing)/m.test(
        readFileSync(file, 'utf8'),
      ),
    );
    assert.deepEqual(
      native.map((file) => relative(src, file)),
      [],
    );
  });
});

describe('the workflow bundle', () => {
  it('holds no law and no holiday', () => {
    const bundle = readFileSync(join(root, 'dist/workflow-bundle.js'), 'utf8');
    assert.deepEqual([...bundle.matchAll(/law\/dist\/(?:src\/laws|data)/g)].length, 0);
  });

  it('holds the workflows and the contract, and nothing else of ours', () => {
    const bundle = readFileSync(join(root, 'dist/workflow-bundle.js'), 'utf8');
    const ours = [...bundle.matchAll(/(?<!law\/)dist\/src\/([a-z-]+)\//g)].map(([, area]) => area);
    assert.deepEqual(
      [...new Set(ours)].filter((area) => !['workflows', 'contract', 'codec'].includes(area ?? '')),
      [],
    );
  });
});

describe('the size of files', () => {
  it('nine in ten have fewer than 300 lines', () => {
    const long = files.filter(
      (file) => readFileSync(join(src, file), 'utf8').split('\n').length > 300,
    );
    assert.ok(long.length <= files.length / 10, long.join(', '));
  });
});

describe('the style of files', () => {
  const everything = [
    ...filesOf(src),
    ...filesOf(join(root, 'test')),
    ...filesOf(join(root, 'tools')),
    ...readdirSync(join(root, 'packages')).flatMap((name) => [
      ...filesOf(join(root, 'packages', name, 'src')),
      ...filesOf(join(root, 'packages', name, 'test')),
    ]),
  ];

  it('at most 0.3 % of lines have more than 110 columns', () => {
    // What writes pages holds their paragraphs, whose lines are as long as in any page.
    const lines = everything
      .filter((file) => !/make-[a-z]+-docs\.ts$/.test(file))
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'));
    const long = lines.filter((line) => line.length > 110).length;
    assert.ok(long <= lines.length * 0.003, `${long} of ${lines.length}`);
  });

  it('no statement of a loop stands on the line of the loop', () => {
    const crowded = everything.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => /^\s*(?:for|while) \(.*\) [^{]*;$/.test(line))
        .map((line) => `${relative(root, file)}: ${line.trim()}`),
    );
    assert.deepEqual(crowded, []);
  });
});

describe('what is installed', () => {
  it('has one exact version, and a hash in the lock file', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    assert.deepEqual(
      Object.entries({ ...dependencies, ...devDependencies }).filter(
        ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
      ),
      [],
    );
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string; link?: boolean }>;
    };
    assert.deepEqual(
      Object.entries(packages)
        .filter(
          ([path, { integrity, link }]) =>
            path !== '' &&
            !path.startsWith('packages/') &&
            link !== true &&
            integrity === undefined,
        )
        .map(([path]) => path),
      [],
    );
  });
});

describe('the words of the repository', () => {
  it('no path of a machine and no address of a package registry stands in a file', () => {
    const everything = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter(
        (it) =>
          it.isFile() &&
          /\.(ts|mjs|js|md|ya?ml|json)$/.test(it.name) &&
          !/(node_modules|dist|\.git|\.cache|\.dossier)(\/|$)/.test(relative(root, it.parentPath)),
      )
      .map((it) => join(it.parentPath, it.name));
    const wrong = everything.filter(
      (file) =>
        /\/work\/(main|shared)|registry\.npmjs|pypi\.org\/simple|proxy\.golang/.test(
          readFileSync(file, 'utf8'),
        ) &&
        !file.endsWith('architecture.test.ts') &&
        !file.endsWith('package-lock.json'),
    );
    assert.deepEqual(
      wrong.map((file) => relative(root, file)),
      [],
    );
  });
});
