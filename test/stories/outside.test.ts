import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'node:test';
import { startCodecEndpoint, type CodecEndpoint } from '../../src/codec/endpoint.ts';
import { parseKeys } from '../../src/codec/keys.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import { findServer } from '../../src/temporal/local-server/find-server.ts';
import { pythonWithTemporal } from '../outside/python.ts';
import { opened } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';
import { personWithVisits } from './people.ts';

const SCRIPT = fileURLToPath(new URL('../../../test/outside/start_request.py', import.meta.url));
const IN_CLEAR = /^The input of this request stands in clear in the history.*codec endpoint/;

const request = (requestId: string) => ({
  requestId,
  type: 'access',
  subject: { emails: ['vera@example.com'] },
  law: 'gdpr',
  residence: { country: 'DE' },
  receivedAt: new Date().toISOString(),
  identity: 'confirmed',
  policy: { systems: ['acme-mail', 'acme-post'] },
});
const held = (system: string, by: string) => ({ system, outcome: 'nothing-held', by });

async function provesClear(status: RequestStatus, inClear: boolean): Promise<void> {
  assert.equal(status.stage, 'delivered');
  assert.deepEqual(
    [
      ...new Set(
        status.answers.filter(({ state }) => state === 'counted').map(({ system }) => system),
      ),
    ].sort(),
    ['acme-mail', 'acme-post'],
  );
  assert.equal(
    status.notes.some((note) => IN_CLEAR.test(note)),
    inClear,
  );
  assert.ok((await opened(status.package)).has('profiles/1/ssot__WebsiteEngagement__dlm.csv'));
}

