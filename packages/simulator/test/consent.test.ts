import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { control, simulated } from './start.ts';

const individual = (id: string, mark: string) => ({
  ssot__Id__c: id,
  ssot__ExternalRecordId__c: mark,
});
const mail = (id: string, party: string, mark: string) => ({
  ssot__Id__c: id,
  ssot__IndividualId__c: party,
  ssot__ExternalRecordId__c: mark,
});
const stage = simulated({
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        individual('P-1', 'OWN-1'),
        individual('P-2', 'OTHER-1'),
        individual('P-9', 'OTHER-2'),
      ],
      ssot__EmailEngagement__dlm: [
        mail('E-1', 'P-1', 'OWN-2'),
        mail('E-2', 'P-2', 'OTHER-3'),
        mail('E-9', 'P-9', 'OTHER-4'),
      ],
      UnifiedssotIndividualIr01__dlm: [{ ssot__Id__c: 'U-1' }],
    },
    brand_b: { ssot__Individual__dlm: [individual('P-1', 'OWN-5')] },
  },
  consent: { state: { 'P-9': { processing: 'optout' } } },
});
const SECRET = 'a-secret-of-the-caller';
const target = {
  aws_s3_bucket_id: 'acme-drop',
  aws_access_key_id: 'AKIAEXAMPLE',
  aws_secret_access_key: SECRET,
  aws_s3_folder: 'dsar/R-1',
  aws_region: 'eu-central-1',
};
const at = (action: string, query: string, version = 'v67.0') =>
  `/services/data/${version}/consent/action/${action}?${query}`;
const read = (action: string, ids: string, mode = '&mode=cdp') =>
  stage.client.call('GET', at(action, `ids=${ids}${mode}`));
const write = (
  action: string,
  ids: string,
  status: string,
  body: object = {},
  mode = '&mode=cdp',
) => stage.client.call('PATCH', at(action, `ids=${ids}${mode}&status=${status}`), body);
const drops = async () =>
  (await control(stage.simulator, 'GET', '/drops')).body as unknown as {
    drops: {
      id: string;
      state: string;
      objects: number;
    }[];
  };
const settings = (changed: object) => control(stage.simulator, 'POST', '/drops', changed);
const advance = (advanceSeconds: number) =>
  control(stage.simulator, 'POST', '/clock', { advanceSeconds });
const failure = (id: string) => ({
  results: {
    result: 'Failure',
    errorCode: 'PROBLEM_PROCESSING_REQUEST',
    errorMessage: `Problem processing request: INVALID_ID_FIELD: individualId [${id}] not exists.`,
  },
});

describe('the Consent API of Data Cloud', () => {
  it('fails with 200 where nothing was written before', async () => {
    const answer = await read('portability', 'P-2');
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, failure('P-2'));
  });

  it('writes in one shape and reads in another', async () => {
    assert.deepEqual((await write('shouldForget', 'P-2', 'optin')).body, {
      cdpResult: { 'P-2': { result: 'Success', shouldforget: true } },
    });
    assert.deepEqual((await read('shouldforget', 'P-2')).body, {
      'P-2': {
        result: 'Success',
        proceed: { shouldforget: 'true', shouldforgetResult: 'Success' },
      },
    });
  });

  it('does not know unified IDs, and tells each ID its own result', async () => {
    assert.deepEqual((await write('processing', 'U-1', 'optin')).body, failure('U-1'));
    const { cdpResult } = (await write('processing', 'P-2,U-1', 'optin')).body as unknown as {
      cdpResult: Record<string, { result: string }>;
    };
    assert.deepEqual(
      Object.entries(cdpResult).map(([id, { result }]) => [id, result]),
      [
        ['P-2', 'Success'],
        ['U-1', 'Failure'],
      ],
    );
  });

  it('succeeds against other data without mode=cdp', async () => {
    assert.deepEqual((await write('portability', 'nobody', 'optin', target, '')).body, {
      nobody: { result: 'Success' },
    });
    assert.equal((await read('portability', 'nobody', '')).status, 200);
    assert.deepEqual((await drops()).drops, []);
  });

  it('hides a person whose processing is opted out, and shows them again', async () => {
    const seen = async (id: string) =>
      (
        await stage.client.sql(
          'SELECT 1 FROM "ssot__EmailEngagement__dlm" WHERE "ssot__IndividualId__c" = :id',
          { id },
        )
      ).body.returnedRows;
    assert.equal(await seen('P-9'), 0);
    assert.deepEqual((await read('processing', 'P-9')).body, {
      'P-9': { result: 'Success', proceed: { processing: 'false', processingResult: 'Success' } },
    });
    await write('process', 'P-2', 'optout');
    assert.equal(await seen('P-2'), 0);
    await write('processing', 'P-2', 'optin');
    assert.equal(await seen('P-2'), 1);
  });

  for (const [what, ask] of [
    ['an unknown action', () => write('email', 'P-1', 'optin')],
    ['a status that does not fit', () => write('portability', 'P-1', 'optout', target)],
    [
      'a drop without a region',
      () => write('portability', 'P-1', 'optin', { ...target, aws_region: undefined }),
    ],
    ['no IDs', () => read('portability', '')],
  ] as const) {
    it(`refuses ${what} with 400 and names no secret`, async () => {
      const { status, text } = await ask();
      assert.equal(status, 400);
      assert.ok(!text.includes(SECRET));
    });
  }

  it('is there for reading since version 48, and for writing since version 50', async () => {
    const status = async (method: string, version: string) =>
      (await stage.client.call(method, at('processing', 'ids=P-2&mode=cdp&status=optin', version)))
        .status;
    assert.deepEqual(
      [
        await status('GET', 'v47.0'),
        await status('GET', 'v48.0'),
        await status('PATCH', 'v49.0'),
        await status('PATCH', 'v50.0'),
      ],
      [404, 200, 404, 200],
    );
  });
});

