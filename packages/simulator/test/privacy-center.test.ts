import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { fromBuffer, type ZipFile } from 'yauzl';
import { control, signIn, simulated } from './start.ts';

const ANA = '003Hs00004AnaLmAAA';
const BO = '003Hs00004BoXxxAAA';
const stage = simulated({
  core: {
    Contact: [
      { Id: ANA, LastName: 'OWN-1' },
      { Id: BO, LastName: 'OTHER-1' },
    ],
    Case: [
      { Id: '500Hs00000000A1AAA', ContactId: ANA, Subject: 'OWN-2, "quoted"' },
      { Id: '500Hs00000000B1AAA', ContactId: BO, Subject: 'OTHER-2' },
    ],
  },
  privacyCenter: { fails: [BO] },
});
const PATH = '/services/data/v67.0/consent/dsr/rtp/execute';
interface Told {
  readonly status: string;
  readonly result: {
    readonly policyFileStatus: string;
    readonly policyFileUrl: string;
    readonly policyFileId: string;
  };
}
const order = async (dataSubjectId: string, policyName = 'ConsumerAccess') => {
  const { status, body } = await stage.client.call('POST', PATH, { dataSubjectId, policyName });
  return { ...(body as unknown as Told), status };
};
const status = async (id: string) =>
  (await stage.client.call('GET', `${PATH}?policyFileId=${id}`)).body as unknown as Told;
const download = (
  url: string,
  headers: Record<string, string> = { authorization: `Bearer ${stage.client.token}` },
) => fetch(url, { headers });

describe('a portability policy of Privacy Center', () => {
  it('names its file before it is there, and gives it once it is complete', async () => {
    const { result } = await order(ANA);
    assert.deepEqual(result, {
      policyFileStatus: 'In Progress',
      policyFileUrl: `${stage.simulator.core}/servlet/policyFileDownload?file=${result.policyFileId}`,
      policyFileId: result.policyFileId,
    });
    assert.equal(result.policyFileId.length, 15);
    assert.equal((await status(result.policyFileId)).result.policyFileStatus, 'In Progress');
    assert.equal((await download(result.policyFileUrl)).status, 404);
    assert.equal((await status(result.policyFileId)).result.policyFileStatus, 'Complete');
    const file = await download(result.policyFileUrl);
    assert.equal(file.headers.get('content-type'), 'application/zip');
    const texts = await unzipped(Buffer.from(await file.arrayBuffer()));
    assert.deepEqual([...texts.keys()], ['Contact.csv', 'Case.csv']);
    assert.match(texts.get('Case.csv') ?? '', /"OWN-2, ""quoted"""/);
    assert.ok(![...texts.values()].join('').includes('OTHER-'));
  });

  it('fails with an outer SUCCESS', async () => {
    const { result } = await order(BO);
    await status(result.policyFileId);
    const told = await status(result.policyFileId);
    assert.deepEqual([told.status, told.result.policyFileStatus], ['SUCCESS', 'Failed']);
    assert.equal((await download(result.policyFileUrl)).status, 404);
  });

  it('takes a session cookie as well, and shows anyone else a login page with 200', async () => {
    const { result } = await order(ANA.slice(0, 15));
    await status(result.policyFileId);
    await status(result.policyFileId);
    const bySid = await download(result.policyFileUrl, {
      cookie: `other=1; sid=${stage.client.token}`,
    });
    assert.equal(bySid.headers.get('content-type'), 'application/zip');
    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      const page = await download(result.policyFileUrl, headers as Record<string, string>);
      assert.equal(page.status, 200);
      assert.match(page.headers.get('content-type') ?? '', /text\/html/);
    }
  });

  it('loses its file after sixty days', async () => {
    const { result } = await order(ANA);
    await status(result.policyFileId);
    await status(result.policyFileId);
    await control(stage.simulator, 'POST', '/clock', { advanceSeconds: 61 * 86_400 });
    stage.client = await signIn(stage.simulator);
    assert.equal((await download(result.policyFileUrl)).status, 404);
  });

  it('refuses what it does not know', async () => {
    assert.equal((await order(ANA, 'Nope')).status, 400);
    assert.equal((await order('500Hs00000000A1AAA')).status, 400);
    assert.equal((await order('003Hs00004NobodAAA')).status, 400);
    assert.equal(
      (await stage.client.call('GET', `${PATH}?policyFileId=0jexx0000099999`)).status,
      404,
    );
  });
});

async function unzipped(buffer: Buffer): Promise<Map<string, string>> {
  const zip = await promisify<Buffer, object, ZipFile>(fromBuffer)(buffer, { lazyEntries: true });
  const texts = new Map<string, string>();
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(texts));
    zip.on('entry', (entry: { fileName: string }) => {
      zip.openReadStream(entry as never, (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          texts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
          zip.readEntry();
        });
      });
    });
    zip.readEntry();
  });
}