describe('from outside of this code, with plain JSON', () => {
  let world: World;
  let codec: CodecEndpoint;
  before(async () => {
    world = await openWorld({
      seed: personWithVisits({ email: 'vera@example.com', partyId: 'P-1', visits: 3 }),
      systems: [
        { id: 'acme-mail', connector: 'manual' },
        { id: 'acme-post', connector: 'manual' },
      ],
    });
    codec = await startCodecEndpoint({ ring: parseKeys(world.codecKeys), origin: () => undefined });
  });
  after(async () => {
    await codec?.stop();
    await world?.stop();
  });

  it(
    'the temporal command line starts a request, signals, orders and asks; what was started in ' +
      'clear says so, and with the codec it is not',
    async () => {
      const { path } = await findServer('temporal', { atLeast: '1.32' });
      const temporal = async (...args: string[]) =>
        (
          await promisify(execFile)(
            path,
            [...args, '--address', world.server.address, '-o', 'json'],
            { env: { HOME: world.folder } },
          )
        ).stdout;
      const workflow = ['--workflow-id', 'dsar-CLI-1'];
      const readable = ['--codec-endpoint', codec.url];
      await temporal(
        'workflow',
        'start',
        ...workflow,
        '--type',
        'dataAccessRequest',
        '--task-queue',
        'dossier',
        '--input',
        JSON.stringify(request('CLI-1')),
      );
      await temporal(
        'workflow',
        'signal',
        ...workflow,
        '--name',
        'vendorResponded',
        '--input',
        JSON.stringify(held('acme-mail', 'temporal cli')),
      );
      await assert.rejects(
        temporal(
          'workflow',
          'update',
          'execute',
          ...workflow,
          '--name',
          'respondForVendor',
          '--input',
          JSON.stringify(held('acme-fax', 'temporal cli')),
          ...readable,
        ),
        /No system of this request is called \\?"acme-fax\\?"; known are/,
      );
      await assert.rejects(
        temporal(
          'workflow',
          'update',
          'execute',
          ...workflow,
          '--name',
          'respondForVendor',
          '--input',
          JSON.stringify(held('acme-fax', 'temporal cli')),
        ),
        /not-allowed: system no-such-system: no system of this request has this ID/,
      );
      const noted = JSON.parse(
        await temporal(
          'workflow',
          'update',
          'execute',
          ...workflow,
          '--name',
          'respondForVendor',
          '--input',
          JSON.stringify({
            system: 'acme-post',
            outcome: 'in-progress',
            by: 'temporal cli',
            reply: 'short',
          }),
        ),
      ) as { result: unknown };
      assert.deepEqual(Object.keys(noted.result as object).sort(), [
        'recorded',
        'revision',
        'stage',
      ]);
      const ordered = JSON.parse(
        await temporal(
          'workflow',
          'update',
          'execute',
          ...workflow,
          '--name',
          'respondForVendor',
          '--input',
          JSON.stringify(held('acme-post', 'temporal cli')),
          ...readable,
        ),
      ) as { result: RequestStatus };
      assert.deepEqual(
        ordered.result.answers.map(({ system }) => system),
        ['acme-mail', 'acme-post', 'acme-post'],
      );
      await world.reaches('CLI-1', 'delivered');
      const asked = JSON.parse(
        await temporal('workflow', 'query', ...workflow, '--type', 'status', ...readable),
      ) as { queryResult: RequestStatus[] };
      await provesClear(asked.queryResult[0] as RequestStatus, true);

      await temporal(
        'workflow',
        'start',
        '--workflow-id',
        'dsar-CLI-2',
        '--type',
        'dataAccessRequest',
        '--task-queue',
        'dossier',
        '--input',
        JSON.stringify(request('CLI-2')),
        ...readable,
      );
      const { notes } = await world.until(
        'CLI-2',
        ({ waitingOn }) => waitingOn.length === 2,
        'waiting for both vendors',
      );
      assert.deepEqual(
        notes.filter((note) => IN_CLEAR.test(note)),
        [],
      );
    },
  );

  it("the server's HTTP API starts a request, signals, orders and asks", async () => {
    const base = `${world.server.http}/api/v1/namespaces/default/workflows/dsar-HTTP-1`;
    const post = async (url: string, body: unknown) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      assert.equal(answer.status, 200, text);
      return JSON.parse(text) as unknown;
    };
    const decoded = async (encrypted: unknown) => {
      const answer = (await post(`${codec.url}/decode`, encrypted)) as {
        payloads: { data: string }[];
      };
      return JSON.parse(
        Buffer.from(answer.payloads[0]?.data ?? '', 'base64').toString('utf8'),
      ) as RequestStatus;
    };
    await post(base, {
      workflowType: { name: 'dataAccessRequest' },
      taskQueue: { name: 'dossier' },
      input: [request('HTTP-1')],
    });
    await post(`${base}/signal/vendorResponded`, { input: [held('acme-mail', 'curl')] });
    const wait = { lifecycleStage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED' };
    const order = (updateId: string, system: string) =>
      post(`${base}/update/respondForVendor`, {
        waitPolicy: wait,
        request: { meta: { updateId }, input: { args: [held(system, 'curl')] } },
      });
    const refused = (await order('u-1', 'acme-fax')) as {
      outcome: { failure: { message: string; applicationFailureInfo: { type: string } } };
    };
    assert.equal(refused.outcome.failure.applicationFailureInfo.type, 'not-allowed');
    assert.match(refused.outcome.failure.message, /^not-allowed: system no-such-system/);
    const taken = (await order('u-2', 'acme-post')) as { outcome: { success: unknown } };
    assert.deepEqual(
      (await decoded(taken.outcome.success)).answers.map(({ system }) => system),
      ['acme-mail', 'acme-post'],
    );
    await world.reaches('HTTP-1', 'delivered');
    const asked = (await post(`${base}/query/status`, {})) as { queryResult: unknown };
    await provesClear(await decoded(asked.queryResult), true);
  });

  it('the Python of the documents starts a request and signals', async (test) => {
    const python = await pythonWithTemporal();
    if (python.missing !== undefined) {
      return test.skip(`Python's part was not tested: ${python.missing}.`);
    }
    const [, block = ''] =
      /```python\n(.*?)```/s.exec(readFileSync('docs/how-to/start-from-any-service.md', 'utf8')) ??
      [];
    const script = join(world.folder, 'readme.py');
    const indented = block
      .replace('127.0.0.1:7233', world.server.address)
      .replace('2026-11-23', new Date().toISOString().slice(0, 10))
      .split('\n')
      .map((line) => `    ${line}`);
    writeFileSync(
      script,
      ['import asyncio', 'async def main():', ...indented, 'asyncio.run(main())', ''].join('\n'),
    );
    await python.run(script, []);
    const { answers } = await world.until(
      'R-1042',
      ({ answers: given }) => given.length === 1,
      'the signal',
    );
    assert.deepEqual(
      answers.map(({ system, by }) => [system, by]),
      [['acme-mail', 'privacy@acme.example']],
    );
  });

  it("Temporal's Python SDK starts a request, signals, orders and asks, in clear or by the codec", async (test) => {
    const python = await pythonWithTemporal();
    if (python.missing !== undefined) {
      return test.skip(`Python's part was not tested: ${python.missing}.`);
    }
    const said = JSON.parse(
      await python.run(SCRIPT, [world.server.address, 'PY-1', codec.url]),
    ) as Record<'clear' | 'encrypted', { status: RequestStatus; refused: string }>;
    for (const [way, { status, refused }] of Object.entries(said)) {
      await provesClear(status, way === 'clear');
      assert.match(refused, /No system of this request is called "no-such-vendor"; known are/);
    }
  });
});
