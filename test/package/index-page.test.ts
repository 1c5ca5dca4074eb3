import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { LosslessNumber } from 'lossless-json';
import { describe, it } from 'node:test';
import type { Gap, GapReason } from '../../src/contract/status.ts';
import { contentsOf, type Contents } from '../../src/package/contents.ts';
import { html } from '../../src/package/html.ts';
import { indexPage } from '../../src/package/index-page.ts';
import { dateWords, size, value } from '../../src/package/readable.ts';
import { firstRecords } from '../../src/package/table-preview.ts';
import { GAP_WORDS } from '../../src/package/words.ts';
import type { Store } from '../../src/storage/filesystem.ts';
import type { ToPackage } from '../../src/package/build.ts';
import {
  individual,
  inNewStore,
  order,
  putFile,
  putTables,
  smallPackage,
  text,
  type SampleTable,
} from './sample.ts';

async function pageOf(store: Store, given: ToPackage): Promise<string> {
  const contents: Contents = await contentsOf(store, given.receipts, given.withheld);
  let page = '';
  for await (const piece of indexPage(contents, given, (path) => store.readFile('R-1', path))) {
    page += piece;
  }
  return page;
}

async function pageWith(
  tables: readonly SampleTable[],
  more: Partial<ToPackage> = {},
): Promise<string> {
  return inNewStore(async (store) =>
    pageOf(
      store,
      order(
        store,
        [await putTables(store, 'R-1', { name: 'data-cloud', system: 'data-cloud' }, tables)],
        more,
      ),
    ),
  );
}

const plain = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `row-${index + 1}`, name: 'x' }));