describe('a portability drop', () => {
  const put = new Map<string, string>();
  let bucket: Server;
  before(async () => {
    bucket = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const signed = isSigned(request.headers as Record<string, string>, request.url ?? '', body);
        if (signed) put.set(decodeURIComponent(request.url ?? ''), body.toString('utf8'));
        response.writeHead(signed ? 200 : 403).end();
      });
    });
    await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve));
    await settings({ endpoint: `http://127.0.0.1:${(bucket.address() as AddressInfo).port}` });
  });
  after(() => bucket.close());
  afterEach(() => put.clear());
  const done = async (count: number) => {
    for (let tries = 0; tries < 200; tries += 1) {
      const { drops: all } = await drops();
      if (all.length === count && all.at(-1)?.state !== 'waiting') return all.at(-1);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('the drop was not written');
  };

  it('comes signed into the bucket: one object for each that holds rows, and a manifest last', async () => {
    assert.equal((await write('portability', 'P-1', 'optin', target)).status, 200);
    assert.deepEqual(await done(1), {
      id: 'P-1',
      bucket: 'acme-drop',
      folder: 'dsar/R-1',
      state: 'complete',
      objects: 3,
    });
    const root = '/acme-drop/dsar/R-1/P-1';
    assert.deepEqual(
      [...put.keys()],
      [
        `${root}/default/ssot__EmailEngagement__dlm.csv`,
        `${root}/default/ssot__Individual__dlm.csv`,
        `${root}/brand_b/ssot__Individual__dlm.csv`,
        `${root}/manifest.json`,
      ],
    );
    assert.deepEqual(
      [...put.values()]
        .join('')
        .match(/(OWN|OTHER)-\d/g)
        ?.toSorted(),
      ['OWN-1', 'OWN-2', 'OWN-5'],
    );
  });

  it('comes after its time, or in part, or never', async () => {
    await settings({ delaySeconds: 86_400 });
    await write('portability', 'P-1', 'optin', target);
    assert.equal(put.size, 0);
    await advance(86_400);
    assert.equal(put.size, 4);
    put.clear();
    await settings({ delaySeconds: 0, outcomes: { 'P-1': 'partial', 'P-2': 'never' } });
    await write('portability', 'P-1', 'optin', target);
    assert.equal((await done(3))?.state, 'partial');
    assert.deepEqual(
      [put.size, [...put.keys()].some((key) => key.endsWith('manifest.json'))],
      [2, false],
    );
    put.clear();
    await write('portability', 'P-2', 'optin', target);
    assert.deepEqual([(await done(4))?.state, put.size], ['never', 0]);
  });

  it('holds the rows of a person whom queries do not show', async () => {
    await write('portability', 'P-9', 'optin', target);
    await done(5);
    assert.match([...put.values()].join(''), /OTHER-4/);
  });

  it('says where it failed', async () => {
    await settings({ outcomes: {}, endpoint: 'http://127.0.0.1:1' });
    await write('portability', 'P-1', 'optin', target);
    assert.equal((await done(6))?.state, 'failed');
  });

  it('can go into a folder in place of a bucket, as JSON and under other names', async () => {
    await settings({
      endpoint: null,
      format: 'json',
      key: '{object}-{id}.{format}',
      manifestKey: null,
      folder: join(stage.folder, 'bucket'),
    });
    await write('portability', 'P-2', 'optin', target);
    await done(7);
    const folder = join(stage.folder, 'bucket', 'acme-drop');
    assert.deepEqual(readdirSync(folder), [
      'ssot__EmailEngagement__dlm-P-2.json',
      'ssot__Individual__dlm-P-2.json',
    ]);
    assert.match(
      readFileSync(join(folder, 'ssot__EmailEngagement__dlm-P-2.json'), 'utf8'),
      /"OTHER-3"/,
    );
  });
});

