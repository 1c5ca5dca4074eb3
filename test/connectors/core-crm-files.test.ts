import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import coreCrm from '../../src/connectors/core-crm/index.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { failureOf } from '../salesforce/plain-server.ts';
import { opened, parts, question } from './fixture.ts';
import { stand, type Stand } from './stand.ts';

const id = (prefix: string, name: string) => `${prefix}xx000${name.padEnd(7, '0')}AAA`;
const document = (name: string, linked: readonly string[], more: object = {}) => ({
  ContentDocument: [{ Id: id('069', name), Title: name }],
  ContentDocumentLink: linked.map((LinkedEntityId, index) => ({
    Id: id('06A', `${name}${index}`),
    ContentDocumentId: id('069', name),
    LinkedEntityId,
  })),
  ContentVersion: [
    {
      Id: id('068', name),
      ContentDocumentId: id('069', name),
      Title: name,
      FileExtension: 'txt',
      IsLatest: true,
      VersionData: `${name} content`,
      ...more,
    },
  ],
});
/** As the REST API Developer Guide shows it in "Get an Image from a Rich Text Area Field". */
const PICTURE = (reference: string) =>
  '<img alt="a photo" ' +
  `src="https://acme.file.force.com/servlet/rtaImage?eid=500xx000ana0000&amp;feoid=00Nxx0000000001&amp;refid=${reference}"></img>`;
const ANA = id('003', 'ana');
const BO = id('003', 'bo');
const CY = id('003', 'cy');
const documents = [
  document('letter', [id('500', 'ana'), id('005', 'agent')]),
  document('shared', [ANA, BO]),
  document('ofBo', [BO]),
  document('big', [ANA], { FileExtension: 'pdf', VersionData: 'repeat:3000000:ANA ' }),
];
const all = <Name extends keyof (typeof documents)[number]>(name: Name) =>
  documents.flatMap((it) => it[name] as readonly object[]);

const seed = {
  core: {
    Contact: [
      { Id: ANA, FirstName: 'Ana', LastName: 'Lima', Email: 'ana@example.com' },
      { Id: BO, FirstName: 'Bo', LastName: 'Berg', Email: 'bo@example.com' },
      { Id: CY, FirstName: 'Cy', LastName: 'Young', Email: 'cy@example.com' },
    ],
    Case: [
      { Id: id('500', 'ana'), ContactId: ANA, Subject: 'ANA case' },
      { Id: id('500', 'bo'), ContactId: BO, Subject: 'BO case' },
      {
        Id: id('500', 'cy'),
        ContactId: CY,
        Photos__c: `<p>${PICTURE('0EMxx0000000001')}${PICTURE('0EMxx0000000002')}${PICTURE('0EMxx0000000001')}</p>`,
        Old__c:
          '<img src="https://acme.my.salesforce.com/servlet/servlet.ImageServer?id=015xx0000000001">',
      },
    ],
    Task: Array.from({ length: 7 }, (_, index) => ({
      Id: id('00T', `t${index}`),
      WhoId: ANA,
      Subject: `line "${index}"\nand, comma`,
      IsClosed: index % 2 === 0,
      Weight__c: index + 0.5,
    })),
    EmailMessage: [
      {
        Id: id('02s', 'ana'),
        ParentId: id('500', 'ana'),
        Subject: 'Frage zur Größe',
        FromAddress: 'ana@example.com',
        ToAddress: 'care@acme.example',
        MessageDate: '2026-03-01T10:00:00Z',
        TextBody: 'ANA text',
        HtmlBody: '<p>ANA html</p>',
      },
      { Id: id('02s', 'bo'), ParentId: id('500', 'bo'), TextBody: 'BO text' },
      { Id: id('02s', 'cy'), ParentId: id('500', 'cy'), HtmlBody: PICTURE('0EMxx0000000003') },
    ],
    Attachment: [
      {
        Id: id('00P', 'bin'),
        ParentId: id('500', 'cy'),
        Name: 'gone.txt',
        Body: 'GONE',
        IsDeleted: true,
      },
      {
        Id: id('00P', 'case'),
        ParentId: id('500', 'ana'),
        Name: 'photo (1).png',
        ContentType: 'image/png',
        Body: 'base64:iVBORw0KGgo=',
      },
      { Id: id('00P', 'mail'), ParentId: id('02s', 'ana'), Name: 'mail.csv', Body: 'ANA;1' },
      { Id: id('00P', 'bo'), ParentId: id('500', 'bo'), Name: 'bo.txt', Body: 'BO' },
    ],
    ContentDocument: all('ContentDocument'),
    ContentDocumentLink: all('ContentDocumentLink'),
    ContentVersion: [
      ...all('ContentVersion'),
      {
        Id: id('068', 'old'),
        ContentDocumentId: id('069', 'letter'),
        Title: 'letter',
        FileExtension: 'txt',
        IsLatest: false,
        VersionData: 'first draft',
      },
    ],
  },
  bulk: { inProgressPolls: 1 },
  paging: { page: 3 },
};

