import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RequestStatus } from '../../src/contract/status.ts';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const seed = {
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        {
          ssot__Id__c: 'P-1',
          ssot__DataSourceId__c: 'Shop',
          ssot__FirstName__c: 'Ana',
          ssot__LastName__c: 'Lima',
        },
      ],
      ssot__ContactPointEmail__dlm: [
        {
          ssot__Id__c: 'E-1',
          ssot__PartyId__c: 'P-1',
          ssot__DataSourceId__c: 'Shop',
          ssot__EmailAddress__c: 'ana@example.com',
        },
      ],
    },
  },
};
const config = [
  'version: 1',
  'salesforce: { loginUrl: "https://acme.my.salesforce.com", clientId: theirs, clientSecret: ' +
    '"${SF_SECRET}", dataSpaces: [default] }',
  'systems: [{ id: shop, connector: manual, dataSources: [Shop], instructions: "Ask the shop." }]',
  'notUsed: { core-crm: "no licence; test", marketing-cloud: "no licence; test", ' +
    'account-engagement: "no licence; test", b2c-commerce: "no licence; test", personalization: ' +
    '"no licence; test" }',
  'storage: { directory: /elsewhere }',
].join('\n');
const request = {
  requestId: 'R-1',
  type: 'access',
  subject: { emails: ['ana@example.com'] },
  law: 'gdpr',
  residence: { country: 'DE' },
  receivedAt: new Date().toISOString().slice(0, 10),
  identity: 'confirmed',
};

describe('dossier dev', () => {
  let folder: string;
  let dev: ChildProcess;
  let info: Record<string, string>;
  const lines: string[] = [];
  const environment = {
    ...process.env,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    DOSSIER_CODEC_KEYS: '',
    DOSSIER_CONFIG: '',
  };

  const dossier = async (
    ...args: string[]
  ): Promise<{
    code: number | null;
    stdout: string;
    stderr: string;
  }> => {
    const { TEMPORAL_ADDRESS: _address, ...env } = environment;
    const child = spawn(
      process.execPath,
      [main, ...args, '--json', '--config', info.config ?? ''],
      { env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const caught = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      caught.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      caught.stderr += chunk.toString();
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...caught };
  };
  const status = ({ stdout }: { stdout: string }): RequestStatus =>
    JSON.parse(stdout) as RequestStatus;
  const until = async (wished: (status: RequestStatus) => boolean): Promise<RequestStatus> => {
    let last = '';
    for (let tries = 0; tries < 40; tries += 1) {
      last = (await dossier('request', 'show', 'R-1')).stdout;
      if (wished(status({ stdout: last }))) return status({ stdout: last });
    }
    return assert.fail(last);
  };

  const start = async (): Promise<void> => {
    lines.length = 0;
    dev = spawn(
      process.execPath,
      [
        main,
        'dev',
        '--json',
        '--data-dir',
        join(folder, 'data'),
        '--seed',
        join(folder, 'seed.json'),
        '--config',
        join(folder, 'own.yaml'),
      ],
      { env: environment, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    createInterface({ input: dev.stdout! }).on('line', (line) => lines.push(line));
    await Promise.race([
      once(dev.stdout!, 'data'),
      once(dev, 'exit').then(([code]) => assert.fail(`dev ended with ${code}`)),
    ]);
    info = JSON.parse(lines[0] ?? '') as Record<string, string>;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-dev-'));
    await writeFile(join(folder, 'seed.json'), JSON.stringify(seed));
    await writeFile(join(folder, 'own.yaml'), config);
    await writeFile(join(folder, 'request.json'), JSON.stringify(request));
    await writeFile(join(folder, 'export.csv'), 'order,total\n1,20.00\n');
    await start();
  });
  after(async () => {
    if (dev.exitCode === null) dev.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('prints one line with where everything is', () => {
    assert.deepEqual(Object.keys(info), [
      'temporal',
      'ui',
      'codec',
      'core',
      'tenant',
      'vendors',
      'clientId',
      'clientSecret',
      'ca',
      'dataDir',
      'config',
    ]);
    assert.equal(lines.length, 1);
  });

  it('runs the codec endpoint that the line names', async () => {
    const answer = await fetch(`${info.codec}/decode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ payloads: [] }),
    });
    assert.deepEqual(await answer.json(), { payloads: [] });
  });

  it('passes the doctor', async () => {
    const { code, stdout } = await dossier('doctor');
    assert.equal(code, 0, stdout);
  });

  it('carries a request from its start to a package that verifies', async () => {
    const started = await dossier('request', 'start', join(folder, 'request.json'));
    assert.equal(started.code, 0, started.stdout);
    await until(({ waitingOn }) => waitingOn.includes('shop'));
    const answer = [
      'vendor',
      'respond',
      'R-1',
      'shop',
      '--outcome',
      'delivered',
      '--file',
      join(folder, 'export.csv'),
      '--by',
      'shop',
    ];
    assert.equal((await dossier(...answer)).code, 0);
    const delivered = await until(({ stage }) => stage === 'delivered');
    assert.equal(delivered.answers.at(-1)?.state, 'counted');
    assert.equal(
      (await dossier('package', 'verify', fileURLToPath(delivered.package?.uri ?? ''))).code,
      0,
    );
    const again = await dossier(...answer);
    assert.equal(again.code, 0);
    assert.match(again.stderr, /Already recorded/);
    assert.equal(status(again).answers.filter(({ state }) => state === 'counted').length, 1);
    assert.deepEqual((JSON.parse((await dossier('request', 'list')).stdout) as object[])[0], {
      requestId: 'R-1',
      law: 'gdpr',
      stage: 'delivered',
      answerBy: delivered.timetable?.answerBy,
      dueAt: delivered.timetable?.dueAt,
      waitingOn: [],
      overdue: false,
      willBeLate: null,
    });
  });

  it('refuses a second stack on the same data directory', async () => {
    const second = spawn(
      process.execPath,
      [main, 'dev', '--json', '--data-dir', join(folder, 'data')],
      { env: environment, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let said = '';
    second.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    assert.deepEqual(await once(second, 'close'), [1, null]);
    assert.equal((JSON.parse(said) as { error: { code: string } }).error.code, 'not-allowed');
  });

  it('ends with 0 when it is asked to, and leaves no process behind', async () => {
    const worker = (await readFile(join(folder, 'data', 'logs', 'worker.log'), 'utf8')).length;
    assert.ok(worker > 0);
    dev.kill('SIGINT');
    assert.deepEqual(await once(dev, 'exit'), [0, null]);
    for (const address of [info.core, info.vendors, info.ui]) {
      await assert.rejects(fetch(address ?? ''));
    }
    assert.match((await dossier('request', 'list')).stdout, /no-server/);
  });

  it('goes on with its requests at the next start', async () => {
    await start();
    assert.equal((await until(({ stage }) => stage === 'delivered')).requestId, 'R-1');
    dev.kill('SIGTERM');
    assert.deepEqual(await once(dev, 'exit'), [0, null]);
  });
});
