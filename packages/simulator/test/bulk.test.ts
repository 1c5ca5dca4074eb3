import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulated } from './start.ts';

const stage = simulated({
  core: {
    Account: [{ Id: '001Hs00000Acme1AAA', Name: 'Acme' }],
    Contact: [{ Id: '003Hs00004AnaLmAAA', AccountId: '001Hs00000Acme1AAA', LastName: 'Lima' }],
    Task: Array.from({ length: 250 }, (_, index) => ({
      Id: `00THs0000000${String(index).padStart(3, '0')}AAA`,
      WhoId: '003Hs00004AnaLmAAA',
      Subject: `OWN-${index}, "a"\nb`,
      CreatedDate: '2026-01-05T10:00:00Z',
      IsDeleted: index === 249,
    })),
  },
  bulk: { fails: "Subject = 'fail'" },
  paging: { page: 100 },
});
const ROOT = '/services/data/v67.0/jobs/query';
interface Job {
  readonly id: string;
  readonly state: string;
  readonly object: string;
  readonly apiVersion: number;
  readonly numberRecordsProcessed: number;
}
const create = async (query: string, more: object = {}) => {
  const { status, body } = await stage.client.call('POST', ROOT, {
    operation: 'query',
    query,
    contentType: 'CSV',
    ...more,
  });
  return { status, job: body as unknown as Job };
};
const poll = async (id: string) =>
  (await stage.client.call('GET', `${ROOT}/${id}`)).body as unknown as Job;
const results = (id: string, query = '', version = 'v67.0') =>
  stage.client.call('GET', `/services/data/${version}/jobs/query/${id}/results?${query}`);
const completed = async (query: string, more: object = {}) => {
  const { job } = await create(query, more);
  for (let polls = 0; polls < 2; polls += 1) {
    await poll(job.id);
  }
  return job.id;
};

describe('a bulk query', () => {
  it('goes through its states, and counts its records at the end', async () => {
    const { status, job } = await create('SELECT Id FROM Task');
    assert.deepEqual(
      [status, job.state, job.object, job.apiVersion],
      [200, 'UploadComplete', 'Task', 67],
    );
    assert.equal((await results(job.id)).status, 400);
    assert.equal((await poll(job.id)).state, 'InProgress');
    const done = await poll(job.id);
    assert.deepEqual([done.state, done.numberRecordsProcessed], ['JobComplete', 249]);
  });

  it('gives pages with the line of names on each, and the word null for the last locator', async () => {
    const id = await completed('SELECT Id, Subject, CreatedDate FROM Task ORDER BY Id');
    const pages = [];
    for (let locator = ''; locator !== 'null';) {
      const page = await results(
        id,
        `maxRecords=100${locator === '' ? '' : `&locator=${locator}`}`,
      );
      pages.push([page.text.split('\n')[0], page.headers.get('sforce-numberofrecords')]);
      locator = page.headers.get('sforce-locator') ?? 'missing';
    }
    const names = '"Id","Subject","CreatedDate"';
    assert.deepEqual(pages, [
      [names, '100'],
      [names, '100'],
      [names, '49'],
    ]);
    const [, first] = (await results(id, 'maxRecords=1')).text.split(/\n(?="00T)/);
    assert.equal(first, '"00THs0000000000AAA","OWN-0, ""a""\nb","2026-01-05T10:00:00Z"\n');
  });

  it('can be read again by the same locator, but not by another version of the API', async () => {
    const id = await completed('SELECT Id FROM Task');
    const locator = (await results(id, 'maxRecords=50')).headers.get('sforce-locator');
    const again = async () => (await results(id, `maxRecords=50&locator=${locator}`)).text;
    assert.equal(await again(), await again());
    assert.equal((await results(id, '', 'v66.0')).status, 409);
    assert.equal((await results(id, 'locator=nonsense')).status, 400);
  });

  it('gives one line of names and no record where nothing is found', async () => {
    const page = await results(
      await completed("SELECT Id, Who.Name FROM Task WHERE Subject = 'x'"),
    );
    assert.deepEqual(
      [page.text, page.headers.get('sforce-locator'), page.headers.get('sforce-numberofrecords')],
      ['"Id","Who.Name"\n', 'null', '0'],
    );
  });

  it('takes other delimiters and line endings, related fields and deleted records', async () => {
    const id = await completed('SELECT Id, Account.Name FROM Contact', {
      columnDelimiter: 'SEMICOLON',
      lineEnding: 'CRLF',
    });
    assert.equal(
      (await results(id)).text,
      '"Id";"Account.Name"\r\n"003Hs00004AnaLmAAA";"Acme"\r\n',
    );
    const all = await completed('SELECT Id, IsDeleted FROM Task ORDER BY Id DESC LIMIT 1', {
      operation: 'queryAll',
    });
    assert.equal((await results(all)).text, '"Id","IsDeleted"\n"00THs0000000249AAA","true"\n');
  });

  it('can fail, be aborted and be deleted', async () => {
    const failing = await completed("SELECT Id FROM Task WHERE Subject = 'fail'");
    assert.equal((await poll(failing)).state, 'Failed');
    const { job } = await create('SELECT Id FROM Task');
    assert.equal((await stage.client.call('DELETE', `${ROOT}/${job.id}`)).status, 400);
    const aborted = await stage.client.call('PATCH', `${ROOT}/${job.id}`, { state: 'Aborted' });
    assert.equal((aborted.body as unknown as Job).state, 'Aborted');
    assert.equal((await stage.client.call('DELETE', `${ROOT}/${job.id}`)).status, 204);
    assert.equal((await stage.client.call('GET', `${ROOT}/${job.id}`)).status, 404);
  });

  for (const query of [
    'SELECT COUNT() FROM Task',
    'SELECT Id FROM Task LIMIT 1 OFFSET 1',
    'SELECT Nope FROM Task',
    'SELECT VersionData FROM ContentVersion',
  ]) {
    it(`is refused with 400: ${query}`, async () =>
      assert.equal((await create(query)).status, 400));
  }
});
