import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { startCodecEndpoint, type CodecEndpoint } from '../../src/codec/endpoint.ts';
import { parseKeys } from '../../src/codec/keys.ts';
import { invoke } from '../cli/invoke.ts';
import { root } from '../documents.ts';
import { pythonWithTemporal } from '../outside/python.ts';
import { opened } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

const run = promisify(execFile);
const TOKEN = 'tickets-token';
const TICKETS = [
  { id: '1', email: 'ana.lima@example.com', openedAt: '2026-01-05', text: 'OWN-1' },
  { id: '2', email: 'ana.lima@example.com.au', openedAt: '2026-01-06', text: 'OTHER-1' },
];

/** A help desk that finds addresses which begin alike. */
async function helpDesk(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return response.writeHead(401).end();
    const email = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('email') ?? '';
    return response.end(JSON.stringify(TICKETS.filter((it) => it.email.startsWith(email))));
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('examples that start requests', { concurrency: true }, () => {
  let world: World;
  let codec: CodecEndpoint;
  let desk: { url: string; server: Server };
  before(async () => {
    desk = await helpDesk();
    world = await openWorld({
      seed: resolve(root, 'samples/seed-demo.json'),
      salesforce: { dataSpaces: ['default', 'brand_b'] },
      connectors: { 'acme-tickets': resolve(root, 'examples/own-connector/acme-tickets.mjs') },
      systems: [
        // Those of the demo; Ana has profiles from each but the last.
        {
          id: 'crm',
          connector: 'core-crm',
          dataSources: ['Salesforce_Home', 'Web_Shop', 'Brand_B_Shop'],
        },
        {
          id: 'acme-mail',
          connector: 'manual',
          dataSources: ['Acme_Mail'],
          instructions: 'Ask privacy@acme-mail.example for an export; attach it to the answer.',
        },
        {
          id: 'acme-ads',
          connector: 'opendsr',
          baseUrl: '${VENDORS}/opendsr/acme-ads/v2',
          token: '${VENDOR_TOKEN}',
          regulation: 'gdpr',
          dataSources: ['Acme_Ads'],
        },
        { id: 'tickets', connector: 'acme-tickets', url: desk.url, token: '${TICKETS_TOKEN}' },
      ],
      variables: { TICKETS_TOKEN: TOKEN },
    });
    codec = await startCodecEndpoint({ ring: parseKeys(world.codecKeys), origin: () => undefined });
  });
  after(async () => {
    await codec?.stop();
    await world?.stop();
    desk?.server.close();
    // Where doctor has looked whether it can write.
    rmSync(resolve(root, 'examples/own-connector/data'), { recursive: true, force: true });
  });

  it('from-typescript: starts one, records a reply and awaits the package; the connector of its own has read', async () => {
    const { stdout } = await run(
      process.execPath,
      ['dist/examples/from-typescript/ask.js', 'TS-1', world.config.file],
      { cwd: root, timeout: 60_000 },
    );
    assert.match(stdout, /^Answer by \d{4}-\d\d-\d\d\.\n/);
    assert.match(stdout, /\ndelivered.*\nThe package lies at file:.*TS-1\.zip; 0 gap\(s\)\.\n$/s);
    const archive = await opened((await world.status('TS-1')).package);
    assert.equal(
      archive.get('systems/tickets/tickets.ndjson')?.toString(),
      '{"id":"1","openedAt":"2026-01-05","text":"OWN-1"}\n',
    );
    assert.match(archive.get('index.html')?.toString() ?? '', /OWN-1/);
  });

  it('the tutorial: each of its commands says what the page shows', async () => {
    const page = readFileSync(resolve(root, 'docs/tutorial/first-request.md'), 'utf8');
    const request = JSON.parse(
      readFileSync(resolve(root, 'samples/request.json'), 'utf8'),
    ) as Record<string, unknown>;
    const file = join(world.folder, 'request.json');
    writeFileSync(file, JSON.stringify({ ...request, receivedAt: new Date().toISOString() }));
    const typed = [...page.matchAll(/^```sh\n(.*?)^```/gms)]
      .flatMap(([, block = '']) => block.trim().split('\n'))
      .filter((line) => /^npx dossier (?:request|vendor|package|law) /.test(line))
      .map((line) => line.replace('npx dossier ', ''));
    assert.equal(typed.length, 7);
    let said = '';
    for (const line of typed) {
      const words = line
        .replace('samples/request.json', file)
        .replace('.dossier/', `${world.config.storage.directory}/`)
        .split(' ');
      if (line.startsWith('request show')) {
        await world.until(
          'R-1042',
          ({ waitingOn, systems }) =>
            waitingOn.join() === 'acme-mail' &&
            systems.every(({ id, state }) => id === 'acme-mail' || state === 'done'),
        );
      }
      const { exitCode, stdout, stderr } = await invoke(words, {
        directory: root,
        environment: { DOSSIER_CONFIG: world.config.file, DOSSIER_USER: 'you' },
      });
      assert.equal(exitCode, 0, `${line}: ${stderr}`);
      said += stdout;
    }
    const shown = [...page.matchAll(/^```text\n(.*?)^```/gms)]
      .slice(1)
      .flatMap(([, block = '']) => block.trim().split('\n'))
      // Days are today's here, and so are hashes.
      .filter((line) => !/20\d\d|SHA-256/.test(line));
    assert.ok(shown.length > 10);
    for (const line of shown) {
      assert.ok(said.includes(line.trimEnd()), `${line}\nis not in\n${said}`);
    }
  });

  it('from-python: does the same with the codec', async (test) => {
    const python = await pythonWithTemporal();
    if (python.missing !== undefined) {
      return test.skip(`Python's part was not tested: ${python.missing}.`);
    }
    const said = await python.run(resolve(root, 'examples/from-python/ask.py'), [
      world.server.address,
      'PY-1',
      codec.url,
    ]);
    assert.match(said, /^delivered: file:.*PY-1\.zip\n$/);
    const { notes } = await world.status('PY-1');
    assert.deepEqual(
      notes.filter((note) => note.includes('stands in clear')),
      [],
    );
  });

  it('own-connector: doctor loads it and says what it finds, or who must act', async () => {
    const doctor = (token: string) =>
      invoke(['doctor', '--config', resolve(root, 'examples/own-connector/dossier.yaml')], {
        environment: {
          TICKETS_URL: desk.url,
          TICKETS_TOKEN: token,
          DOSSIER_CODEC_KEYS: world.codecKeys,
          TEMPORAL_ADDRESS: world.server.address,
        },
      });
    assert.match((await doctor(TOKEN)).stdout, /the help desk at .* lets us read tickets/);
    assert.match((await doctor('wrong')).stdout, /tickets: denied \(status 401\)/);
  });
});
