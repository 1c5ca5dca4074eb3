import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Seed } from '../src/simulator.ts';
import { answered, simulated } from './start.ts';

const file = fileURLToPath(new URL('../../../../test/seeds/every-cloud.json', import.meta.url));
const text = readFileSync(file, 'utf8');
const seed = JSON.parse(text) as Seed;
const stage = simulated(file);
const EMAIL = 'tilda.brandt@example.com';
const marksOf = (of: string) =>
  of.match(
    /\b(?:OWN|OTHER|SHARED|AMBIGUOUS|GUESSED|INSIGHT|UNREACHABLE|DELETED|OLDVERSION)-\d{4}\b/g,
  ) ?? [];
const expected = (part: unknown) => marksOf(JSON.stringify(part)).toSorted();
const get = async (url: string, headers: Record<string, string>) =>
  (await answered(await fetch(url, { headers }))).text;
const post = async (url: string, body: string, headers: Record<string, string>) =>
  (await answered(await fetch(url, { method: 'POST', body, headers }))).text;

async function rowsOf(space: string, object: string): Promise<string> {
  const submitted = await stage.client.sql(`SELECT * FROM "${object}"`, {}, space);
  const { queryId, rowCount } = submitted.body.status;
  await stage.client.get(`/ssot/query-sql/${queryId}?waitTimeMs=5000`);
  const pages = [submitted.text];
  for (let offset = submitted.body.returnedRows; offset < rowCount;) {
    const page = await stage.client.get(`/ssot/query-sql/${queryId}/rows?offset=${offset}`);
    pages.push(page.text);
    offset += page.body.returnedRows;
  }
  return pages.join('\n');
}

async function recordsOf(object: string): Promise<string> {
  const where =
    object === 'ContentDocumentLink'
      ? ` WHERE LinkedEntityId IN ('003Ec00000TildaAAA', '003Ec000000OttoAAA')`
      : '';
  const pages = [];
  let page = await stage.client.call(
    'GET',
    `/services/data/v67.0/queryAll?q=${encodeURIComponent(`SELECT FIELDS(ALL) FROM ${object}${where}`)}`,
  );
  for (;;) {
    pages.push(page.text);
    for (const { attributes, VersionData } of page.body.records) {
      if ((attributes as { type: string }).type === 'ContentVersion') {
        pages.push(
          await get(stage.simulator.core + String(VersionData), {
            authorization: `Bearer ${stage.client.token}`,
          }),
        );
      }
    }
    if (page.body.nextRecordsUrl === undefined) return pages.join('\n');
    page = await stage.client.call('GET', page.body.nextRecordsUrl);
  }
}

