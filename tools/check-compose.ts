// Starts the services of docker-compose.yml without Docker: `setup`, `worker` and `codec`, with the
// exact commands and variables of the file. A Temporal development server replaces the services
// that are Temporal's own images (postgres, temporal-schema, temporal, temporal-namespace,
// temporal-ui). Then it reads a request through the codec endpoint, as the UI and the temporal
// command line do.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import type { RequestInput } from '../src/contract/request.ts';
import { findServer } from '../src/temporal/local-server/find-server.ts';
import { freePort } from '../src/temporal/local-server/ports.ts';
import { startTemporalServer } from '../src/temporal/local-server/start-server.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const dossier = join(root, 'bin/dossier.js');
const say = (line: string) => console.log(`check:compose  ${line}`);

const ports = { codec: await freePort(), ui: await freePort(), metrics: await freePort() };
const folder = mkdtempSync(join(tmpdir(), 'dossier-compose-'));
const stops: (() => Promise<unknown> | void)[] = [];

/** The values of `${NAME:-default}` for compose, with the addresses of this check. */
const given: Readonly<Record<string, string>> = {
  DOSSIER_UI_ORIGIN: `http://127.0.0.1:${ports.ui}`,
  DOSSIER_CODEC_ENDPOINT: `http://127.0.0.1:${ports.codec}`,
  TEMPORAL_DB_PASSWORD: 'unused',
};
const filled = (text: string) =>
  text.replace(
    /\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g,
    (_, name: string, otherwise = '') => given[name] ?? otherwise,
  );
interface Service {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck: { readonly test: readonly [string, string, ...string[]] };
}
/** The parts of the file that this check reads. */
interface Compose {
  readonly services: Readonly<Record<'setup' | 'worker' | 'codec' | 'temporal-ui', Service>>;
}
const { services } = parse(filled(readFileSync(join(root, 'docker-compose.yml'), 'utf8')), {
  merge: true,
}) as Compose;

async function waitFor(
  what: string,
  happened: () => Promise<boolean>,
  within = 60_000,
): Promise<void> {
  for (const until = Date.now() + within; Date.now() < until; await sleep(200)) {
    if (await happened().catch(() => false)) return;
  }
  throw new Error(`${what} did not happen within ${within / 1000} s`);
}

