import assert from 'node:assert/strict';
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { answered, simulated, type Answered } from './start.ts';
import { tenantClient } from './tenant-client.ts';

// What programs of other hands send, in their order. Each block names its program and where its
// calls are written down.

const PEOPLE = 992;
const stage = simulated({
  dataCloud: { default: {} },
  core: {
    Account: [
      {
        Id: '001Hs00000Acme1AAA',
        Name: 'Acme',
        CreatedDate: '2026-03-01T10:00:00Z',
        LastModifiedDate: null,
      },
    ],
    Contact: [
      ...Array.from({ length: PEOPLE }, (_, index) => ({
        Id: `003Hs0000000${String(index).padStart(3, '0')}AAA`,
        LastName: `Person ${index}`,
        AccountId: '001Hs00000Acme1AAA',
      })),
      { Id: '003Hs0000000992AAA', LastName: 'Gone', IsDeleted: true },
      { Id: '003Hs0000000993AAA', LastName: 'Late', LastModifiedDate: '2026-05-01T10:00:00.250Z' },
    ],
  },
});

type Json = Readonly<Record<string, unknown>>;
const post = async (path: string, fields: Record<string, string>) =>
  answered(
    await fetch(stage.simulator.core + path, { method: 'POST', body: new URLSearchParams(fields) }),
  );
const token = async (fields: Record<string, string>) => post('/services/oauth2/token', fields);
const app = () => ({
  client_id: stage.simulator.clientId,
  client_secret: stage.simulator.clientSecret,
});
const get = async (path: string, access: string) =>
  answered(
    await fetch(new URL(path, stage.simulator.core), {
      headers: { authorization: `Bearer ${access}` },
    }),
  );
const json = (text: string): Json => JSON.parse(text) as Json;