describe('the seed of every cloud', () => {
  it('marks every row once', () => {
    const marks = marksOf(text);
    assert.equal(new Set(marks).size, marks.length);
    const unmarked = [
      ...Object.values(seed.dataCloud ?? {}).flatMap((objects) => Object.values(objects)),
      ...Object.values(seed.core ?? {}),
    ]
      .flat()
      .filter((row) => marksOf(JSON.stringify(row)).length !== 1);
    assert.deepEqual(unmarked, []);
  });

  it('is served by Data Cloud: every row of every object of three data spaces', async () => {
    const found = [];
    for (const [space, objects] of Object.entries(seed.dataCloud ?? {})) {
      for (const object of Object.keys(objects)) {
        found.push(await rowsOf(space, object));
      }
    }
    const all = found.join('\n');
    const hidden = marksOf(JSON.stringify(seed.dataCloud)).filter((mark) => !all.includes(mark));
    assert.ok(hidden.length > 0 && hidden.every((mark) => mark.startsWith('OTHER-')));
    assert.deepEqual(
      expected(seed.dataCloud).filter((mark) => !hidden.includes(mark)),
      marksOf(all).toSorted(),
    );
    for (const digits of ['123456789012345678', '12345678901234567.50', '987654321098765432']) {
      assert.ok(all.includes(digits), digits);
    }
  });

  it('is served by the core: every record and the last version of every file', async () => {
    const found = [];
    for (const object of Object.keys(seed.core ?? {})) {
      found.push(await recordsOf(object));
    }
    assert.deepEqual(marksOf(found.join('\n')).toSorted(), expected(seed.core));
  });

  it(
    'is served by Marketing Cloud: every row of a data extension and every object of both ' +
      'business units',
    async () => {
      const { auth, clientId, clientSecret } = stage.simulator.marketingCloud ?? assert.fail();
      const found = [];
      for (const [mid, unit] of Object.entries(seed.marketingCloud?.businessUnits ?? {})) {
        const token = JSON.parse(
          await post(
            `${auth}/v2/token`,
            JSON.stringify({
              grant_type: 'client_credentials',
              client_id: clientId,
              client_secret: clientSecret,
              account_id: mid,
            }),
            { 'content-type': 'application/json' },
          ),
        ) as Record<string, string>;
        const authorization = `Bearer ${token.access_token}`;
        for (const { key } of unit.dataExtensions ?? []) {
          for (
            let path: string | undefined = `/v1/customobjectdata/key/${key}/rowset`;
            path !== undefined;
          ) {
            const page = await get(`${token.rest_instance_url}data${path}`, { authorization });
            found.push(page);
            path = (JSON.parse(page) as { links: { next?: string } }).links.next;
          }
        }
        for (const type of Object.keys(unit.soap ?? {})) {
          for (
            let request = `<ObjectType>${type}</ObjectType><Properties>PartnerKey</Properties>`;
            ;
          ) {
            const page = await post(
              `${token.soap_instance_url}Service.asmx`,
              `<E><Header><fueloauth>${token.access_token}</fueloauth></Header><Body><RetrieveRequestMsg><RetrieveRequest>${request}</RetrieveRequest></RetrieveRequestMsg></Body></E>`,
              { soapaction: 'Retrieve', 'content-type': 'text/xml' },
            );
            found.push(page);
            if (!page.includes('MoreDataAvailable')) break;
            request = `<ContinueRequest>${/<RequestID>(.*)<\/RequestID>/.exec(page)?.[1]}</ContinueRequest>`;
          }
        }
      }
      assert.deepEqual(marksOf(found.join('\n')).toSorted(), expected(seed.marketingCloud));
    },
  );

  it('is served by Account Engagement: every record, the recycle bin as well', async () => {
    const {
      url,
      businessUnits: [unit = ''],
    } = stage.simulator.accountEngagement ?? assert.fail();
    const headers = {
      authorization: `Bearer ${stage.client.token}`,
      'pardot-business-unit-id': unit,
    };
    const fields: Readonly<Record<string, string>> = {
      prospects: 'comments',
      'visitor-activities': 'details',
      visits: 'campaignParameter',
      'visitor-page-views': 'title',
    };
    const found = [];
    for (const [object, field] of Object.entries(fields)) {
      found.push(
        await get(`${url}/api/v5/objects/${object}?fields=id,${field}&deleted=all`, headers),
      );
    }
    assert.deepEqual(marksOf(found.join('\n')).toSorted(), expected(seed.accountEngagement));
  });

  it('is served by B2C Commerce: customers alike, their addresses in pages, and orders with every digit', async () => {
    const { auth, api, clientId, clientSecret, organizationId } =
      stage.simulator.b2cCommerce ?? assert.fail();
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const token = JSON.parse(
      await post(
        `${auth}/dwsso/oauth2/access_token`,
        'grant_type=client_credentials&scope=sfcc.customerlists%20sfcc.orders',
        { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' },
      ),
    ) as { access_token: string };
    const headers = {
      authorization: `Bearer ${token.access_token}`,
      'content-type': 'application/json',
    };
    const list = `${api}/customer/customers/v1/organizations/${organizationId}/customer-lists/acme`;
    const found = [
      await post(
        `${list}/customer-search`,
        JSON.stringify({
          limit: 200,
          offset: 0,
          query: { textQuery: { fields: ['email'], searchPhrase: EMAIL } },
        }),
        headers,
      ),
    ];
    for (const customer of ['00000012', '00000013', '00000014']) {
      for (const offset of [0, 10]) {
        found.push(await get(`${list}/customers/${customer}/addresses?offset=${offset}`, headers));
      }
    }
    found.push(
      await get(
        `${api}/checkout/orders/v1/organizations/${organizationId}/orders?siteId=AcmeDE&limit=200`,
        headers,
      ),
    );
    assert.deepEqual(marksOf(found.join('\n')).toSorted(), expected(seed.b2cCommerce));
    assert.match(found.join('\n'), /"orderTotal":12345678901234567\.50,/);
  });

  it('is served by Personalization in both datasets, with every digit', async () => {
    const { url, keyId, keySecret } = stage.simulator.personalization ?? assert.fail();
    const headers = {
      authorization: `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`,
    };
    const found = await Promise.all(
      ['shop', 'app'].map((dataset) => get(`${url}/api/dataset/${dataset}/users.json`, headers)),
    );
    assert.deepEqual(marksOf(found.join('\n')).toSorted(), expected(seed.personalization));
    assert.match(found.join('\n'), /"lifetimeValue":987654321098765432,/);
  });

  it('has a bucket, a policy of Privacy Center, and two vendors', async () => {
    assert.ok(stage.simulator.bucket);
    assert.deepEqual(stage.simulator.privacyCenter?.policies, ['ConsumerAccess']);
    for (const vendor of ['acme-ads', 'acme-mail']) {
      assert.equal(
        (await fetch(`${stage.simulator.vendors}/opendsr/${vendor}/v2/discovery`)).status,
        200,
      );
    }
  });
});