describe('files and many records of the core org', () => {
  let at: Stand;
  before(async () => {
    at = await stand(seed as Parameters<typeof stand>[0]);
  });
  after(() => at.stop());
  const ask = (options: object = {}, email = 'ana@example.com') =>
    opened(coreCrm, options, parts(at, { id: 'crm' })).export(at.context('crm'), question(email));
  const filesOf = ({ files }: Awaited<ReturnType<typeof ask>>) =>
    files
      .filter(({ path }) => path.includes('/files/'))
      .map(({ path, mediaType, bytes }) => [
        path.replace('systems/crm/files/', ''),
        mediaType,
        bytes,
      ]);

  it('streams attachments and documents of the person and of what belongs to them', async () => {
    assert.deepEqual(filesOf(await ask()).toSorted(), [
      [`${id('00P', 'case')}-photo-1.png`, 'image/png', 8],
      [`${id('00P', 'mail')}-mail.csv`, 'text/csv', 5],
      [`${id('068', 'big')}-big.pdf`, 'application/pdf', 3_000_000],
      [`${id('068', 'letter')}-letter.txt`, 'text/plain', 14],
    ]);
    assert.equal(
      await at.text(`systems/crm/files/${id('068', 'letter')}-letter.txt`),
      'letter content',
    );
    assert.deepEqual(
      (await at.rows('systems/crm/ContentVersion.ndjson')).map(({ Title }) => Title).toSorted(),
      ['big', 'letter'],
    );
  });

  it('streams pictures within texts, each once, and says which it cannot fetch', async () => {
    const { files, gaps } = await ask({}, 'cy@example.com');
    const pictures = files.filter(({ path }) => path.includes('/pictures/'));
    assert.deepEqual(
      pictures.map(({ path, mediaType }) => [path, mediaType]),
      ['0EMxx0000000001', '0EMxx0000000002'].map((reference) => [
        `systems/crm/pictures/${id('500', 'cy')}-${reference}.gif`,
        'image/gif',
      ]),
    );
    assert.match(
      await at.text(`systems/crm/pictures/${id('500', 'cy')}-0EMxx0000000002.gif`),
      /^GIF87a.*0EMxx0000000002$/s,
    );
    assert.deepEqual(
      gaps
        .filter(({ note }) => note.includes('picture'))
        .map(({ because, note }) => [because, note]),
      ['Case', 'EmailMessage'].map((object) => [
        'restricted',
        `1 picture(s) within texts of ${object} are left out: the system does not give them.`,
      ]),
    );
  });

  it('names files in the recycle bin, whose records it gives', async () => {
    const { remarks } = await ask({ recycleBin: 'export' }, 'cy@example.com');
    assert.deepEqual(remarks, [
      'The contents of 1 deleted or unlinked file are left out: the recycle bin does not give them.',
    ]);
    assert.deepEqual(
      (await at.rows('systems/crm/Attachment.ndjson'))
        .filter(({ IsDeleted }) => IsDeleted === true)
        .map(({ Name }) => Name),
      ['gone.txt'],
    );
  });

  it('leaves out a document that is linked to somebody else too, and says so', async () => {
    const { gaps, withheldRows } = await ask();
    assert.deepEqual([withheldRows, gaps.map(({ because }) => because)], [1, ['ambiguous-rows']]);
    assert.match(gaps[0]?.note ?? '', /1 file\(s\) are linked to records of other people/);
  });

  it('gives earlier versions where the entry says so, and no files where it says that', async () => {
    assert.ok(
      filesOf(await ask({ files: 'all' })).some(([, , bytes]) => bytes === 'first draft'.length),
    );
    const none = await ask({ files: 'none' });
    assert.deepEqual(
      [filesOf(none), none.gaps.map(({ because }) => because)],
      [[], ['restricted']],
    );
  });

  it('gives e-mails as files that mail programs open', async () => {
    await ask();
    const message = await at.text(`systems/crm/emails/${id('02s', 'ana')}.eml`);
    assert.match(
      message,
      /^Subject: =\?utf-8\?B\?[^\r]+\r\n [^\r]+\r\nFrom: ana@example\.com\r\nTo: care@acme\.example\r\nDate: Sun, 01 Mar 2026 10:00:00 \+0000\r\n/,
    );
    assert.ok(
      message.includes(Buffer.from('ANA text').toString('base64')) &&
        message.includes(Buffer.from('<p>ANA html</p>').toString('base64')),
    );
  });

  it('gives the same rows by the Bulk API as page by page', async () => {
    await ask();
    const bySoql = await at.rows('systems/crm/Task.ndjson');
    const before = await at.calls();
    await ask({ bulkAbove: 2 });
    assert.deepEqual(
      (await at.rows('systems/crm/Task.ndjson')).toSorted((a, b) =>
        String(a.Id).localeCompare(String(b.Id)),
      ),
      bySoql,
    );
    const results = 'core GET /services/data/:version/jobs/query/:id/results';
    assert.equal(((await at.calls())[results] ?? 0) - (before[results] ?? 0), 3);
  });

  for (const [calls, fault, kind] of [
    ['/jobs/query/.*/results', 'unavailable', 'unavailable'],
    ['/jobs/query/.*/results', 'cut', 'unavailable'],
    ['/VersionData', 'unauthorized', 'denied'],
    ['/VersionData', 'cut', 'unavailable'],
    ['POST .*/jobs/query', 'limit', 'unavailable'],
  ] as const) {
    it(`calls "${fault}" of ${calls} ${kind}`, async () => {
      await at.fault(calls, fault);
      const failure = await failureOf(ask({ bulkAbove: 2 }));
      await at.clear();
      assert.ok(failure instanceof SystemFailure, String(failure));
      assert.equal(failure.facts.kind, kind);
    });
  }

  it('reads page by page what the Bulk API does not take, and says so', async () => {
    await at.fault('POST .*/jobs/query', 'bad-request');
    const { notes } = await ask({ bulkAbove: 6 });
    await at.clear();
    assert.match(notes.join(' '), /The Bulk API does not take Task/);
    assert.equal((await at.rows('systems/crm/Task.ndjson')).length, 7);
  });

  it('leaves out a file that is deleted while it is read, and says so', async () => {
    await at.fault(`/Attachment/${id('00P', 'mail')}/Body`, 'not-found');
    const given = await ask();
    await at.clear();
    assert.deepEqual(
      [filesOf(given).length, given.notes],
      [3, ['1 file(s) were deleted while they were read.']],
    );
  });
});