function isSigned(headers: Record<string, string>, path: string, body: Buffer): boolean {
  const hash = createHash('sha256').update(body).digest('hex');
  const moment = headers['x-amz-date'] ?? '';
  const day = moment.slice(0, 8);
  const scope = `${day}/eu-central-1/s3/aws4_request`;
  const names = 'host;x-amz-content-sha256;x-amz-date';
  const canonical = `PUT\n${path}\n\nhost:${headers.host}\nx-amz-content-sha256:${hash}\nx-amz-date:${moment}\n\n${names}\n${hash}`;
  const toSign = `AWS4-HMAC-SHA256\n${moment}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
  const key = [day, 'eu-central-1', 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${SECRET}`,
  );
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  return (
    headers.authorization ===
    `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/${scope}, SignedHeaders=${names}, Signature=${signature}`
  );
}

describe("the simulator's own bucket", () => {
  const s3 = async (method: string, path: string, body?: string) => {
    const { endpoint } = stage.simulator.bucket ?? assert.fail('there is no bucket');
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=any' };
    const answer = await fetch(`${endpoint}/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    return { status: answer.status, text: await answer.text() };
  };

  it('lists by pages what was dropped or put, and gives it', async () => {
    await settings({
      endpoint: null,
      format: 'csv',
      key: '{folder}/{id}/{object}.csv',
      outcomes: {},
      delaySeconds: 0,
    });
    await write('portability', 'P-2', 'optin', {
      ...target,
      aws_s3_bucket_id: 'own',
      aws_s3_folder: 'a b',
    });
    await advance(1);
    const list = async (more = '') =>
      (await s3('GET', `own?list-type=2&prefix=${encodeURIComponent('a b/')}${more}`)).text;
    let listed = await list();
    for (let tries = 0; !listed.includes('ssot__Individual__dlm') && tries < 100; tries += 1) {
      listed = await list();
    }
    assert.match(listed, /<KeyCount>2<\/KeyCount>.*<IsTruncated>false<\/IsTruncated>/);
    const first = await list('&max-keys=1');
    const token = /<NextContinuationToken>(.+)<\/NextContinuationToken>/.exec(first)?.[1];
    assert.match(
      await list(`&max-keys=1&continuation-token=${token}`),
      /<Key>a b\/P-2\/ssot__Individual__dlm\.csv<\/Key>/,
    );
    assert.match(
      (await s3('GET', `own/${encodeURIComponent('a b')}/P-2/ssot__EmailEngagement__dlm.csv`)).text,
      /OTHER-3/,
    );
  });

  it('takes, shows and removes objects, and knows nobody who does not sign', async () => {
    assert.equal((await s3('PUT', 'own/x/y.txt', 'hello')).status, 200);
    assert.equal((await s3('HEAD', 'own/x/y.txt')).status, 200);
    assert.equal((await s3('DELETE', 'own/x/y.txt')).status, 204);
    assert.match((await s3('GET', 'own/x/y.txt')).text, /<Code>NoSuchKey<\/Code>/);
    assert.match((await s3('GET', 'nothing?list-type=2')).text, /<KeyCount>0<\/KeyCount>/);
    const { endpoint = '' } = stage.simulator.bucket ?? {};
    assert.equal((await fetch(`${endpoint}/own?list-type=2`)).status, 403);
    assert.equal((await s3('GET', 'own/..%2F..%2F..%2Fsecret')).status, 400);
  });
});
