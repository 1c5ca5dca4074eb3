import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import coreCrm from '../../src/connectors/core-crm/index.ts';
import type { Named } from '../../src/contract/profile.ts';
import { identifier, opened, parts, profile, question } from './fixture.ts';
import { withServer } from '../salesforce/plain-server.ts';
import { stand, type Stand } from './stand.ts';

const id = (prefix: string, name: string) => `${prefix}xx000${name.padEnd(7, '0')}AAA`;
const C = (name: string) => id('003', name);
const contact = (name: string, fields: object) => ({ Id: C(name), ...fields });

const seed = {
  core: {
    Individual: [{ Id: id('0PK', 'ana'), FirstName: 'Ana', LastName: 'Lima' }],
    Account: [
      { Id: id('001', 'acme'), Name: 'Acme GmbH', IsPersonAccount: false },
      {
        Id: id('001', 'noa'),
        Name: 'Noa Ben',
        FirstName: 'Noa',
        LastName: 'Ben',
        IsPersonAccount: true,
        PersonEmail: 'noa@example.com',
        PersonContactId: C('noa'),
      },
    ],
    Contact: [
      contact('ana', {
        FirstName: 'Ana',
        LastName: 'Lima',
        Email: 'Ana@Example.com',
        AccountId: id('001', 'acme'),
        IndividualId: id('0PK', 'ana'),
      }),
      contact('bo', {
        FirstName: 'Bo',
        LastName: 'Lima',
        Email: 'bo@example.com',
        AccountId: id('001', 'acme'),
        ReportsToId: C('ana'),
      }),
      contact('eva1', { FirstName: 'Eva', LastName: 'Roth', Email: 'family@example.com' }),
      contact('eva2', { FirstName: 'Tim', LastName: 'Roth', Email: 'family@example.com' }),
      contact('idn', { FirstName: 'Ute', LastName: 'Müller', Email: 'info@müller.example' }),
      contact('zoe', { FirstName: 'Zoe', LastName: 'Berg', Email: 'zoe@example.com' }),
      contact('noa', { FirstName: 'Noa', LastName: 'Ben', AccountId: id('001', 'noa') }),
      contact('gone', {
        FirstName: 'Ana',
        LastName: 'Lima',
        Email: 'ana@example.com',
        IsDeleted: true,
      }),
      contact('gone2', {
        FirstName: 'Otto',
        LastName: 'Roth',
        Email: 'noa@example.com',
        IsDeleted: true,
      }),
      contact('binned', {
        FirstName: 'Gil',
        LastName: 'Abe',
        Email: 'gil@example.com',
        IsDeleted: true,
      }),
      contact('bin1', {
        FirstName: 'Eva',
        LastName: 'Roth',
        Email: 'past@example.com',
        IsDeleted: true,
      }),
      contact('bin2', {
        FirstName: 'Tim',
        LastName: 'Roth',
        Email: 'past@example.com',
        IsDeleted: true,
      }),
      contact('quote', { FirstName: 'O', LastName: "O'Brien", Email: "o'brien@example.com" }),
    ],
    Lead: [
      {
        Id: id('00Q', 'ana'),
        FirstName: 'Ana',
        LastName: 'Lima',
        Email: 'old@example.com',
        Company: 'Acme',
        ConvertedContactId: C('ana'),
      },
    ],
    User: [
      {
        Id: id('005', 'ana'),
        FirstName: 'Ana',
        LastName: 'Lima',
        Username: 'ana@portal.example',
        Email: 'ana@example.com',
        ContactId: C('ana'),
      },
    ],
    Case: [
      {
        Id: id('500', 'ana'),
        ContactId: C('ana'),
        AccountId: id('001', 'acme'),
        Subject: 'ANA case',
        OwnerId: id('005', 'ana'),
      },
      {
        Id: id('500', 'bo'),
        ContactId: C('bo'),
        AccountId: id('001', 'acme'),
        Subject: 'BO case',
        OwnerId: id('005', 'ana'),
      },
      { Id: id('500', 'noa'), AccountId: id('001', 'noa'), Subject: 'NOA case' },
    ],
    CaseComment: [
      { Id: id('00a', 'ana'), ParentId: id('500', 'ana'), CommentBody: 'ANA comment' },
      { Id: id('00a', 'bo'), ParentId: id('500', 'bo'), CommentBody: 'BO comment' },
    ],
    Task: [
      { Id: id('00T', 'ana'), WhoId: C('ana'), Subject: 'ANA task' },
      { Id: id('00T', 'about'), WhatId: id('500', 'ana'), Subject: 'ANA task of a case' },
      { Id: id('00T', 'old'), WhoId: C('ana'), Subject: 'ANA task of years ago', IsArchived: true },
      { Id: id('00T', 'gone'), WhoId: C('ana'), Subject: 'GONE task', IsDeleted: true },
      { Id: id('00T', 'bo'), WhoId: C('bo'), WhatId: id('500', 'ana'), Subject: 'BO task' },
      { Id: id('00T', 'acme'), WhatId: id('001', 'acme'), Subject: 'ACME task' },
    ],
    EmailMessage: [
      { Id: id('02s', 'ana'), ParentId: id('500', 'ana'), TextBody: 'ANA mail of a case' },
      { Id: id('02s', 'rel'), TextBody: 'ANA mail by relation' },
      { Id: id('02s', 'bo'), ParentId: id('500', 'bo'), TextBody: 'BO mail' },
    ],
    EmailMessageRelation: [
      { Id: id('0WO', 'ana'), EmailMessageId: id('02s', 'rel'), RelationId: C('ana') },
      { Id: id('0WO', 'bo'), EmailMessageId: id('02s', 'bo'), RelationId: C('bo') },
    ],
    Opportunity: [
      { Id: id('006', 'ana'), Name: 'ANA deal', AccountId: id('001', 'acme') },
      { Id: id('006', 'bo'), Name: 'BO deal', AccountId: id('001', 'acme'), ContactId: C('bo') },
    ],
    OpportunityContactRole: [
      { Id: id('00K', '1'), OpportunityId: id('006', 'ana'), ContactId: C('ana') },
      { Id: id('00K', '2'), OpportunityId: id('006', 'bo'), ContactId: C('ana') },
    ],
    Campaign: [{ Id: id('701', 'x'), Name: 'Summer' }],
    CampaignMember: [
      {
        Id: id('00v', 'ana'),
        CampaignId: id('701', 'x'),
        ContactId: C('ana'),
        Email: 'ana@example.com',
      },
    ],
    Order: [
      { Id: id('801', 'acme'), AccountId: id('001', 'acme'), OrderNumber: 'ACME order' },
      {
        Id: id('801', 'ana'),
        BillToContactId: C('bo'),
        ShipToContactId: C('ana'),
        OrderNumber: 'ANA order',
      },
    ],
    OrderItem: [{ Id: id('802', 'ana'), OrderId: id('801', 'ana'), Description: 'ANA item' }],
    Asset: [{ Id: id('02i', 'ana'), Name: 'ANA asset', ContactId: C('ana'), Counter__c: 1 }],
  },
};

