import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unknownConnectors } from '../../src/cli/doctor/unknown-connectors.ts';
import { buildPackage } from '../../src/package/build.ts';
import { openStore } from '../../src/storage/filesystem.ts';
import { smallPackage } from '../package/sample.ts';
import { errorOf, invoke } from './invoke.ts';

describe('exit codes and errors of the command line', () => {
  let folder: string;
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-cli-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const wrong = [
    ['no command', []],
    ['an unknown command', ['requests']],
    ['a group without its command', ['request']],
    ['an unknown command of a group', ['request', 'begin']],
    ['an unknown flag', ['law', 'list', '--bogus']],
    ['a missing argument', ['request', 'show']],
    ['too many arguments', ['law', 'list', 'more']],
    ['a value outside its choices', ['vendor', 'respond', 'R-1', 'acme', '--outcome', 'perhaps']],
    ['a missing mandatory option', ['request', 'withdraw', 'R-1']],
    ['a port that is none', ['dev', '--ui-port', '99999']],
    ['a file that is not there', ['request', 'start', '/nowhere/request.json']],
    ['a package that is not there', ['package', 'verify', '/nowhere/R-1.zip']],
    [
      'a seed that is not there',
      ['dev', '--seed', '/nowhere/seed.json', '--data-dir', '/nowhere/data'],
    ],
    [
      'a base configuration that is not there',
      ['dev', '--config', '/nowhere/dossier.yaml', '--data-dir', '/nowhere/data'],
    ],
    ['a configuration that is not there', ['request', 'list', '--config', '/nowhere/dossier.yaml']],
    [
      'a decision without a reason',
      ['request', 'match', 'R-1', '--include', 'P-1@default', '--config', '/nowhere/dossier.yaml'],
    ],
    [
      'an event that is none',
      [
        'law',
        'due',
        '--law',
        'gdpr',
        '--country',
        'DE',
        '--received',
        '2026-11-23',
        '--event',
        'extended',
      ],
    ],
  ] as const;
  for (const [what, args] of wrong) {
    it(`exits with 2 for ${what}, with lines or with JSON`, async () => {
      const environment = { DOSSIER_CODEC_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` };
      const plain = await invoke(args, { environment, directory: folder });
      assert.equal(plain.exitCode, 2, plain.stderr);
      assert.equal(plain.stdout, '');
      assert.notEqual(plain.stderr, '');
      assert.doesNotMatch(plain.stderr, /\n\s+at /);
      const json = await invoke([...args, '--json'], { environment, directory: folder });
      assert.equal(json.exitCode, 2);
      assert.deepEqual(Object.keys(errorOf(json)), ['code', 'message', 'where', 'actions']);
      assert.equal(errorOf(json).code, 'usage');
    });
  }

  it('names the help of the very command, and the commands of a group', async () => {
    assert.match((await invoke(['request', 'show'])).stderr, /dossier request show --help/);
    assert.match(
      (await invoke(['request', 'begin'])).stderr,
      /unknown command 'begin': there are .*start/,
    );
  });

  it('names the configuration of a stack beside one without keys', async () => {
    const config = await file('own.yaml', 'version: 1\n');
    await mkdir(join(folder, '.dossier'), { recursive: true });
    await file('.dossier/dossier.yaml', 'version: 1\n');
    const { code, actions } = errorOf(
      await invoke(['request', 'list', '--config', config, '--json'], { environment: {} }),
    );
    assert.deepEqual(
      [code, actions.at(-1)],
      [
        'invalid-config',
        `To talk to the stack whose data lie beside it: --config ${join(folder, '.dossier', 'dossier.yaml')}`,
      ],
    );
  });

  it('exits with 2 for a file that is no JSON, and names the place and not the text', async () => {
    const path = await file('broken.json', '{\n  "emails": ["ana@example.com",}');
    const { exitCode, stderr } = await invoke(['request', 'start', path]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /line 2, column \d+/);
    assert.doesNotMatch(stderr, /ana@/);
  });

  it('exits with 2 for a configuration that is no YAML', async () => {
    const path = await file('broken.yaml', 'systems: [');
    assert.equal((await invoke(['doctor', '--config', path], { environment: {} })).exitCode, 2);
    assert.equal(
      (
        await invoke(['request', 'list', '--config', path], {
          environment: { DOSSIER_CODEC_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` },
        })
      ).exitCode,
      2,
    );
  });

  it('exits with 1 for a request that a rule refuses, without any server', async () => {
    const path = await file(
      'refused.json',
      JSON.stringify({ requestId: 'a/b', type: 'erasure', subject: {}, receivedAt: 'today' }),
    );
    const refused = await invoke(['request', 'start', path, '--json']);
    assert.equal(refused.exitCode, 1);
    const { code, message } = errorOf(refused);
    assert.equal(code, 'invalid-request');
    for (const part of ['requestId', 'type', 'receivedAt']) {
      assert.match(message, new RegExp(`${part}:`));
    }
  });

  const refusedByRules: readonly (readonly [string, object, RegExp])[] = [
    ['came in the future', { receivedAt: '2099-01-01' }, /receivedAt: lies in the future/],
    ['names nobody', { subject: { name: 'Ana' } }, /subject: needs at least one/],
    ['lives in no country', { residence: { country: 'XX' } }, /residence\.country: /],
    ['is under a law of elsewhere', { law: 'ccpa' }, /DE is not under ccpa/],
    [
      'asks for a right that the law does not know',
      { law: 'appi', residence: { country: 'JP' }, type: 'portability' },
      /type: /,
    ],
  ];
  for (const [what, more, reason] of refusedByRules) {
    it(`refuses a request that ${what} before there is a workflow, without any server`, async () => {
      const config = await file('controller.yaml', 'version: 1\ncontroller: { country: DE }\n');
      const path = await file(
        'rules.json',
        JSON.stringify({
          requestId: 'R-1',
          type: 'access',
          subject: { emails: ['ana@example.com'] },
          residence: { country: 'DE' },
          receivedAt: '2026-11-23',
          identity: 'confirmed',
          ...more,
        }),
      );
      const refused = await invoke(['request', 'start', path, '--config', config, '--json'], {
        environment: {},
      });
      assert.deepEqual([refused.exitCode, errorOf(refused).code], [1, 'invalid-request']);
      assert.match(errorOf(refused).message, reason);
      assert.doesNotMatch(refused.stdout, /ana@/);
    });
  }

  it('tells every mistake of a configuration at once', async () => {
    const path = await file(
      'mistakes.yaml',
      'version: 1\nsystems:\n  - { id: a, connector: no-such }\n  - { id: a, connector: ' +
        'manual }\nsalesforce: { loginUrl: "https://a.my.salesforce.com", clientId: x, ' +
        'clientSecret: plain }\nstorage: { directory: ./data }\n',
    );
    const complaints = await import('../../src/config/config.ts').then(({ loadConfig }) => {
      try {
        loadConfig(path, {});
        return '';
      } catch (error) {
        return String(error);
      }
    });
    assert.match(complaints, /clientSecret: is a secret[^]*systems\[1\]\.id: "a" stands twice/);
    assert.deepEqual(
      (await unknownConnectors(path)).map((it) => it.path),
      ['systems[0].connector'],
    );
  });

  it('prints the schema of a request', async () => {
    const { stdout } = await invoke(['request', 'schema', '--json']);
    const { properties, required } = JSON.parse(stdout) as {
      properties: Record<string, unknown>;
      required: string[];
    };
    assert.deepEqual(required, ['requestId', 'type', 'subject', 'receivedAt']);
    for (const name of ['residence', 'policy', 'language', 'continues']) {
      assert.ok(name in properties, name);
    }
  });

  it("lists a package that was changed with a warning, and by the request's own ID", async () => {
    const store = openStore(join(folder, 'store'));
    const { path } = await buildPackage(await smallPackage(store));
    const whole = await invoke(['package', 'open', path]);
    assert.deepEqual([whole.stderr, whole.stdout.split(',')[0]], ['', 'R-1']);
    const bytes = await readFile(path);
    const name = 'systems/acme-mail/acme-mail-1/mails.txt';
    const inside = bytes.indexOf(name) + name.length + 8;
    bytes[inside] = (bytes[inside] ?? 0) ^ 1;
    const changed = join(folder, 'changed.zip');
    await writeFile(changed, bytes);
    const opened = await invoke(['package', 'open', changed]);
    assert.match(opened.stderr, /This package is NOT whole: .*dossier package verify/);
  });

  it('reads a request from standard input', async () => {
    assert.equal((await invoke(['request', 'start', '-'], { input: 'no JSON' })).exitCode, 2);
    assert.equal((await invoke(['request', 'start', '-'], { input: '{}' })).exitCode, 1);
  });

  it('exits with 1 where no server answers, and says what to do', async () => {
    const environment = {
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      DOSSIER_CODEC_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
    };
    const { exitCode, stdout, stderr } = await invoke(['request', 'list'], {
      environment,
      directory: folder,
    });
    assert.deepEqual({ exitCode, stdout }, { exitCode: 1, stdout: '' });
    assert.match(stderr, /127\.0\.0\.1:1/);
    assert.match(stderr, /dossier dev/);
  });

  it('gives a stack trace only where it is asked for', async () => {
    const environment = {
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      DOSSIER_CODEC_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
      DOSSIER_DEBUG: '1',
    };
    assert.match(
      (await invoke(['request', 'list'], { environment, directory: folder })).stderr,
      /\n\s+at /,
    );
  });

  it('prints the version and help with exit code 0', async () => {
    assert.equal((await invoke(['--version'])).exitCode, 0);
    assert.equal((await invoke(['--help'])).exitCode, 0);
    assert.equal((await invoke(['request', 'start', '--help'])).exitCode, 0);
  });

  it('finds the configuration by flag, variable and place, in this order', async () => {
    const named = await file('named.yaml', 'temporal: { address: "127.0.0.1:2" }');
    await file('dossier.yaml', 'temporal: { address: "127.0.0.1:3" }');
    const keys = { DOSSIER_CODEC_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` };
    const placeOf = async (args: readonly string[], environment: Record<string, string>) =>
      errorOf(
        await invoke([...args, '--json'], {
          environment: { ...keys, ...environment },
          directory: folder,
        }),
      ).where;
    assert.equal(
      await placeOf(['request', 'list', `--config=${named}`], { DOSSIER_CONFIG: '/nowhere' }),
      '127.0.0.1:2',
    );
    assert.equal(await placeOf(['request', 'list'], { DOSSIER_CONFIG: named }), '127.0.0.1:2');
    assert.equal(await placeOf(['request', 'list'], {}), '127.0.0.1:3');
    assert.equal(
      await placeOf(['request', 'list'], { TEMPORAL_ADDRESS: '127.0.0.1:1' }),
      '127.0.0.1:1',
    );
  });
});
