import b2cCommerce from '../../../src/connectors/b2c-commerce/index.ts';
import { ANA } from '../../connectors/fixture.ts';
import { exportBy } from '../ask-connector.ts';
import { json, ok, type Source, type WireAnswer, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const customers: Source = {
  of: 'github.com/SalesforceCommerceCloud/commerce-sdk',
  at: 'apis/customers-oas-1.1.3/customers-oas-v1-public.yaml',
  version: '98f0553',
  read: '2026-11-28',
};
const slas: Source = {
  of: 'github.com/SalesforceCommerceCloud/commerce-sdk',
  at: 'apis/auth-oas-1.50.0/auth-oas-v1-public.yaml',
  version: '98f0553',
  read: '2026-11-28',
};
const oauth: Source = {
  of: 'RFC 6749',
  at: 'sections 5.1 and 5.2',
  version: '2012-10',
  read: '2026-11-28',
};
const none: Source = {
  of: 'none found, both forms accepted',
  at: '-',
  version: '-',
  read: '2026-11-28',
};

const asked =
  (
    more: object = {},
    identifiers?: readonly {
      name: string;
      kind: 'external-id';
      value: string;
      confirmed: boolean;
    }[],
  ) =>
  (at: WireStand) =>
    exportBy(
      at,
      b2cCommerce,
      {
        apiUrl: at.origin,
        tokenUrl: `${at.origin}/dwsso/oauth2/access_token`,
        clientId: 'id',
        clientSecret: 'secret',
        organizationId: 'f_ecom_zzrf_001',
        customerLists: ['RefArch'],
        orders: 'off',
        customerNumbers: ['shop'],
        ...more,
      },
      identifiers === undefined ? {} : { identifiers },
    );
const byNumber = [
  { name: 'externalIds.shop', kind: 'external-id' as const, value: '00000012', confirmed: true },
];
const noOrders =
  'restricted: Orders are left out by a decision of the organisation. The setting is `orders: off`.';

const ana = {
  birthday: '1999-12-31',
  creationDate: '2023-07-21T07:29:39.505Z',
  credentials: { enabled: true, locked: false, login: 'ana' },
  customerId: 'absAzIVSkman3GPpSYluYBbLrB',
  customerNo: '00000012',
  email: ANA,
  firstName: 'Ana',
  gender: 1,
  lastName: 'Lima',
};
const found = (...data: object[]) =>
  ok({
    hits: data.map((it) => ({ data: it, relevance: 4.258296012878418 })),
    limit: data.length,
    offset: 0,
    query: { textQuery: { fields: ['email'], searchPhrase: ANA } },
    total: data.length,
  });
const noAddress = ok({ limit: 0, offset: 0, total: 0 });
const address = (addressId: string) => ({
  addressId,
  city: 'Porto',
  countryCode: 'PT',
  etag: 'd288',
  lastName: 'Lima',
});
const problem = (status: number, type: string, more: object = {}): WireAnswer =>
  json(
    status,
    {
      title: 'Problem',
      type: `https://api.commercecloud.salesforce.com/documentation/error/v1/errors/${type}`,
      detail: 'No such',
      ...more,
    },
    { 'content-type': 'application/problem+json' },
  );
const nothing = { outcome: 'nothing-held', gaps: [noOrders], files: {} };
const token = 'POST dwsso/oauth2/access_token';

export default {
  api: 'B2C Commerce: /customer/customers/v1/…/customer-lists, and the Account Manager',
  connectors: ['b2c-commerce'],
  ask: asked(),
  always: {
    [token]: ok({
      access_token: 'eyJ.a',
      scope: 'sfcc.customerlists',
      token_type: 'Bearer',
      expires_in: 1799,
    }),
  },
  cases: [
    {
      rule: 'gives the customer and the addresses',
      source: customers,
      answers: {
        'POST customer-lists/RefArch/customer-search': found(ana),
        'GET customers/00000012': ok(ana),
        'GET customers/00000012/addresses': ok({
          data: [address('1')],
          limit: 1,
          offset: 0,
          total: 1,
        }),
      },
      gives: {
        outcome: 'exported',
        gaps: [noOrders],
        files: { 'RefArch/customers': [ana], 'RefArch/addresses': [address('1')] },
      },
    },
    {
      rule: 'reads every page of addresses',
      source: customers,
      answers: {
        'POST customer-search': found(ana),
        'GET customers/00000012': ok(ana),
        'GET addresses?offset=0': ok({ data: [address('1')], limit: 1, offset: 0, total: 2 }),
        'GET addresses?offset=1': ok({ data: [address('2')], limit: 1, offset: 1, total: 2 }),
      },
      gives: {
        outcome: 'exported',
        gaps: [noOrders],
        files: { 'RefArch/customers': [ana], 'RefArch/addresses': [address('1'), address('2')] },
      },
    },
    {
      rule: 'has no addresses where the list lacks its member',
      source: customers,
      answers: {
        'POST customer-search': found(ana),
        'GET customers/00000012': ok(ana),
        'GET addresses': noAddress,
      },
      gives: { outcome: 'exported', gaps: [noOrders], files: { 'RefArch/customers': [ana] } },
    },
    {
      rule: 'passes over hits that are only like the address',
      source: customers,
      answers: { 'POST customer-search': found({ ...ana, email: `w.${ANA}` }) },
      gives: nothing,
    },
    {
      rule: 'passes over a hit of which only the promised members are there',
      source: customers,
      answers: { 'POST customer-search': found({ customerNo: '00005001', lastName: 'Lima' }) },
      gives: nothing,
    },
    {
      rule: 'finds nobody where there is no hit',
      source: customers,
      answers: {
        'POST customer-search': ok({ hits: [], limit: 0, offset: 0, query: {}, total: 0 }),
      },
      gives: nothing,
    },
    {
      rule: 'names a list that is not there, and exports the other',
      source: customers,
      ask: asked({ customerLists: ['Gone', 'RefArch'] }),
      answers: {
        'POST customer-lists/Gone/customer-search': problem(404, 'customer-list-not-found', {
          listId: 'Gone',
        }),
        'POST customer-lists/RefArch/customer-search': found(ana),
        'GET customers/00000012': ok(ana),
        'GET addresses': noAddress,
      },
      gives: {
        outcome: 'exported',
        gaps: [
          'rejected: The customer list Gone: the question was not accepted. sys: rejected (status 404, ' +
            'customer_list_not_found). Mend `customerLists`: no customer list has this ID.',
          noOrders,
        ],
        files: { 'RefArch/customers': [ana] },
      },
    },
    {
      rule: 'is refused where its only list is not there',
      source: customers,
      answers: { 'POST customer-search': problem(404, 'customer-list-not-found') },
      fails: {
        kind: 'rejected',
        status: 404,
        code: 'customer_list_not_found',
        action: /customerLists/,
      },
    },
    {
      rule: 'has not said that it holds nothing where a number is asked of a list that is not there',
      source: customers,
      ask: asked({}, byNumber),
      answers: { 'GET customers/00000012': problem(404, 'customer-list-not-found') },
      fails: { kind: 'rejected', code: 'customer_list_not_found' },
    },
    {
      rule: 'knows nobody of a number that no customer has',
      source: none,
      guess: 'The name of this problem stands in no example.',
      ask: asked({}, byNumber),
      answers: { 'GET customers/00000012': problem(404, 'customer-not-found') },
      gives: nothing,
    },
    {
      rule: 'is rejected by a parameter that is not known, of which only the code is told',
      source: customers,
      answers: {
        'POST customer-search': problem(400, 'invalid-query-parameter', {
          detail: `${ANA} is no parameter`,
        }),
      },
      fails: { kind: 'rejected', code: 'invalid_query_parameter' },
    },
    {
      rule: 'is denied where a new token is refused as well',
      source: customers,
      answers: {
        'POST customer-search': problem(401, 'invalid-access-token', { accessToken: 'hbGci' }),
      },
      fails: { kind: 'denied', status: 401, code: 'invalid_access_token' },
    },
    {
      rule: 'waits as long as a limited call asks for',
      source: none,
      guess: 'That the header comes with it is not shown.',
      answers: { 'POST customer-search': json(429, {}, { 'retry-after': '3' }) },
      fails: { kind: 'unavailable', status: 429, retryAfter: 3 },
    },
    {
      rule: 'takes a token that does not say how long it lasts',
      source: oauth,
      answers: {
        [token]: ok({ access_token: 'eyJ', token_type: 'Bearer' }),
        'POST customer-search': found(),
      },
      gives: nothing,
    },
    {
      rule: 'takes a token whose life is told as text',
      source: none,
      guess: 'Some endpoints of OAuth do so.',
      answers: {
        [token]: ok({ access_token: 'eyJ', expires_in: '1799' }),
        'POST customer-search': found(),
      },
      gives: nothing,
    },
    {
      rule: 'is denied where the client is not known',
      source: slas,
      answers: {
        [token]: json(401, {
          error: 'invalid_client',
          error_description: 'Basic Authorization failed.',
        }),
      },
      fails: { kind: 'denied', status: 401, code: 'invalid_client', action: /client ID/ },
    },
    {
      rule: 'is denied where a scope is not given',
      source: oauth,
      answers: {
        [token]: json(400, {
          error: 'invalid_scope',
          error_description: 'Unknown/invalid scope(s)',
        }),
      },
      fails: { kind: 'denied', status: 400, code: 'invalid_scope' },
    },
    {
      rule: 'waits where the token endpoint is at a loss',
      source: slas,
      answers: {
        [token]: json(500, {
          error: 'server_error',
          error_description:
            "The server has encountered a situation that it doesn't know how to handle.",
        }),
      },
      fails: { kind: 'unavailable', status: 500 },
    },
  ],
} satisfies WireApi;
