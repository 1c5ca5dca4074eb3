import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulated } from './start.ts';

const ANA = '003Hs00004AnaLmAAA';
const stage = simulated({
  core: {
    Contact: [{ Id: ANA, LastName: 'Lima' }],
    ContentDocument: [
      {
        Id: '069Hs00000Doc01AAA',
        Title: 'Passport',
        LatestPublishedVersionId: '068Hs00000Ver01AAA',
      },
    ],
    ContentDocumentLink: [
      { Id: '06AHs00000Lnk01AAA', ContentDocumentId: '069Hs00000Doc01AAA', LinkedEntityId: ANA },
    ],
    ContentVersion: [
      {
        Id: '068Hs00000Ver01AAA',
        ContentDocumentId: '069Hs00000Doc01AAA',
        PathOnClient: 'p.txt',
        VersionData: 'OWN-1',
      },
      {
        Id: '068Hs00000Ver02AAA',
        ContentDocumentId: '069Hs00000Doc01AAA',
        VersionData: 'repeat:3000000:OWN-',
      },
    ],
    Attachment: [
      {
        Id: '00PHs00000Att01AAA',
        ParentId: ANA,
        Name: 'a.bin',
        ContentType: 'image/png',
        Body: 'base64:AAEC',
      },
    ],
    EmailMessage: [
      {
        Id: '02sHs00000Msg01AAA',
        TextBody: 'OWN-2',
        HtmlBody: '<p>OWN-2</p>',
        HasAttachment: false,
      },
    ],
  },
});
const bytes = async (path: string) => {
  const answer = await fetch(stage.simulator.core + path, {
    headers: { authorization: `Bearer ${stage.client.token}` },
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: Buffer.from(await answer.arrayBuffer()),
  };
};

describe('a file of a record', () => {
  it('is an address in SOQL, and bytes behind it', async () => {
    const { records } = (
      await stage.client.soql('SELECT Id, VersionData, ContentSize FROM ContentVersion ORDER BY Id')
    ).body;
    assert.deepEqual(
      records.map(({ VersionData, ContentSize }) => [VersionData, ContentSize]),
      [
        ['/services/data/v67.0/sobjects/ContentVersion/068Hs00000Ver01AAA/VersionData', 5],
        ['/services/data/v67.0/sobjects/ContentVersion/068Hs00000Ver02AAA/VersionData', 3_000_000],
      ],
    );
    const [small, long] = await Promise.all(
      records.map(({ VersionData }) => bytes(String(VersionData))),
    );
    assert.deepEqual(
      [small?.body.toString(), long?.body.length, small?.type],
      ['OWN-1', 3_000_000, 'application/octet-stream'],
    );
  });

  it('has the type and the bytes of an attachment', async () => {
    const [record] = (
      await stage.client.soql(`SELECT Body, BodyLength FROM Attachment WHERE ParentId = '${ANA}'`)
    ).body.records;
    const { type, body } = await bytes(String(record?.Body));
    assert.deepEqual([record?.BodyLength, type, [...body]], [3, 'image/png', [0, 1, 2]]);
  });

  it('is described as base64, and its owner names the links', async () => {
    const { fields } = (await stage.client.get('/sobjects/ContentVersion/describe')).body;
    assert.equal(fields.find(({ name }) => name === 'VersionData')?.type, 'base64');
    const { childRelationships } = (await stage.client.get('/sobjects/Contact/describe')).body;
    assert.ok(
      childRelationships.some(
        (it) => it.childSObject === 'ContentDocumentLink' && it.field === 'LinkedEntityId',
      ),
    );
  });

  it('is reached by links that want a record or a file in the query', async () => {
    assert.equal((await stage.client.soql('SELECT Id FROM ContentDocumentLink')).status, 400);
    const { body } = await stage.client.soql(
      'SELECT ContentDocument.LatestPublishedVersionId FROM ContentDocumentLink WHERE ' +
        `LinkedEntityId IN ('${ANA}')`,
    );
    assert.match(JSON.stringify(body.records), /"LatestPublishedVersionId":"068Hs00000Ver01AAA"/);
  });

  it('is not there for another record or field', async () => {
    for (const path of [
      'ContentVersion/068Hs00000Ver99AAA/VersionData',
      'ContentVersion/068Hs00000Ver01AAA/Title',
      'Nope/1/Body',
    ]) {
      assert.equal((await bytes(`/services/data/v67.0/sobjects/${path}`)).status, 404);
    }
  });

  it('is no file in an e-mail: its bodies are fields', async () => {
    const [record] = (await stage.client.soql('SELECT TextBody, HtmlBody FROM EmailMessage')).body
      .records;
    assert.deepEqual([record?.TextBody, record?.HtmlBody], ['OWN-2', '<p>OWN-2</p>']);
  });
});