describe('sf, the command line of Salesforce', () => {
  // npm @salesforce/core 9.4.0, lib/org/authInfo.js (`authJwt`, `retrieveUserInfo`);
  // @salesforce/plugin-data 5.1.7, lib/commands/data/query.js (`retrieveColumns`) and
  // lib/commands/data/export/bulk.js.
  const signIn = (exp: number) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { clientId: iss, username: sub, core: aud } = stage.simulator;
    const head = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss, sub, aud, exp })}`;
    const key = readFileSync(stage.simulator.privateKeyFile, 'utf8');
    const assertion = `${head}.${createSign('RSA-SHA256').update(head).sign(key, 'base64url')}`;
    return token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  };

  it('signs in with an assertion whose end counts milliseconds, and finds out who it is', async () => {
    const { status, body } = await signIn(Date.now() + 300);
    assert.equal(status, 200);
    const info = json((await get('/services/oauth2/userinfo', body.access_token)).text);
    assert.deepEqual(
      [info.preferred_username, info.organization_id],
      [stage.simulator.username, '00Dxx0000001gPLEAY'],
    );
    const user = await get(
      `/services/data/v66.0/sobjects/User/${String(info.user_id)}`,
      body.access_token,
    );
    assert.deepEqual([user.status, json(user.text).Username], [200, stage.simulator.username]);
  });

  it('is refused where the assertion ends in the past, or too late in seconds', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    assert.deepEqual(
      [(await signIn(seconds - 60)).status, (await signIn(seconds + 86_400)).status],
      [400, 400],
    );
  });

  it('begins with the map of a version, and asks a query for its columns before it shows the rows', async () => {
    const { access_token: access } = (await signIn(Date.now() + 300)).body;
    const map = json((await get('/services/data/v66.0', access)).text);
    assert.deepEqual(
      [map.query, map.jobs],
      ['/services/data/v66.0/query', '/services/data/v66.0/jobs'],
    );
    assert.equal((await get('/services/data/v66.0', 'nobody')).status, 401);
    const query = encodeURIComponent(
      "SELECT Id, LastName, Account.Name FROM Contact WHERE Id = '003Hs0000000001AAA'",
    );
    const rows = await get(`/services/data/v66.0/query?q=${query}`, access);
    assert.equal(rows.body.totalSize, 1);
    const { columnMetadata, entityName, ...rest } = json(
      (await get(`/services/data/v66.0/query?q=${query}&columns=true`, access)).text,
    ) as unknown as { columnMetadata: (Json & { joinColumns: Json[] })[]; entityName: string };
    assert.deepEqual(
      columnMetadata.map(({ columnName, apexType, joinColumns }) => [
        columnName,
        apexType,
        joinColumns.map((join) => join.columnName),
      ]),
      [
        ['Id', 'Id', []],
        ['LastName', 'String', []],
        ['Account', 'Account', ['Name']],
      ],
    );
    assert.deepEqual(
      [entityName, rest],
      ['Contact', { groupBy: false, idSelected: true, keyPrefix: '003' }],
    );
  });
});

describe('tap-salesforce, the tap of Singer', () => {
  // github.com/singer-io/tap-salesforce 2.8.1, tap_salesforce/salesforce/__init__.py (`login`,
  // `describe`, `_build_query_string`) and rest.py: refresh, describe all, describe one, then
  // everything since the start date.
  it('reads every row of an object since its start date, whatever the seed says of dates', async () => {
    const { status, body } = await token({
      grant_type: 'refresh_token',
      ...app(),
      refresh_token: stage.simulator.refreshToken,
    });
    assert.deepEqual([status, 'refresh_token' in body], [200, false]);
    const access = body.access_token;
    const all = json((await get('/services/data/v52.0/sobjects', access)).text) as {
      sobjects: { name: string }[];
    };
    assert.ok(all.sobjects.some(({ name }) => name === 'Contact'));
    const { fields } = (await get('/services/data/v52.0/sobjects/Contact/describe', access)).body;
    for (const name of [
      'SystemModstamp',
      'LastModifiedDate',
      'CreatedDate',
      'CreatedById',
      'LastModifiedById',
    ]) {
      assert.equal(fields.find((field) => field.name === name)?.nillable, false, name);
    }
    const soql = 'SELECT Id,SystemModstamp,LastModifiedDate,CreatedById FROM Contact';
    const since = `${soql} WHERE SystemModstamp >= 2020-01-01T00:00:00.000000Z ORDER BY SystemModstamp ASC`;
    const rows: Json[] = [];
    let path: string | undefined = `/services/data/v52.0/queryAll?q=${encodeURIComponent(since)}`;
    while (path !== undefined) {
      const page: Answered['body'] = (await get(path, access)).body;
      rows.push(...page.records);
      path = page.nextRecordsUrl;
    }
    assert.equal(rows.length, PEOPLE + 2);
    assert.ok(rows.every((row) => row.SystemModstamp && row.LastModifiedDate && row.CreatedById));
    assert.deepEqual(
      [rows.at(-1)?.Id, rows.at(-1)?.SystemModstamp],
      ['003Hs0000000993AAA', '2026-05-01T10:00:00.250Z'],
    );
    const bookmark = encodeURIComponent(
      `${soql} WHERE SystemModstamp >= 2026-05-01T00:00:00.000000Z`,
    );
    assert.equal((await get(`/services/data/v52.0/query?q=${bookmark}`, access)).body.totalSize, 1);
  });

  it('finds that a record was last changed when it was made, unless the seed knows better', async () => {
    const { access_token: access } = (await token({ grant_type: 'client_credentials', ...app() }))
      .body;
    const { text } = await get('/services/data/v52.0/sobjects/Account/001Hs00000Acme1AAA', access);
    const { CreatedDate, LastModifiedDate, SystemModstamp } = json(text);
    assert.deepEqual(
      [CreatedDate, LastModifiedDate, SystemModstamp],
      Array(3).fill('2026-03-01T10:00:00Z'),
    );
  });

  it('is told that a refresh token ended once it was revoked, and its access tokens with it', async () => {
    const { refreshToken: refresh_token } = stage.simulator;
    const wrong = await token({ grant_type: 'refresh_token', ...app(), refresh_token: 'x' });
    assert.deepEqual(
      [wrong.status, wrong.body.error_description],
      [400, 'expired access/refresh token'],
    );
    const { access_token: access } = (
      await token({ grant_type: 'refresh_token', client_id: app().client_id, refresh_token })
    ).body;
    const introspected = async (it: string) =>
      json((await post('/services/oauth2/introspect', { ...app(), token: it })).text);
    const { active, token_type, username, client_id, exp, iat } = await introspected(access);
    assert.deepEqual(
      [active, token_type, username, client_id, Number(exp) > Number(iat)],
      [true, 'access_token', stage.simulator.username, app().client_id, true],
    );
    assert.equal((await introspected(refresh_token)).token_type, 'refresh_token');
    assert.equal(
      (await post('/services/oauth2/introspect', { ...app(), client_secret: 'x', token: access }))
        .status,
      400,
    );
    await post('/services/oauth2/revoke', { token: refresh_token });
    assert.deepEqual(
      [await introspected(access), await introspected(refresh_token)],
      [{ active: false }, { active: false }],
    );
    assert.equal(
      (await token({ grant_type: 'refresh_token', ...app(), refresh_token })).status,
      400,
    );
  });
});

describe("Salesforce's JDBC driver of Data Cloud", () => {
  // github.com/forcedotcom/Salesforce-CDP-jdbc, auth/unpwd/UnPwdAuthClient.java.
  it("signs in by a user's password; a wrong one is refused", async () => {
    const { username, password } = stage.simulator;
    const { status, body } = await token({ grant_type: 'password', ...app(), username, password });
    assert.deepEqual([status, body.instance_url], [200, stage.simulator.core]);
    const wrong = await token({ grant_type: 'password', ...app(), username, password: 'x' });
    assert.deepEqual([wrong.status, wrong.body.error], [400, 'invalid_grant']);
    assert.equal(
      (await token({ grant_type: 'password', ...app(), client_secret: 'x', username, password }))
        .status,
      400,
    );
  });

  // The same repository, model/QueryConfigResponse.java, QueryEngineEnum.java: `hyper` or `trino`.
  it('asks which engine answers', async () => {
    const tenant = await tenantClient(stage.simulator);
    assert.deepEqual((await tenant.call('GET', '/api/v1/query-config')).body, {
      queryengine: 'hyper',
    });
  });
});

describe('simple-salesforce and jsforce', () => {
  // github.com/simple-salesforce/simple-salesforce, api.py (`SFType.get`, `SFType.metadata`);
  // jsforce, src/connection.ts (`identity`, `retrieve`, `limits`).
  const access = async () => (await token({ grant_type: 'client_credentials', ...app() })).body;

  it('follow the link of a token to who it stands for', async () => {
    const { id, access_token } = await access();
    const identity = json((await get(`${id}?version=latest`, access_token)).text);
    assert.deepEqual(
      [identity.id, identity.username, (identity.urls as Json).sobjects],
      [id, stage.simulator.username, `${stage.simulator.core}/services/data/v67.0/sobjects/`],
    );
    const refusals = [await get(id, 'x'), await get(id.replace('/005xx', '/005yy'), access_token)];
    assert.deepEqual(
      refusals.map(({ status, text }) => [status, text]),
      [
        [403, 'Bad_OAuth_Token'],
        [404, 'Bad_Id'],
      ],
    );
  });

  it('follow the address of a record to the whole of it, or to some fields', async () => {
    const { access_token } = await access();
    const query = encodeURIComponent("SELECT Id FROM Contact WHERE LastName = 'Person 7'");
    const [row] = (await get(`/services/data/v59.0/query?q=${query}`, access_token)).body.records;
    const { url } = (row?.attributes ?? {}) as { url: string };
    const whole = json((await get(url, access_token)).text);
    assert.deepEqual(
      [whole.LastName, whole.attributes, whole.IsDeleted],
      ['Person 7', { type: 'Contact', url }, false],
    );
    const some = json((await get(`${url}?fields=LastName,Account.Name`, access_token)).text);
    assert.deepEqual(Object.keys(some), ['attributes', 'LastName', 'Account', 'Id']);
    const at = '/services/data/v59.0/sobjects/Contact';
    const failures = [
      `${at}/003Hs0000009999AAA`,
      `${at}/003Hs0000000992AAA`,
      `${at}/none`,
      `${url}?fields=Nope`,
    ];
    const answers = await Promise.all(failures.map((path) => get(path, access_token)));
    assert.deepEqual(
      answers.map(({ status, text }) => [
        status,
        (JSON.parse(text) as { errorCode: string }[])[0]?.errorCode,
      ]),
      [
        [404, 'NOT_FOUND'],
        [404, 'ENTITY_IS_DELETED'],
        [404, 'NOT_FOUND'],
        [400, 'INVALID_FIELD'],
      ],
    );
  });

  it('find links of the version that they asked for, and fields with their lengths and rights', async () => {
    const { access_token } = await access();
    const described = json(
      (await get('/services/data/v59.0/sobjects/Contact/describe', access_token)).text,
    ) as {
      urls: Json;
      fields: Json[];
    };
    assert.equal(described.urls.describe, '/services/data/v59.0/sobjects/Contact/describe');
    const field = (name: string) => described.fields.find((it) => it.name === name) ?? {};
    assert.deepEqual(
      [field('Id').length, field('Id').idLookup, field('Email').soapType],
      [18, true, 'xsd:string'],
    );
    const basic = json((await get('/services/data/v59.0/sobjects/Contact', access_token)).text);
    assert.deepEqual(Object.keys(basic), ['objectDescribe', 'recentItems']);
  });

  for (const [what, query] of [
    ['GROUP BY', 'SELECT LastName, COUNT(Id) FROM Contact GROUP BY LastName'],
    ['a subquery', 'SELECT Id, (SELECT Id FROM Contacts) FROM Account'],
    ['a subquery', 'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)'],
    ['an aggregate function', 'SELECT MAX(CreatedDate) FROM Contact'],
  ] as const) {
    it(`are told by name that the simulator does not offer ${what}: ${query}`, async () => {
      const { access_token } = await access();
      const { status, text } = await get(
        `/services/data/v59.0/query?q=${encodeURIComponent(query)}`,
        access_token,
      );
      const [{ errorCode, message } = { errorCode: '', message: '' }] = JSON.parse(text) as Record<
        string,
        string
      >[];
      assert.deepEqual([status, errorCode], [501, 'NOT_OFFERED']);
      assert.ok(message?.startsWith(`${what} is not offered by this simulator`), message);
    });
  }

  it('read headers whose names are written as most servers write them', async () => {
    const { access_token } = await access();
    const names = await new Promise<string[]>((resolve, reject) => {
      const headers = { authorization: `Bearer ${access_token}` };
      request(`${stage.simulator.core}/services/data/v66.0/limits`, { headers }, (response) => {
        response.resume();
        resolve(response.rawHeaders.filter((_, index) => index % 2 === 0));
      })
        .on('error', reject)
        .end();
    });
    for (const name of ['Sforce-Limit-Info', 'Content-Type', 'Content-Length']) {
      assert.ok(names.includes(name), name);
    }
  });
});
