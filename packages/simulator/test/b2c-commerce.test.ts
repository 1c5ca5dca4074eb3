import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { answered, control, simulated } from './start.ts';

const customer = (customerNo: string, email: string, more: object = {}) => ({
  customerNo,
  customerId: `abs${customerNo}`,
  email,
  ...more,
});
const stage = simulated({
  b2cCommerce: {
    customerLists: {
      shop: [
        customer('00000012', 'ana@example.org'),
        customer('00000013', 'ana@example.com', {
          addresses: Array.from({ length: 12 }, (_, index) => ({ addressId: `A-${index}` })),
        }),
        customer('00000014', 'susana@example.com'),
        customer('00000015', 'bo@example.com'),
      ],
    },
    sites: {
      RefArch: Array.from({ length: 5 }, (_, index) => ({
        orderNo: `O-${index}`,
        creationDate: `2026-01-0${index + 1}T10:00:00.000Z`,
        status: 'new',
        customerInfo: { customerNo: '00000013', email: 'ana@example.com' },
      })),
    },
  },
});
const cloud = () => stage.simulator.b2cCommerce ?? assert.fail('there is no B2C Commerce');
const token = async (scope = 'SALESFORCE_COMMERCE_API:zzte_053 sfcc.customerlists sfcc.orders') => {
  const { auth, clientId, clientSecret } = cloud();
  const answer = await fetch(`${auth}/dwsso/oauth2/access_token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  return answered(answer);
};
const call = async (path: string, body?: object, given?: string) => {
  const { api, organizationId } = cloud();
  const bearer = given ?? (await token()).body.access_token;
  const answer = await answered(
    await fetch(api + path.replace('{org}', `organizations/${organizationId}`), {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
  return { ...answer, body: answer.body as unknown as Record<string, unknown> };
};
const LIST = '/customer/customers/v1/{org}/customer-lists/shop';
const search = (searchPhrase: string, more: object = {}) =>
  call(`${LIST}/customer-search`, {
    limit: 200,
    offset: 0,
    query: { textQuery: { fields: ['email'], searchPhrase } },
    ...more,
  });
const orders = (query: string) => call(`/checkout/orders/v1/{org}/orders?siteId=RefArch&${query}`);
afterEach(() => control(stage.simulator, 'DELETE', '/faults'));

describe('customers of B2C Commerce', () => {
  it('are found by likeness, not by equality', async () => {
    const { hits, total } = (await search('ana@example.com')).body as unknown as {
      hits: { data: { customerNo: string; addresses?: unknown }; relevance: number }[];
      total: number;
    };
    assert.equal(total, 3);
    assert.deepEqual(
      hits.map(({ data, relevance }) => [data.customerNo, relevance]),
      [
        ['00000013', 10],
        ['00000012', 4.25],
        ['00000014', 4.25],
      ],
    );
    assert.equal(hits[0]?.data.addresses, undefined);
  });

  it('are no hits at all where none is alike', async () => {
    const { body } = await search('nobody@example.net');
    assert.deepEqual([body.total, body.hits], [0, undefined]);
  });

  it('have addresses in pages', async () => {
    const path = `${LIST}/customers/00000013`;
    assert.equal((await call(path)).body.email, 'ana@example.com');
    const first = (await call(`${path}/addresses`)).body;
    assert.deepEqual(
      [first.limit, first.offset, first.total, (first.data as unknown[]).length],
      [10, 0, 12, 10],
    );
    assert.equal(((await call(`${path}/addresses?offset=10`)).body.data as unknown[]).length, 2);
    assert.equal((await call(`${LIST}/customers/99`)).status, 404);
  });

  it('are refused with problem details: a limit that is too high', async () => {
    const { status, headers, body } = await search('ana', { limit: 201 });
    assert.deepEqual(
      [status, headers.get('content-type'), body.title],
      [400, 'application/problem+json', 'Bad Request'],
    );
  });
});

describe('orders of B2C Commerce', () => {
  it('are read by windows of time, the newest first', async () => {
    const { body } = await orders(
      'creationDateFrom=2026-01-02T10:00:00.000Z&creationDateTo=2026-01-04T00:00:00.000Z&limit=200',
    );
    assert.deepEqual(
      (body.data as { orderNo: string }[]).map(({ orderNo }) => orderNo),
      ['O-2', 'O-1'],
    );
    assert.deepEqual(Object.keys((await orders('limit=2&offset=4')).body), ['data']);
  });

  it('know no filter by e-mail address, and no page beyond ten thousand', async () => {
    assert.equal((await orders('email=ana@example.com')).status, 400);
    assert.equal((await orders('limit=200&offset=9801')).status, 400);
    assert.equal((await call('/checkout/orders/v1/{org}/orders?siteId=Nowhere')).status, 404);
  });
});

describe('a token of the account manager', () => {
  it('opens what its scopes say', async () => {
    const { access_token } = (await token('sfcc.orders')).body;
    assert.equal((await call(`${LIST}/customers/00000013`, undefined, access_token)).status, 403);
    assert.equal((await token('SALESFORCE_COMMERCE_API:other_001')).status, 400);
    await control(stage.simulator, 'POST', '/clock', { advanceSeconds: 1_800 });
    const old = await call(`${LIST}/customers/00000013`, undefined, access_token);
    assert.match(String(old.body.type), /invalid-access-token$/);
  });

  it('is throttled by a fault', async () => {
    await control(stage.simulator, 'POST', '/faults', {
      match: '^b2c-commerce GET',
      kind: 'too-many',
      retryAfter: 1,
    });
    const { status, headers } = await orders('');
    assert.deepEqual([status, headers.get('retry-after')], [429, '1']);
  });
});
