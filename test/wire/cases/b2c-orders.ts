import b2cCommerce from '../../../src/connectors/b2c-commerce/index.ts';
import { ANA } from '../../connectors/fixture.ts';
import { exportBy } from '../ask-connector.ts';
import { json, ok, raw, type Source, type WireAnswer, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const orders: Source = {
  of: 'github.com/SalesforceCommerceCloud/commerce-sdk',
  at: 'apis/orders-oas-1.5.2/orders-oas-v1-public.yaml',
  version: '98f0553',
  read: '2026-11-28',
};
const customers: Source = {
  of: 'github.com/SalesforceCommerceCloud/commerce-sdk',
  at: 'apis/customers-oas-1.1.3/customers-oas-v1-public.yaml',
  version: '98f0553',
  read: '2026-11-28',
};
const none: Source = {
  of: 'none found, both forms accepted',
  at: '-',
  version: '-',
  read: '2026-11-28',
};

const settings = (at: WireStand, more: object = {}) => ({
  apiUrl: at.origin,
  tokenUrl: `${at.origin}/dwsso/oauth2/access_token`,
  clientId: 'id',
  clientSecret: 'secret',
  organizationId: 'f_ecom_zzrf_001',
  customerLists: ['RefArch'],
  sites: ['RefArch'],
  ordersSince: '2026-11-01',
  ordersWindow: 60,
  ...more,
});
const ask = (at: WireStand) => exportBy(at, b2cCommerce, settings(at));
const order = (orderNo: string, customerInfo: object) => ({
  confirmationStatus: 'confirmed',
  createdBy: 'storefront',
  creationDate: '2026-11-19T15:23:18.000Z',
  currency: 'USD',
  customerInfo,
  orderNo,
  orderTotal: 110.24,
  status: 'new',
});
const guest = {
  customerId: 'abMKqMaNYOBMnNdDNzyC5oNTi5',
  customerName: 'Ana Lima',
  customerNo: '0002352',
  email: ANA,
  guest: true,
};
const numbers = (given: unknown): unknown => {
  const { files, ...rest } = given as {
    files: Record<string, { orderNo?: string; order_no?: string }[]>;
  };
  return {
    ...rest,
    orders: Object.values(files)
      .flat()
      .map((it) => it.orderNo ?? it.order_no),
  };
};
const byNumber =
  (more: object = {}) =>
  async (at: WireStand) =>
    numbers(await exportBy(at, b2cCommerce, settings(at, more)));
const problem = (status: number, type: string, more: object = {}): WireAnswer =>
  json(
    status,
    {
      title: 'Problem',
      type: `https://api.commercecloud.salesforce.com/documentation/error/v1/errors/${type}`,
      detail: `About ${ANA}`,
      ...more,
    },
    { 'content-type': 'application/problem+json' },
  );

const nobody = ok({
  hits: [],
  limit: 0,
  offset: 0,
  query: { textQuery: { fields: ['email'], searchPhrase: ANA } },
  total: 0,
});
const always = {
  'POST dwsso/oauth2/access_token': ok({
    access_token: 'eyJ.a',
    scope: 'sfcc.orders',
    token_type: 'Bearer',
    expires_in: 1799,
  }),
  'POST customer-search': nobody,
};

export default {
  api: 'B2C Commerce: GET /checkout/orders/v1/…/orders',
  connectors: ['b2c-commerce'],
  ask: byNumber(),
  always,
  cases: [
    {
      rule: 'reads a list that does not say how long it is',
      source: orders,
      answers: { 'GET orders': [ok({ data: [order('00000410', guest)] }), ok({ data: [] })] },
      gives: { outcome: 'exported', gaps: [], orders: ['00000410'] },
    },
    {
      rule: 'has nothing where there is no order',
      source: orders,
      answers: { 'GET orders': ok({ data: [] }) },
      gives: { outcome: 'nothing-held', gaps: [], orders: [] },
    },
    {
      rule: 'keeps an order whole',
      source: orders,
      ask,
      answers: { 'GET orders': [ok({ data: [order('00000410', guest)] }), ok({ data: [] })] },
      gives: {
        outcome: 'exported',
        gaps: [],
        files: { 'RefArch/orders': [order('00000410', guest)] },
      },
    },
    {
      rule: 'goes on behind a page that is shorter than was asked for',
      source: orders,
      guess: 'No source says whether a short page is the last: another call costs little.',
      answers: {
        'GET orders?offset=0': ok({ data: [order('1', guest), order('2', guest)] }),
        'GET orders?offset=2': ok({ data: [order('3', guest)] }),
        'GET orders?offset=3': ok({ data: [] }),
      },
      gives: { outcome: 'exported', gaps: [], orders: ['1', '2', '3'] },
    },
    {
      rule: 'leaves an order of a registered customer with her address out, and says so',
      source: orders,
      answers: {
        'GET orders': [ok({ data: [order('1', { ...guest, guest: false })] }), ok({ data: [] })],
      },
      gives: {
        outcome: 'nothing-held',
        gaps: [
          "ambiguous-rows: 1 order(s) carry the subject's address and were placed by another " +
            'customer, or by one who may be somebody else. They are left out.',
        ],
        orders: [],
      },
    },
    {
      rule: 'passes over orders of others, and one that tells no customer',
      source: orders,
      answers: {
        'GET orders': [
          ok({ data: [order('1', { ...guest, email: 'no-reply@example.com' }), { orderNo: '2' }] }),
          ok({ data: [] }),
        ],
      },
      gives: { outcome: 'nothing-held', gaps: [], orders: [] },
    },
    {
      rule: 'takes a mark of a guest that stands beside customerInfo',
      source: none,
      guess: 'The older interface has it there; it costs nothing.',
      answers: {
        'GET orders': [
          ok({ data: [{ ...order('1', { email: ANA, customerNo: '7' }), guest: true }] }),
          ok({ data: [] }),
        ],
      },
      gives: { outcome: 'exported', gaps: [], orders: ['1'] },
    },
    {
      rule: 'believes a list that says how long it is',
      source: none,
      guess: 'Other lists of the same API tell it; it saves a call.',
      answers: { 'GET orders': ok({ limit: 200, offset: 0, total: 1, data: [order('1', guest)] }) },
      gives: { outcome: 'exported', gaps: [], orders: ['1'] },
    },
    {
      rule: 'names a site that is not there, and exports the other',
      source: orders,
      ask: byNumber({ sites: ['Gone', 'RefArch'] }),
      answers: {
        'GET orders?siteId=Gone': json(404, {
          type: 'https://api.commercecloud.salesforce.com/documentation/error/v1/errors/site-not-found',
          title: 'Site Not Found',
          detail: 'No site',
        }),
        'GET orders?siteId=RefArch': [ok({ data: [order('1', guest)] }), ok({ data: [] })],
      },
      gives: {
        outcome: 'exported',
        gaps: [
          'rejected: The orders of the site Gone: the question was not accepted. sys: rejected (status 404, site_not_found). ' +
            'Mend `sites`: no site has this ID.',
        ],
        orders: ['1'],
      },
    },
    {
      rule: 'signs in anew where the token has ended',
      source: customers,
      answers: {
        'POST dwsso/oauth2/access_token': [
          ok({ access_token: 'a', expires_in: 1799 }),
          ok({ access_token: 'b', expires_in: 1799 }),
        ],
        'GET orders': [
          problem(401, 'invalid-access-token', { accessToken: 'eyJ' }),
          ok({ data: [] }),
        ],
      },
      gives: { outcome: 'nothing-held', gaps: [], orders: [] },
    },
    {
      rule: 'is a gap where the orders alone are refused, of which only the code is told',
      source: orders,
      answers: { 'GET orders': problem(400, 'bad-request') },
      gives: {
        outcome: 'nothing-held',
        gaps: [
          'rejected: The orders of the site RefArch: the question was not accepted. sys: rejected (status 400, bad_request).',
        ],
        orders: [],
      },
    },
    {
      rule: 'waits where a list takes longer than the API allows',
      source: { ...orders, at: `${orders.at}, "Timeouts"` },
      answers: { 'GET orders': raw(504, '', { 'content-type': 'text/plain' }) },
      fails: { kind: 'unavailable', status: 504 },
    },
    {
      rule: 'takes nothing for an answer that names no orders',
      source: orders,
      answers: { 'GET orders': ok({ unexpected: true }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
  ],
} satisfies WireApi;
