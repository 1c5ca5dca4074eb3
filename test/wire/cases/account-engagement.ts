import accountEngagement from '../../../src/connectors/account-engagement/index.ts';
import { ANA } from '../../connectors/fixture.ts';
import { exportBy } from '../ask-connector.ts';
import { json, ok, type Source, type WireAnswer, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const issue235: Source = {
  of: 'github.com/pardot/api-docs',
  at: 'issue 235',
  version: '2022-03-08',
  read: '2026-11-28',
};
const postHog: Source = {
  of: 'github.com/PostHog/posthog',
  at: 'products/warehouse_sources/backend/temporal/data_imports/sources/pardot/pardot.py and its tests',
  version: 'adf4315',
  read: '2026-11-28',
};
const airbyte: Source = {
  of: 'github.com/airbytehq/airbyte',
  at: 'airbyte-integrations/connectors/source-pardot/manifest.yaml',
  version: '1c4ac61 (6.27.0)',
  read: '2026-11-28',
};
const w6w: Source = {
  of: 'github.com/segevsh/w6w-apps',
  at: 'apps/pardot/README.md',
  version: 'dd027ef',
  read: '2026-11-28',
};
const codes: Source = {
  of: 'developer.salesforce.com/docs/marketing/pardot/guide/error-codes.html',
  at: 'Error Codes and Messages',
  version: '5',
  read: '2026-11-28',
};
const overview: Source = {
  of: 'developer.salesforce.com/docs/marketing/pardot/guide/version5overview.html',
  at: 'Version 5',
  version: '5',
  read: '2026-11-28',
};
const none: Source = {
  of: 'none found, both forms accepted',
  at: '-',
  version: '-',
  read: '2026-11-28',
};

const UNIT = '0Uv000000000001CAA';
/** What came out, of prospects the fields that are named alone. */
const shown =
  (names: readonly string[], more: object = {}) =>
  async (at: WireStand): Promise<unknown> => {
    const { files, ...rest } = (await exportBy(at, accountEngagement, {
      baseUrl: at.origin,
      businessUnits: [UNIT],
      objects: [],
      ...more,
    })) as { files: Record<string, Record<string, unknown>[]> };
    const short = Object.fromEntries(
      Object.entries(files).map(([name, rows]) => [
        name.replace(`${UNIT}/`, ''),
        rows.map((row) => names.map((field) => row[field] ?? null)),
      ]),
    );
    return { ...rest, files: short };
  };
const values = (...rows: object[]) => ({ nextPageToken: null, nextPageUrl: null, values: rows });
const ana = { id: 1, email: ANA, firstName: 'Ana', lastName: 'Lima' };
const prospects = 'GET api/v5/objects/prospects';
const one = (more: object = {}) => ok(values({ ...ana, ...more }));
const refusedField = (names: string): WireAnswer =>
  json(400, {
    code: 51,
    message: `Invalid parameter: fields. It contains an invalid or unknown field: ${names}.`,
  });
const exported = (row: readonly unknown[], ...gaps: string[]) => ({
  outcome: 'exported',
  gaps,
  files: { prospects: [row] },
});
const nothing = { outcome: 'nothing-held', gaps: [], files: {} };
const held = (what: string) =>
  `restricted: Account Engagement holds ${what} back in business unit ${UNIT}. The user ` +
  'that the app runs as may not see them. Give it a role that may, or export them there by hand.';
const cut =
  'restricted: Account Engagement gives 100,000 records in one sequence, and there are more ' +
  `prospect in business unit ${UNIT}. The rest is left out. Export the rest there by hand.`;

export default {
  api: 'Account Engagement: /api/v5/objects',
  connectors: ['account-engagement'],
  ask: shown(['id', 'email']),
  cases: [
    {
      rule: 'gives prospects of the address',
      source: overview,
      answers: { [prospects]: one() },
      gives: exported([1, ANA]),
    },
    {
      rule: 'finds nobody where there are no values',
      source: [airbyte, overview],
      answers: { [prospects]: ok(values()) },
      gives: nothing,
    },
    {
      rule: 'asks for those in the recycle bin too',
      source: overview,
      answers: { 'GET prospects?deleted=all&email=ana.lima@example.com': one({ isDeleted: true }) },
      ask: shown(['id', 'isDeleted']),
      gives: exported([1, true]),
    },
    {
      rule: 'asks again without a field that the account does not know',
      source: [issue235, postHog],
      ask: shown(['id', 'Loyalty__c'], { fields: { prospects: ['Loyalty__c'] } }),
      answers: { [prospects]: [refusedField('Loyalty__c'), one()] },
      gives: exported([1, null]),
    },
    {
      rule: 'asks again without several such fields',
      source: issue235,
      guess: 'Several are joined by commas in the framework that makes the text.',
      ask: shown(['id'], { fields: { prospects: ['A__c', 'B__c'] } }),
      answers: { [prospects]: [refusedField('A__c, B__c'), one()] },
      gives: exported([1]),
    },
    {
      rule: 'asks for further pages without the field either',
      source: postHog,
      ask: shown(['id'], { fields: { prospects: ['A__c'] } }),
      answers: {
        [prospects]: [refusedField('A__c'), ok({ ...values(ana), nextPageToken: 't1' })],
        'GET prospects?nextPageToken=t1': ok({ values: [{ ...ana, id: 2 }] }),
      },
      gives: { outcome: 'exported', gaps: [], files: { prospects: [[1], [2]] } },
    },
    {
      rule: 'is rejected where the field that tells whose a record is is refused',
      source: postHog,
      answers: { [prospects]: refusedField('email') },
      fails: { kind: 'rejected', status: 400, code: '51' },
    },
    {
      rule: 'is rejected by any other parameter',
      source: postHog,
      answers: {
        [prospects]: json(400, {
          code: 51,
          message: 'Invalid parameter: Parameter updatedAtAfterOrEqualTo is invalid.',
        }),
      },
      fails: { kind: 'rejected', code: '51' },
    },
    {
      rule: 'reads fields that no query gives record by record',
      source: w6w,
      guess: "The text of the refusal is the framework's own; what stands before it nobody shows.",
      ask: shown(['id', 'Hobbies__c'], { fields: { prospects: ['Hobbies__c'] } }),
      answers: {
        [prospects]: [
          json(400, {
            code: 225,
            message:
              'Invalid request: Hobbies__c. These fields are not queryable and should be ' +
              'removed from the request.',
          }),
          one(),
        ],
        'GET prospects/1?fields=Hobbies__c': ok({ Hobbies__c: ['chess', 'go'] }),
      },
      gives: exported([1, ['chess', 'go']]),
    },
    {
      rule: 'names what it could not read record by record',
      source: w6w,
      ask: shown(['id', 'Hobbies__c'], { fields: { prospects: ['Hobbies__c'] } }),
      answers: {
        [prospects]: [
          json(400, {
            code: 225,
            message:
              'Hobbies__c. These fields are not queryable and should be removed from the request.',
          }),
          one(),
        ],
        'GET prospects/1': json(403, { code: 13, message: `no ${ANA}` }),
      },
      gives: exported(
        [1, null],
        `denied: Hobbies__c of a prospect in business unit ${UNIT}: access was refused. sys: denied (status 403, ` +
          '13). Check the client ID, its secret or key, and the permissions of the user that ' +
          'the app runs as, then retry the system.',
      ),
    },
    {
      rule: 'names the fields of a prospect that is gone once it is read by its ID',
      source: w6w,
      guess: "That 404 says so is the custom of the API's own pages.",
      ask: shown(['id', 'Hobbies__c'], { fields: { prospects: ['Hobbies__c'] } }),
      answers: {
        [prospects]: [
          json(400, {
            code: 225,
            message:
              'Hobbies__c. These fields are not queryable and should be removed from the request.',
          }),
          one(),
        ],
        'GET prospects/1': json(404, { code: 109, message: 'Not found' }),
      },
      gives: exported(
        [1, null],
        `restricted: Account Engagement found a prospect in business unit ${UNIT}, ` +
          'and knew it no more when it was read. These fields of it are left out: Hobbies__c.',
      ),
    },
    {
      rule: "names a sequence that the documents' warning cuts",
      source: w6w,
      answers: { [prospects]: ok(values(ana), { 'pardot-warning': '203' }) },
      gives: exported([1, ANA], cut),
    },
    {
      rule: "names a sequence that the server's own warning cuts",
      source: none,
      guess: "It is the code of Pardot's own framework; the documents have another.",
      answers: {
        [prospects]: ok(values(ana), {
          'pardot-warning':
            '101;Record count for nextPageToken sequence has been exceeded. No page token returned.',
        }),
      },
      gives: exported([1, ANA], cut),
    },
    {
      rule: 'has not said that nothing is held where records are held back',
      source: none,
      guess: "Code and text are those of Pardot's own framework.",
      answers: {
        [prospects]: ok(values(), {
          'pardot-warning': '202;Record(s) have been redacted from output due to access rules',
        }),
      },
      gives: { ...nothing, gaps: [held('prospect')] },
    },
    {
      rule: 'reads two warnings in one header, commas in them escaped',
      source: none,
      guess: "The escape is that of Pardot's own framework.",
      answers: {
        [prospects]: ok(values(ana), {
          'pardot-warning': '101;Cut\\, at 203 records,202;Redacted',
        }),
      },
      gives: exported([1, ANA], cut, held('prospect')),
    },
    {
      rule: 'makes nothing of a record in the recycle bin',
      source: w6w,
      answers: { [prospects]: ok(values(ana), { 'pardot-warning': '201;Record In Recycle Bin' }) },
      gives: exported([1, ANA]),
    },
    {
      rule: 'is denied under a status of 400, and says which scope is wanted',
      source: none,
      guess: "Pardot's own framework gives refusals of permission so.",
      answers: { [prospects]: json(400, { code: 49, message: 'Access denied' }) },
      fails: { kind: 'denied', status: 400, code: '49', action: /pardot_api/ },
    },
    {
      rule: 'is denied for a scope that is not given',
      source: none,
      guess: 'The same framework.',
      answers: { [prospects]: json(400, { code: 184, message: 'Invalid scope' }) },
      fails: { kind: 'denied', code: '184', action: /pardot_api/ },
    },
    {
      rule: 'says to check the host where the business unit is not found',
      source: w6w,
      answers: {
        [prospects]: json(400, {
          code: 201,
          message:
            'Business Unit specified in Pardot-Business-Unit-Id header not found or inactive.',
        }),
      },
      fails: { kind: 'denied', code: '201', action: /baseUrl/ },
    },
    {
      rule: 'is denied where a call is not signed',
      source: w6w,
      answers: {
        'POST services/oauth2/token': [
          ok({ access_token: 'A', instance_url: '{origin}', id: '{origin}/id/00D/005' }),
          ok({ access_token: 'B', instance_url: '{origin}', id: '{origin}/id/00D/005' }),
        ],
        [prospects]: json(401, { code: 49, message: 'Access Denied' }),
      },
      fails: { kind: 'denied', status: 401, code: '49' },
    },
    {
      rule: "waits where the day's calls are spent",
      source: [airbyte, codes],
      answers: { [prospects]: json(429, { code: 122, message: 'Daily API rate limit met' }) },
      fails: { kind: 'unavailable', status: 429, code: '122' },
    },
    {
      rule: 'waits where five calls are under way, whatever the status',
      source: codes,
      answers: {
        [prospects]: json(400, {
          code: 66,
          message: 'You have exceeded your concurrent request limit.',
        }),
      },
      fails: { kind: 'unavailable', code: '66' },
    },
    {
      rule: 'begins anew where a page token has ended',
      source: postHog,
      answers: {
        [prospects]: ok({ ...values(ana), nextPageToken: 't1' }),
        'GET prospects?nextPageToken=t1': json(400, { code: 184, message: 'Invalid page token' }),
      },
      fails: { kind: 'unavailable', status: 400 },
    },
    {
      rule: 'sends nothing but fields with a page token',
      source: overview,
      answers: {
        [prospects]: ok({ ...values(ana), nextPageToken: 't1', nextPageUrl: '{origin}/x' }),
        'GET prospects?nextPageToken=t1': ok({ nextPageToken: null, values: [] }),
      },
      gives: exported([1, ANA]),
    },
    {
      rule: 'asks for deleted visitors too',
      source: airbyte,
      ask: shown(['id'], { objects: ['visitors'] }),
      answers: {
        [prospects]: one(),
        'GET visitors?deleted=all&prospectId=1': ok(values({ id: 7, prospectId: 1 })),
      },
      gives: { outcome: 'exported', gaps: [], files: { prospects: [[1]], visitors: [[7]] } },
    },
    {
      rule: 'asks again without them where visitors have no recycle bin',
      source: none,
      guess: 'One public client asks for them; the page of the object does not say.',
      ask: shown(['id'], { objects: ['visitors'] }),
      answers: {
        [prospects]: one(),
        'GET visitors': [
          json(400, { code: 5, message: 'Invalid query parameters: deleted' }),
          ok(values({ id: 7, prospectId: 1 })),
        ],
      },
      gives: { outcome: 'exported', gaps: [], files: { prospects: [[1]], visitors: [[7]] } },
    },
    {
      rule: 'names an object that is refused, and exports the others',
      source: codes,
      ask: shown(['id'], { objects: ['list-memberships', 'visitors'] }),
      answers: {
        [prospects]: one(),
        'GET list-memberships': json(403, {
          code: 46,
          message: 'This API user lacks sufficient permissions for the requested operation',
        }),
        'GET visitors': ok(values({ id: 7, prospectId: 1 })),
      },
      gives: {
        outcome: 'exported',
        gaps: [
          `denied: List memberships in business unit ${UNIT}: access was refused. sys: denied (status 403, 46). ` +
            'Give the app the scope pardot_api, and its user a role in this business unit that ' +
            'may see prospects and visitors; then retry the system.',
        ],
        files: { prospects: [[1]], visitors: [[7]] },
      },
    },
    {
      rule: 'passes over records of another prospect',
      source: overview,
      ask: shown(['id'], { objects: ['visitors'] }),
      answers: { [prospects]: one(), 'GET visitors': ok(values({ id: 8, prospectId: 2 })) },
      gives: { outcome: 'exported', gaps: [], files: { prospects: [[1]] } },
    },
    {
      rule: 'takes nothing for an answer without values',
      source: overview,
      answers: { [prospects]: ok({ unexpected: true }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
  ],
} satisfies WireApi;
