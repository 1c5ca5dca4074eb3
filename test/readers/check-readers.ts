// Opens a package with programs that are not ours, and says what each makes of it: `npm run
// check:readers`. It needs Python 3 with pip. unzip, 7z and Java are tried where they are
// installed, and named where they are not.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from '../../src/package/build.ts';
import { openStore } from '../../src/storage/filesystem.ts';
import { fullPackage } from '../package/full-package.ts';

const PACKAGES = [
  'frictionless[json]==5.21.0',
  'dplib-py==1.1.0',
  'jsonschema==4.26.0',
  'pandas==3.1.1',
  'duckdb==2.0.1',
];
const INSTALL_WITHIN = 300_000;

/** Prints one line a reader: `ok`, or what it said. Reads the folder of the unpacked archive. */
const SCRIPT = String.raw`
import json, sys, pathlib, importlib.util, warnings
warnings.simplefilter('ignore')
folder, archive = pathlib.Path(sys.argv[1]), sys.argv[2]
failed = 0
def say(reader, problems):
    global failed
    failed += bool(problems)
    print(f"{'FAIL' if problems else 'ok  '} {reader}{': ' if problems else ''}{'; '.join(problems[:5])}")
import zipfile
with zipfile.ZipFile(archive) as z:
    bad = z.testzip()
    z.extractall(folder)
    say('Python zipfile', [bad] if bad else [])
manifest = json.load(open(folder / 'datapackage.json', encoding='utf-8'))
profiles = pathlib.Path(importlib.util.find_spec('dplib').origin).parent / 'profiles' / '2.0'
import jsonschema
schemas = {p.name: json.load(open(p)) for p in profiles.glob('*.json')}
store = {'https://datapackage.org/profiles/2.0/' + name: schema for name, schema in schemas.items()}
resolver = jsonschema.RefResolver('https://datapackage.org/profiles/2.0/datapackage.json', schemas['datapackage.json'], store=store)
def leaves(error):
    return [leaf for each in error.context for leaf in leaves(each)] if error.context else [error]
say('JSON profile of Data Package 2.0 (dplib-py)', [f"{'.'.join(map(str, leaf.absolute_path))}: {leaf.message[:120]}" for e in jsonschema.Draft7Validator(schemas['datapackage.json'], resolver=resolver).iter_errors(manifest) for leaf in leaves(e)])
import frictionless
report = frictionless.validate(str(folder / 'datapackage.json'))
say('frictionless', [e.message for e in report.errors] + [f'{t.place}: {e.message[:120]}' for t in report.tasks for e in t.errors])
import duckdb, pandas
tables = [r for r in manifest['resources'] if r.get('type') == 'table']
def counted(read):
    return [f"{r['path']}: {n} rows, the manifest says {r['rows']}" for r in tables for n in [read(r)] if n is not None and n != r['rows']]
say('DuckDB', counted(lambda r: len(duckdb.read_csv(str(folder / r['path']), all_varchar=True)) if r['format'] == 'csv' and r['rows'] else None))
say('pandas', counted(lambda r: len(pandas.read_csv(folder / r['path'], dtype=str, keep_default_na=False)) if r['format'] == 'csv' else None))
sys.exit(1 if failed else 0)
`;

async function check(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-readers-'));
  try {
    const python = join(folder, 'venv/bin/python');
    console.log(`Installing ${PACKAGES.join(', ')} into a temporary folder …`);
    execFileSync('python3', ['-m', 'venv', join(folder, 'venv')]);
    execFileSync(
      python,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES],
      { stdio: 'inherit', timeout: INSTALL_WITHIN },
    );
    const archive = (await buildPackage(await fullPackage(openStore(join(folder, 'data'))))).path;
    await writeFile(join(folder, 'read.py'), SCRIPT);
    let failed =
      spawnSync(python, [join(folder, 'read.py'), join(folder, 'unpacked'), archive], {
        stdio: 'inherit',
      }).status === 0
        ? 0
        : 1;
    for (const [program, ...args] of [
      ['unzip', '-tq', archive],
      ['7z', 't', archive],
      ['bsdtar', '-tf', archive],
      ['jar', 'tf', archive],
    ] as const) {
      const { error, status } = spawnSync(program, args, { encoding: 'utf8' });
      if (error === undefined && status !== 0) failed = 1;
      console.log(
        error === undefined
          ? `${status === 0 ? 'ok  ' : 'FAIL'} ${program}`
          : `skip ${program}: not installed`,
      );
    }
    return failed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await check();