describe('the index page', () => {
  it('opens without a network, a script or anything from outside', () =>
    inNewStore(async (store) => {
      const page = await pageOf(store, await smallPackage(store));
      assert.ok(!/<script|<img|<link|<iframe|<form|\son\w+=|https?:|@import|url\(/i.test(page));
      assert.ok(!/\sstyle=/.test(page));
      const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
      const hash = createHash('sha256').update(style).digest('base64');
      assert.ok(
        page.includes(
          html`content="${`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`}"`
            .html,
        ),
      );
    }));

  it('has one title, a language, headings in order, captions, scopes, and a target for every link', () =>
    inNewStore(async (store) => {
      const given = await smallPackage(store, {
        gaps: [{ system: 'loyalty', because: 'overdue', note: '' }],
        lookups: [
          {
            identifier: 'emails[0]',
            dataSpace: 'default',
            ruleset: '',
            partyIds: 1,
            outcome: 'found',
          },
        ],
      });
      const page = await pageOf(store, given);
      assert.match(page, /^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
      assert.equal(page.match(/<h1/g)?.length, 1);
      const main = page.slice(page.indexOf('<main'));
      const levels = [...main.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
      assert.equal(levels[0], 2);
      assert.ok(levels.every((level, index) => level <= (levels[index - 1] ?? 2) + 1));
      assert.equal(page.match(/<table[ >]/g)?.length, page.match(/<caption/g)?.length);
      assert.ok(!/<th>|<th class/.test(page));
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length);
      const files = new Set(
        (await contentsOf(store, given.receipts, [])).files.map(({ path }) => path),
      );
      for (const [, target = ''] of page.matchAll(/href="([^"]+)"/g)) {
        assert.ok(
          target.startsWith('#') ? ids.includes(target.slice(1)) : files.has(target),
          target,
        );
      }
    }));

  it('closes every tag that it opens', () =>
    inNewStore(async (store) => {
      const page = await pageOf(store, await smallPackage(store));
      const open: string[] = [];
      for (const [, slash, tag = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
        if (['meta', 'br'].includes(tag)) continue;
        if (slash === '/') assert.equal(open.pop(), tag);
        else open.push(tag);
      }
      assert.deepEqual(open, []);
    }));

  it('escapes every text that comes from outside', async () => {
    const evil = `"><script>alert('1')</script>&amp;\u0000`;
    const table: SampleTable = {
      path: 'profiles/1/t',
      label: evil,
      fields: [text('a', evil), text('b', 'B')],
      rows: [
        { a: evil, b: { c: evil } },
        { a: evil, [evil]: evil },
      ],
    };
    const gaps: Gap[] = [{ system: evil, because: 'refused', note: evil }];
    const page = await pageWith([table], {
      gaps,
      notes: [evil],
      notIncluded: [{ dataSpace: evil, object: evil, label: evil, why: evil }],
      lookups: [
        {
          identifier: `externalIds.${evil}`,
          dataSpace: evil,
          ruleset: evil,
          partyIds: 1,
          outcome: 'found',
        },
      ],
      profiles: [
        { number: 1, dataSpace: evil, dataSource: evil, partyId: evil, keyQualifier: evil },
      ],
      withheld: [],
      request: {
        requestId: 'R-1',
        type: 'access',
        law: 'gdpr',
        lawTitle: evil,
        receivedOn: '2026-11-20',
        answerBy: '2026-12-20',
        subjectName: evil,
        controllerName: evil,
        authority: evil,
      },
    });
    assert.ok(page.includes('&lt;script&gt;'));
    assert.ok(!page.includes('<script') && !page.includes('\u0000'));
  });

  it('shows records under the labels of metadata, not the names of the API', async () => {
    const words = plain(await pageWith([individual]));
    assert.match(words, /First name Ana Note said &quot;hello&quot;, and left Individual ID P-1/);
    assert.ok(!words.includes('ssot__FirstName__c'));
  });

  it('leaves empty columns out, and technical ones of a table, and says so', async () => {
    const table: SampleTable = {
      path: 'profiles/1/t',
      label: 'Emails',
      fields: [
        text('id', 'ID'),
        text('name', 'Name'),
        text('nothing', 'Unfilled'),
        text('KQ_id__c', 'Key qualifier'),
      ],
      rows: rows(3).map((row) => ({ ...row, nothing: null, KQ_id__c: 'QUAL' })),
    };
    const words = plain(await pageWith([table]));
    assert.ok(!words.includes('Unfilled') && !words.includes('QUAL'));
    assert.match(
      words,
      /1 technical column and 1 empty column left out here; the files hold all\./,
    );
  });

  it('shows the first 50 records of a table and says how many there are', async () => {
    const words = plain(
      await pageWith([
        {
          path: 'profiles/1/t',
          label: 'Clicks',
          fields: [text('id', 'ID'), text('name', 'Name')],
          rows: rows(60),
        },
      ]),
    );
    assert.match(words, /Clicks: the first 50 of 60 records/);
    assert.ok(words.includes('row-50 ') && !words.includes('row-51 '));
  });

  it('shows fewer records of each table when there are many tables', async () => {
    const tables = Array.from({ length: 100 }, (_, index): SampleTable => ({
      path: `profiles/1/t${index}`,
      label: `T${index}`,
      fields: [text('id', 'ID'), text('name', 'Name')],
      rows: rows(45),
    }));
    const page = await pageWith(tables);
    assert.equal(page.match(/row-40</g)?.length, 100);
    assert.ok(!page.includes('row-41<'));
  });

  it('shows wide records one by one', async () => {
    const fields = Array.from({ length: 9 }, (_, index) => text(`f${index}`, `Field ${index}`));
    const page = await pageWith([
      {
        path: 'profiles/1/t',
        label: 'Orders',
        fields,
        rows: Array.from({ length: 12 }, (_, row) =>
          Object.fromEntries(fields.map(({ name }) => [name, `${name}-${row}`])),
        ),
      },
    ]);
    assert.equal(page.match(/<li><details/g)?.length, 12);
    assert.match(plain(page), /2 more records/);
  });

  it('names tables without a record in one line', async () => {
    assert.match(
      plain(
        await pageWith([
          individual,
          { path: 'profiles/1/t', label: 'Loyalty', fields: [text('id', 'ID')], rows: [] },
        ]),
      ),
      /Searched, and nothing found: Loyalty\./,
    );
  });

  it('keeps every digit of a big number', async () => {
    async function* content() {
      yield Buffer.from('{"n":12345678901234567890.10,"d":{"e":9007199254740993}}\n');
    }
    const [record] = (await firstRecords(content(), 5)) ?? [];
    assert.equal(value(record?.n).html, '12345678901234567890.10');
    assert.equal(value(record?.d).html, '<code>{&quot;e&quot;:9007199254740993}</code>');
  });

  it('says that a table cannot be shown when its lines are no records', () =>
    inNewStore(async (store) => {
      const file = await store
        .sink('R-1')
        .open('systems/a/1/x.ndjson', { mediaType: 'application/x-ndjson' });
      await file.write('no json\n');
      const ref = await store.putReceipt('R-1', {
        system: 'a',
        connector: 'opendsr',
        name: 'a',
        at: '2026-11-23T00:00:00.000Z',
        outcome: 'delivered',
        files: [await file.finish(1)],
        tables: [],
        provenance: {},
        withheldRows: 0,
        notes: [],
      });
      assert.match(
        plain(await pageOf(store, order(store, [ref]))),
        /These records cannot be shown here; open the file\./,
      );
    }));

  it('lists a vendor’s files with kind and size', () =>
    inNewStore(async (store) => {
      const ref = await putFile(
        store,
        'R-1',
        { name: 'acme-1', system: 'acme-mail', answerId: 'acme-mail-1' },
        'systems/acme-mail/acme-mail-1/letter.pdf',
        'x'.repeat(2300),
        'application/pdf',
      );
      assert.match(
        plain(await pageOf(store, order(store, [ref]))),
        /letter\.pdf PDF document 23 November 2026 2\.3 KB/,
      );
    }));

  it('says that a system holds nothing', () =>
    inNewStore(async (store) => {
      const ref = await store.putReceipt('R-1', {
        system: 'ads',
        connector: 'opendsr',
        name: 'ads',
        at: '2026-11-23T00:00:00.000Z',
        outcome: 'nothing-held',
        files: [],
        tables: [],
        provenance: {},
        withheldRows: 0,
        notes: [],
      });
      assert.match(
        plain(await pageOf(store, order(store, [ref]))),
        /This system answered that it holds nothing about you\./,
      );
    }));

  it('says that nothing was found', async () => {
    assert.match(
      plain(await inNewStore((store) => pageOf(store, order(store, [], { profiles: [] })))),
      /Nothing was found under the details that you gave\./,
    );
  });

  it('says that nothing is missing, when nothing is', async () => {
    assert.match(
      plain(await pageWith([individual])),
      /Nothing is missing: every system that was asked has answered\./,
    );
  });

  it('names the kinds of records that were left out, by their reasons', async () => {
    const left = (object: string, why: string) => ({
      dataSpace: 'default',
      object,
      label: object,
      why,
    });
    const words = plain(
      await pageWith([individual], {
        notIncluded: [
          left('Account', 'shared'),
          left('Survey', 'its field Owner may hold a person'),
          left('Household', 'shared'),
        ],
      }),
    );
    assert.match(words, /3 kinds of records exist/);
    assert.match(
      words,
      /These belong to an account or a household, and so to other people too: Account, Household Its field Owner may hold a person: Survey/,
    );
  });

  it('calls a supplement what it is', async () => {
    assert.match(
      plain(await pageWith([individual], { supplement: 2 })),
      /Your personal data, supplement 2.*This completes the earlier answer/,
    );
  });

  it('tells whom to complain to', async () => {
    const words = plain(
      await pageWith([individual], {
        request: {
          requestId: 'R-1',
          type: 'portability',
          law: 'uk-gdpr',
          lawTitle: 'UK GDPR',
          receivedOn: '2026-11-20',
          answerBy: '2026-12-20',
          authority: 'the Information Commissioner’s Office',
        },
      }),
    );
    assert.match(words, /complain to the Information Commissioner’s Office/);
    assert.match(words, /your personal data in a form that you can take elsewhere/);
  });

  for (const because of Object.keys(GAP_WORDS) as GapReason[]) {
    it(`explains the gap "${because}" in plain words, without its code`, async () => {
      const words = plain(
        await pageWith([individual], {
          gaps: [{ system: 'loyalty', because, note: 'a note of ours' }],
        }),
      );
      assert.match(words, /This answer is not complete/);
      assert.ok(words.includes(GAP_WORDS[because].meaning) && words.includes('a note of ours'));
    });
  }
});

describe('a value as a person reads it', () => {
  const cases: readonly (readonly [given: unknown, words: string])[] = [
    ['2024-02-29', '29 February 2024'],
    ['2024-02-29T09:05:00.000Z', '29 February 2024, 09:05 UTC'],
    ['2024-02-29T09:05:00.000+0000', '29 February 2024, 09:05 UTC'],
    ['2024-02-29 23:05:00 -02:00', '1 March 2024, 01:05 UTC'],
    ['2024-02-29 09:05:00', '29 February 2024, 09:05 UTC'],
    ['2024-13-45', '2024-13-45'],
    ['2024-02-30', '2024-02-30'],
    ['2023-02-29T10:00:00Z', '2023-02-29T10:00:00Z'],
    ['2024-04-31 10:00:00', '2024-04-31 10:00:00'],
    ['0000-00-00', '0000-00-00'],
    ['20240229', '20240229'],
    ['2024-03-31T01:30:00.12+00:00', '31 March 2024, 01:30 UTC'],
    [new LosslessNumber('5.000000000000000000'), '5'],
    [new LosslessNumber('-1.250000000000000000'), '-1.25'],
    [new LosslessNumber('12345678901234567890'), '12345678901234567890'],
    [true, 'Yes'],
    [false, 'No'],
    ['0049', '0049'],
    [['a'], '["a"]'],
    ['x'.repeat(500), `${'x'.repeat(400)} … (the rest is in the file)`],
  ];
  for (const [given, words] of cases) {
    it(`${JSON.stringify(given).slice(0, 40)}: ${words.slice(0, 40)}`, () =>
      assert.equal(
        value(given)
          .html.replace(/<[^>]+>/g, '')
          .replaceAll('&quot;', '"'),
        words,
      ));
  }

  it('names sizes and days', () => {
    assert.deepEqual([0, 1, 999, 1500, 25_400_000].map(size), [
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.5 KB',
      '25 MB',
    ]);
    assert.deepEqual(
      ['2026-11-23', '2026-11-23T23:59:59.000Z'].map((day) => dateWords(day)),
      ['23 November 2026', '23 November 2026'],
    );
    assert.deepEqual(
      [
        dateWords('2026-12-21T23:30:00.000Z', 'Europe/Paris'),
        dateWords('2026-12-21', 'America/New_York'),
      ],
      ['22 December 2026', '21 December 2026'],
    );
  });
});