try {
  const token = randomBytes(32).toString('hex');
  const env = {
    ...Object.fromEntries(
      readFileSync(join(root, 'deploy/dossier.env.example'), 'utf8')
        .split('\n')
        .flatMap((line) => {
          const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
          return name ? [[name, value]] : [];
        }),
    ),
    DOSSIER_CODEC_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    DOSSIER_CODEC_TOKEN: token,
    SF_ID: 'unused',
    SF_SECRET: 'unused',
  };
  const config = join(folder, 'dossier.yaml');
  writeFileSync(
    config,
    [
      'version: 1',
      'systems: [{ id: acme-mail, connector: manual, instructions: "Ask them." }]',
      'notUsed: { data-cloud: "a check", core-crm: "a check", marketing-cloud: "a check", ' +
        'account-engagement: "a check", b2c-commerce: "a check", personalization: "a check" }',
      'policies: { default: { systems: [acme-mail] } }',
      `storage: { directory: ${join(folder, 'data')} }`,
    ].join('\n'),
  );

  const server = await startTemporalServer({
    dataDir: folder,
    ui: true,
    uiPort: ports.ui,
    codecEndpoint: services['temporal-ui'].environment.TEMPORAL_CODEC_ENDPOINT,
    log: join(folder, 'temporal.log'),
    retentionDays: 1,
    tell: () => {},
  });
  stops.push(() => server.stop());
  say(
    `Temporal ${server.address} with its UI ${server.ui}, in place of postgres, ` +
      'temporal-schema, temporal, temporal-namespace and temporal-ui',
  );

  /**
   * A service's variables. Addresses of the compose network are replaced by those of this machine.
   */
  const here = (value: unknown) =>
    String(value)
      .replaceAll('temporal:7233', server.address)
      .replaceAll('/config/dossier.yaml', config)
      .replaceAll(':9464', `:${ports.metrics}`)
      .replaceAll(':8081', `:${ports.codec}`);
  const variables = (service: Service) => ({
    PATH: process.env.PATH,
    HOME: folder,
    ...env,
    ...Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([name, value]) => [name, here(value)]),
    ),
  });
  const elsewhere: Readonly<Record<string, string>> = {
    '0.0.0.0': '127.0.0.1',
    8081: String(ports.codec),
  };
  const moved = (command: readonly string[]) => command.map((word) => elsewhere[word] ?? word);

  const { stdout: registered } = await run(
    process.execPath,
    [dossier, ...moved(services.setup.command)],
    { env: variables(services.setup), cwd: folder },
  );
  say(`setup: ${registered.split('\n')[0]}`);
  const logs = { worker: '', codec: '' };
  for (const name of ['worker', 'codec'] as const) {
    const child = spawn(process.execPath, [dossier, ...moved(services[name].command)], {
      env: variables(services[name]),
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    logs[name] = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        logs[name] += chunk;
      });
    }
    stops.push(
      () =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null) resolve();
          else {
            child.once('exit', () => resolve());
            child.kill('SIGTERM');
          }
        }),
    );
    const [, program, ...args] = services[name].healthcheck.test;
    await waitFor(`the health check of ${name}`, () =>
      run(program === 'node' ? process.execPath : program, args.map(here)).then(() => true),
    ).catch((error) => {
      throw new Error(`${error.message}\n${logs[name]}`);
    });
    say(`${name}: its own health check passes`);
  }

  const { path } = await findServer('temporal', { atLeast: '1.32' });
  const endpoint = String(services['temporal-ui'].environment.TEMPORAL_CODEC_ENDPOINT);
  const temporal = async (args: readonly string[], readable?: boolean) =>
    (
      await run(
        path,
        [
          ...args,
          '--address',
          server.address,
          ...(readable ? ['--codec-endpoint', endpoint, '--codec-auth', `Bearer ${token}`] : []),
        ],
        { env: { HOME: folder } },
      )
    ).stdout;
  const request = {
    requestId: 'C-1',
    type: 'access',
    subject: { emails: ['ana@example.com'] },
    law: 'gdpr',
    residence: { country: 'DE' },
    receivedAt: new Date().toISOString(),
    identity: 'confirmed',
  };
  const workflow = ['--workflow-id', 'dsar-C-1'];
  await temporal(
    [
      'workflow',
      'start',
      ...workflow,
      '--type',
      'dataAccessRequest',
      '--task-queue',
      'dossier',
      '--input',
      JSON.stringify(request),
    ],
    true,
  );
  const status = async () =>
    JSON.parse(
      await temporal(['workflow', 'query', ...workflow, '--type', 'status', '-o', 'json'], true),
    ).queryResult[0];
  await waitFor('the wait for acme-mail', async () =>
    (await status()).waitingOn.includes('acme-mail'),
  );
  say('temporal workflow query --codec-endpoint … --codec-auth …: reads the status');
  const order = (system: string, more: object) =>
    temporal([
      'workflow',
      'update',
      'execute',
      ...workflow,
      '--name',
      'respondForVendor',
      '--input',
      JSON.stringify({ system, outcome: 'nothing-held', by: 'check', ...more }),
    ]);
  await assert.rejects(order('acme-fax', {}), /not-allowed: system no-such-system/);
  assert.match(await order('acme-mail', { reply: 'short' }), /recorded/);
  say('without the codec: a refusal names its code, and a short reply is read');
  await waitFor('the delivery', async () => (await status()).stage === 'delivered');

  const settings = (await (await fetch(`${server.ui}/api/v1/settings`)).json()) as {
    Codec: { Endpoint: string };
  };
  assert.equal(settings.Codec.Endpoint, endpoint);
  const history = await (
    await fetch(`${server.ui}/api/v1/namespaces/default/workflows/dsar-C-1/history`)
  ).text();
  assert.ok(!history.includes('ana@example.com'));
  const payloads =
    JSON.parse(history).history.events[0].workflowExecutionStartedEventAttributes.input;
  const asked = (headers: Readonly<Record<string, string>>) =>
    fetch(`${endpoint}/decode?preserveStorageRefs=true`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Origin: String(server.ui),
        'X-Namespace': 'default',
        ...headers,
      },
      body: JSON.stringify(payloads),
    });
  const signedIn = await fetch(`${endpoint}/signin`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
  });
  const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';');
  const read = await asked({ Cookie: cookie });
  assert.equal(read.headers.get('access-control-allow-origin'), server.ui);
  const { payloads: readable } = (await read.json()) as { payloads: [{ data: string }] };
  const [payload] = readable;
  const input = JSON.parse(Buffer.from(payload.data, 'base64').toString()) as RequestInput;
  assert.deepEqual(input.subject.emails, ['ana@example.com']);
  assert.equal((await asked({})).status, 401);
  say("the UI's page reads the input by the codec endpoint after the sign-in, and not before");
  assert.ok(!/ana@|emails/.test(logs.codec) && /"caller":"token"/.test(logs.codec));
  say('the access log names who decrypted, and nothing of what it was');
} finally {
  for (const stop of stops.toReversed()) {
    await stop();
  }
  rmSync(folder, { recursive: true, force: true });
}
say('all is well');