describe('the core org', () => {
  let at: Stand;
  before(async () => {
    at = await stand(seed);
  });
  after(() => at.stop());

  const ask = async (
    emails: readonly string[],
    profiles: readonly ReturnType<typeof profile>[] = [],
    known: readonly Named[] = [],
    options: object = {},
  ) => {
    const given = await opened(coreCrm, options, parts(at, { id: 'crm' })).export(
      at.context('crm'),
      question('', {
        identifiers: emails.map((email, index) => ({
          ...identifier(email),
          name: `emails[${index}]`,
        })),
        profiles,
        known,
      }),
    );
    const objects: Record<string, number | undefined> = {};
    let text = '';
    for (const { path, rows } of given.files.filter((file) => file.path.endsWith('.ndjson'))) {
      objects[path.replace(/^systems\/crm\/|\.ndjson$/g, '')] = rows;
      text += await at.text(path);
    }
    return { ...given, objects, text };
  };

  it('gives the records of a person and all that belongs to them, and nothing of the company or of others', async () => {
    const { objects, text, outcome, gaps, withheldRows } = await ask(['ana@example.com']);
    assert.deepEqual(objects, {
      Contact: 1,
      Lead: 1,
      User: 1,
      Individual: 1,
      Asset: 1,
      CampaignMember: 1,
      Case: 1,
      CaseComment: 1,
      EmailMessage: 2,
      EmailMessageRelation: 1,
      Opportunity: 1,
      OpportunityContactRole: 2,
      Order: 1,
      OrderItem: 1,
      Task: 3,
    });
    assert.ok(!/BO |ACME|GONE|bo@example/.test(text));
    assert.deepEqual([outcome, gaps, withheldRows], ['exported', [], 0]);
  });

  describe('of the recycle bin', () => {
    const marked = { recycleBin: 'export' };
    const askAll = (email: string) => ask([email], [], [], marked);
    const deleted = async (object: string) =>
      (await at.rows(`systems/crm/${object}.ndjson`))
        .filter(({ IsDeleted }) => IsDeleted === true)
        .map(({ Id, Subject }) => Subject ?? Id);

    it('names on the page what is left out', async () => {
      const { remarks, gaps, text } = await ask(['ana@example.com']);
      assert.deepEqual(
        [remarks, gaps],
        [
          [
            '2 deleted records in the recycle bin of this system, which empties itself within ' +
              'days, are left out.',
          ],
          [],
        ],
      );
      assert.ok(!text.includes('"IsDeleted":true'));
    });

    it('counts each once, however many ways lead to it', async () => {
      const twice = await ask(
        ['ana@example.com', 'Ana@Example.com'],
        [profile({ partyId: C('gone') })],
      );
      assert.deepEqual(twice.remarks, [
        '2 deleted records in the recycle bin of this system, which empties itself within ' +
          'days, are left out.',
      ]);
    });

    it("says how many may be somebody else's", async () => {
      const { remarks, withheldRows, objects } = await ask(['noa@example.com']);
      assert.deepEqual(
        [remarks, withheldRows, objects],
        [
          ["1 deleted record in the recycle bin may be somebody else's, and is left out."],
          1,
          { Contact: 1, Account: 1, Case: 1 },
        ],
      );
    });

    it('leaves out people at one address who are all there and contradict each other', async () => {
      const { outcome, withheldRows, text } = await askAll('past@example.com');
      assert.deepEqual([outcome, withheldRows, text], ['nothing-held', 2, '']);
      assert.deepEqual((await ask(['past@example.com'])).remarks, [
        "2 deleted records in the recycle bin may be somebody else's, and are left out.",
      ]);
    });

    it("gives what is the person's, marked, where the configuration says so", async () => {
      const { notes, remarks } = await askAll('ana@example.com');
      assert.equal(remarks, undefined);
      assert.deepEqual(
        [await deleted('Contact'), await deleted('Task')],
        [[C('gone')], ['GONE task']],
      );
      assert.deepEqual(
        notes
          .filter((note) => note.includes('recycle bin'))
          .map((note) => note.split(' of the org')[0])
          .toSorted(),
        [
          '1 of the records of Contact lie in the recycle bin',
          '1 of the records of Task lie in the recycle bin',
        ],
      );
    });

    it('gives it in a Bulk API job too', async () => {
      await opened(coreCrm, { bulkAbove: 0, ...marked }, parts(at, { id: 'crm' })).export(
        at.context('crm'),
        question('ana@example.com'),
      );
      assert.deepEqual(
        [await deleted('Contact'), await deleted('Task')],
        [[C('gone')], ['GONE task']],
      );
    });

    it('finds who is there alone', async () =>
      assert.deepEqual((await askAll('gil@example.com')).objects, { Contact: 1 }));

    it('leaves out somebody else at the same address, and keeps who is not deleted', async () => {
      const { objects, text, withheldRows, gaps } = await askAll('noa@example.com');
      assert.deepEqual(
        [objects, withheldRows, gaps.map(({ because }) => because)],
        [{ Contact: 1, Account: 1, Case: 1 }, 1, ['ambiguous-rows']],
      );
      assert.ok(!text.includes('Otto'));
    });
  });

  it('finds a record by the party ID of an included profile, of 15 or 18 characters, whatever its address', async () => {
    for (const partyId of [C('ana'), C('ana').slice(0, 15)]) {
      assert.equal((await ask([], [profile({ partyId })])).objects.Case, 1);
    }
  });

  it('reads archived tasks by the Bulk API too', async () => {
    const { files } = await opened(coreCrm, { bulkAbove: 0 }, parts(at, { id: 'crm' })).export(
      at.context('crm'),
      question('ana@example.com'),
    );
    assert.equal(files.find(({ path }) => path.endsWith('Task.ndjson'))?.rows, 3);
  });

  it('takes an address letter by letter, however loosely the server compares', () =>
    withServer(
      ({ url }) => {
        const fields = ['Id', 'Email', 'LastName'].map((name) => ({
          name,
          label: name,
          type: 'string',
        }));
        if (url.includes('/sobjects/Contact/')) {
          return {
            body: {
              name: 'Contact',
              label: 'Contact',
              queryable: true,
              fields,
              childRelationships: [],
            },
          };
        }
        if (url.includes('FROM%20Contact')) {
          return {
            body: {
              totalSize: 1,
              done: true,
              records: [{ Id: C('ana'), Email: 'anna@example.com', LastName: 'Lima' }],
            },
          };
        }
        return { status: 404, body: [{ errorCode: 'NOT_FOUND' }] };
      },
      async ({ salesforce }) => {
        assert.equal(
          (
            await opened(coreCrm, {}, parts(at, { id: 'crm', salesforce })).export(
              at.context('crm'),
              question('ana@example.com'),
            )
          ).outcome,
          'nothing-held',
        );
      },
    ));

  it('finds a person account with its contact and its records', async () => {
    assert.deepEqual((await ask(['noa@example.com'])).objects, { Contact: 1, Account: 1, Case: 1 });
  });

  it('leaves out people at one address who contradict each other, and says so', async () => {
    const { outcome, gaps, withheldRows, text } = await ask(['family@example.com']);
    assert.deepEqual(
      [outcome, withheldRows, gaps.map(({ because }) => because), text],
      ['nothing-held', 2, ['ambiguous-rows'], ''],
    );
    assert.ok(!JSON.stringify(gaps).includes('family@example.com'));
  });

  it('finds an address in either spelling of its domain', async () => {
    assert.deepEqual((await ask(['info@xn--mller-kva.example'])).objects, { Contact: 1 });
  });

  it('leaves out the people of two addresses that lead to different people', async () => {
    const { outcome, withheldRows, text } = await ask(['zoe@example.com', 'noa@example.com']);
    assert.deepEqual([outcome, withheldRows > 1, text], ['nothing-held', true, '']);
  });

  it('keeps the one who is tied by ID', async () => {
    const { objects, withheldRows, text } = await ask(
      ['family@example.com'],
      [profile({ partyId: C('eva1') })],
    );
    assert.deepEqual([objects, withheldRows], [{ Contact: 1 }, 1]);
    assert.ok(text.includes('"Eva"') && !text.includes('"Tim"'));
  });

  it('leaves out a record that contradicts what Data Cloud holds of the included profiles', async () => {
    const { outcome, withheldRows } = await ask(
      ['zoe@example.com'],
      [],
      [{ givenName: 'Ana', familyName: 'Lima', birthDate: '' }],
    );
    assert.deepEqual([outcome, withheldRows], ['nothing-held', 1]);
  });

  it('holds nothing for a stranger, even one whose address would end a literal', async () => {
    assert.equal((await ask(["' OR Name != '"])).outcome, 'nothing-held');
    assert.deepEqual((await ask(["o'brien@example.com"])).objects, { Contact: 1 });
  });

  it('describes each table by the labels of the org', async () => {
    const { tables } = await ask(['ana@example.com']);
    assert.deepEqual(
      tables.find(({ name }) => name === 'Case')?.fields.find(({ name }) => name === 'CaseNumber'),
      { name: 'CaseNumber', label: 'Case Number', type: 'string' },
    );
  });

  it('names objects that it cannot look into, and gives the rest', () =>
    withServer(
      ({ url }) => {
        const field = (name: string) => ({ name, label: name, type: 'string' });
        if (url.includes('/sobjects/Contact/')) {
          return {
            body: {
              name: 'Contact',
              label: 'Contact',
              queryable: true,
              fields: ['Id', 'Email', 'LastName'].map(field),
              childRelationships: [
                { childSObject: 'Asset', field: 'ContactId' },
                { childSObject: 'Case', field: 'ContactId' },
              ],
            },
          };
        }
        if (url.includes('/sobjects/Case/')) {
          return {
            body: {
              name: 'Case',
              label: 'Case',
              queryable: true,
              fields: ['Id', 'ContactId'].map(field),
              childRelationships: [],
            },
          };
        }
        if (url.includes('/sobjects/')) return { status: 404, body: [{ errorCode: 'NOT_FOUND' }] };
        if (url.includes('FROM%20Case')) {
          return {
            status: 400,
            body: [{ errorCode: 'INVALID_TYPE', message: "sObject type 'Case' is not supported" }],
          };
        }
        return {
          body: {
            totalSize: 1,
            done: true,
            records: [{ Id: C('ana'), Email: 'ana@example.com', LastName: 'Lima' }],
          },
        };
      },
      async ({ salesforce }) => {
        const { files, gaps } = await opened(
          coreCrm,
          {},
          parts(at, { id: 'crm', salesforce }),
        ).export(at.context('crm'), question('ana@example.com'));
        assert.deepEqual(
          files.map(({ path }) => path),
          ['systems/crm/Contact.ndjson', 'systems/crm/Contact.csv'],
        );
        const records = (object: string, why: string) => [
          'restricted',
          `Records of ${object} could not be read`,
          `${object} cannot be queried (${why})`,
        ];
        assert.deepEqual(
          gaps.map(({ because, note, advice }) => [
            because,
            note.split(',')[0],
            advice?.split('.')[0],
          ]),
          [
            records('Account', 'not visible'),
            records('Lead', 'not visible'),
            records('User', 'not visible'),
            records('Asset', 'NOT_FOUND'),
            records('Case', 'INVALID_TYPE'),
            ...['Attachment', 'ContentDocument', 'ContentDocumentLink', 'ContentVersion'].map(
              (object) => [
                'restricted',
                `Files of ${object} could not be read`,
                `${object} cannot be queried (NOT_FOUND)`,
              ],
            ),
          ],
        );
      },
    ));

  it('has nothing to warn of where its user sees everything, and says nothing of it in the package', async () => {
    assert.deepEqual(
      [
        await opened(coreCrm, {}, parts(at)).warnings?.(new AbortController().signal),
        (await ask(['zoe@example.com'])).remarks,
      ],
      [[], undefined],
    );
  });

  it('compares what its user may see once for many exports', () =>
    withServer(
      ({ url }) => {
        if (url.includes('/sobjects/Contact/')) {
          return {
            body: {
              name: 'Contact',
              label: 'Contact',
              queryable: true,
              fields: [{ name: 'Id', label: 'Id', type: 'id' }],
              childRelationships: [],
            },
          };
        }
        return { status: 404, body: [{ errorCode: 'NOT_FOUND' }] };
      },
      async ({ salesforce, seen }) => {
        const connector = opened(coreCrm, {}, parts(at, { id: 'crm', salesforce }));
        const once = () => connector.export(at.context('crm'), question('ana@example.com'));
        const given = [...(await Promise.all([once(), once()])), await once()];
        assert.equal(seen.filter(({ url }) => url.includes('UserPermissionAccess')).length, 1);
        assert.ok(
          given.every(({ remarks }) => remarks?.length === 1),
          'each says what could not be compared',
        );
      },
    ));

  it('tells the doctor what it can read', async () => {
    assert.match(
      await opened(coreCrm, {}, parts(at)).check(new AbortController().signal),
      /lets us read Contact/,
    );
  });
});
