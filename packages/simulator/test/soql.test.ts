import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulated } from './start.ts';

const contact = (id: string, more: Record<string, unknown>) => ({ Id: id, LastName: 'X', ...more });

const stage = simulated({
  core: {
    Account: [
      { Id: '001Ts0000000001AAA', Name: 'Acme' },
      {
        Id: '001Ts0000000002AAA',
        Name: 'Ana Lima',
        IsPersonAccount: true,
        PersonContactId: '003Ts0000000001AAA',
      },
    ],
    Contact: [
      contact('003Ts0000000001AAA', {
        FirstName: 'Ana',
        LastName: "O'Neil",
        Email: 'Ana@Example.com',
        AccountId: '001Ts0000000001AAA',
        Score__c: 5,
        CreatedDate: '2026-01-05T10:00:00Z',
      }),
      contact('003Ts0000000002AAA', {
        FirstName: 'Bo',
        Email: 'bo@example.com',
        Score__c: 123456789012345678n,
        CreatedDate: '2026-02-05T10:00:00Z',
      }),
      contact('003Ts0000000003AAA', {
        FirstName: 'Cy',
        Email: null,
        CreatedDate: '2026-03-05T10:00:00Z',
        IsDeleted: true,
      }),
    ],
    Task: Array.from({ length: 25 }, (_, index) => ({
      Id: `00TTs00000000${String(index).padStart(2, '0')}AAA`,
      WhoId: '003Ts0000000001AAA',
      Subject: `Call ${index}`,
    })),
    Warranty__c: [
      { Id: 'a00Ts0000000001AAA', Contact__c: '003Ts0000000001AAA', Until__c: '2028-01-01' },
    ],
  },
  metadata: { Warranty__c: { label: 'Warranty', fields: { Until__c: 'Valid until' } } },
  paging: { soqlPage: 10 },
});

const names = async (where: string) =>
  (
    await stage.client.soql(`SELECT FirstName FROM Contact ${where} ORDER BY FirstName`)
  ).body.records.map(({ FirstName }) => FirstName);

describe('SOQL', () => {
  for (const [where, found] of [
    ["WHERE Email = 'ANA@example.COM'", ['Ana']],
    ["WHERE email = ' ana@example.com'", []],
    ["WHERE LastName = 'O\\'Neil'", ['Ana']],
    ["WHERE Id = '003Ts0000000001'", ['Ana']],
    ["WHERE Id IN ('003Ts0000000001AAA','003Ts0000000002')", ['Ana', 'Bo']],
    ["WHERE Id NOT IN ('003Ts0000000001AAA')", ['Bo']],
    ["WHERE FirstName LIKE 'a%'", ['Ana']],
    ['WHERE AccountId = null', ['Bo']],
    ['WHERE AccountId != null', ['Ana']],
    ["WHERE AccountId != '001Ts0000000001AAA'", ['Bo']],
    ['WHERE Score__c >= 6', ['Bo']],
    ['WHERE CreatedDate > 2026-01-31T00:00:00Z', ['Bo']],
    ["WHERE (FirstName = 'Ana' OR FirstName = 'Bo') AND (NOT Score__c = 5)", ['Bo']],
    ["WHERE Account.Name = 'acme'", ['Ana']],
    ["WHERE FirstName = 'Ana' OR FirstName = 'Bo' AND Score__c = 1", ['Ana']],
  ] as const) {
    it(`finds with ${where}`, async () => {
      assert.deepEqual(await names(where), found);
    });
  }

  it(
    'gives records with attributes, fields in the case of the object, related fields nested, ' +
      'and long numbers whole',
    async () => {
      const { text } = await stage.client.soql(
        "SELECT id, account.name, Score__c FROM contact WHERE FirstName = 'Bo'",
      );
      assert.equal(
        text,
        '{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Contact","url":"/services/data/v67.0/sobjects/Contact/003Ts0000000002AAA"},"Id":"003Ts0000000002AAA","Account":null,"Score__c":123456789012345678}]}',
      );
    },
  );

  it('goes on by nextRecordsUrl, as given, until it is absent', async () => {
    let { body } = await stage.client.soql('SELECT Id FROM Task ORDER BY Id');
    const sizes = [body.records.length];
    while (body.nextRecordsUrl) {
      assert.equal(body.done, false);
      ({ body } = await stage.client.call('GET', body.nextRecordsUrl));
      sizes.push(body.records.length);
    }
    assert.deepEqual([sizes, body.done, body.totalSize], [[10, 10, 5], true, 25]);
    assert.equal((await stage.client.get('/query/01gnothing-10')).status, 404);
  });

  it('leaves deleted records to queryAll', async () => {
    assert.equal((await stage.client.soql('SELECT COUNT() FROM Contact')).body.totalSize, 2);
    const all = await stage.client.get(
      `/queryAll?q=${encodeURIComponent('SELECT FirstName, IsDeleted FROM Contact WHERE IsDeleted = true')}`,
    );
    assert.deepEqual(
      all.body.records.map(({ FirstName, IsDeleted }) => [FirstName, IsDeleted]),
      [['Cy', true]],
    );
  });

  it('selects all fields, in pages of at most the limit', async () => {
    const { body } = await stage.client.soql('SELECT FIELDS(ALL) FROM Warranty__c LIMIT 200');
    assert.equal(body.records[0]?.Until__c, '2028-01-01');
  });

  for (const [query, code] of [
    ['SELECT Nope FROM Contact', 'INVALID_FIELD'],
    ['SELECT Id FROM Nope', 'INVALID_TYPE'],
    ['SELECT Id FROM Contact WHERE', 'MALFORMED_QUERY'],
    ['SELECT Id Contact', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Contact WHERE Score__c = 'five'", 'MALFORMED_QUERY'],
  ] as const) {
    it(`is refused with ${code}: ${query}`, async () => {
      const { status, body } = await stage.client.soql(query);
      assert.equal(status, 400);
      assert.equal((body as unknown as { errorCode: string }[])[0]?.errorCode, code);
    });
  }

  it('tells how much of the allowance is used', async () => {
    assert.match(
      (await stage.client.soql('SELECT Id FROM Contact')).headers.get('sforce-limit-info') ?? '',
      /^api-usage=\d+\/1000000$/,
    );
  });
});

describe('describe', () => {
  it('names fields with labels and the objects that they point at', async () => {
    const { body } = await stage.client.get('/sobjects/Task/describe');
    const who = body.fields.find(({ name }) => name === 'WhoId');
    assert.deepEqual(
      [who?.label, who?.type, who?.referenceTo, who?.relationshipName],
      ['Name ID', 'reference', ['Contact', 'Lead'], 'Who'],
    );
    assert.equal((await stage.client.get('/sobjects/Nope/describe')).status, 404);
  });

  it("names the children of an object, those of the seed's own included", async () => {
    const { body } = await stage.client.get('/sobjects/Contact/describe');
    const children = body.childRelationships.map(
      ({ childSObject, field }) => `${String(childSObject)}.${String(field)}`,
    );
    for (const child of [
      'Task.WhoId',
      'Case.ContactId',
      'Account.PersonContactId',
      'Warranty__c.Contact__c',
      'OpportunityContactRole.ContactId',
    ]) {
      assert.ok(children.includes(child), child);
    }
    assert.equal(
      (await stage.client.get('/sobjects/Warranty__c/describe')).body.fields.find(
        ({ name }) => name === 'Until__c',
      )?.label,
      'Valid until',
    );
  });
});
