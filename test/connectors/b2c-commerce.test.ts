import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import b2cCommerce from '../../src/connectors/b2c-commerce/index.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { failureOf } from '../salesforce/plain-server.ts';
import { ANA, opened, parts, question } from './fixture.ts';
import { shopOptions, shopReply } from './fixtures/b2c-commerce.ts';
import { withCloud, type SmallCloud, type SmallStand } from './small-server.ts';

const connector = (at: SmallStand, options: object = {}) =>
  opened(b2cCommerce, shopOptions(at, options), parts(at, { id: 'shop' }));
const ask = (at: SmallStand, options: object = {}, email = ANA) =>
  connector(at, options).export(at.context('shop'), question(email));
const instead =
  (first: SmallCloud): SmallCloud =>
  (call, origin) =>
    first(call, origin) ?? shopReply(call);
const isOrders = (path: string) => path.endsWith('/orders');

describe('B2C Commerce', () => {
  it('gives the customer whole, addresses, and orders of the customer and of a guest with the address', () =>
    withCloud(shopReply, async (at) => {
      const { files, gaps, withheldRows } = await ask(at);
      assert.deepEqual(
        files.map(({ path, rows }) => [path, rows]),
        [
          ['systems/shop/Main/customers.ndjson', 1],
          ['systems/shop/Main/addresses.ndjson', 2],
          ['systems/shop/Shop/orders.ndjson', 3],
        ],
      );
      assert.deepEqual(
        (await at.rows('systems/shop/Shop/orders.ndjson')).map(({ orderNo }) => orderNo),
        ['O-1', 'O-2', 'O-3'],
      );
      assert.deepEqual(
        [withheldRows, gaps.map(({ because, note }) => `${because}: ${note.slice(0, 10)}`)],
        [1, ['ambiguous-rows: 1 order(s)']],
      );
    }));

  const order = (orderNo: string, customerInfo: object) => ({
    orderNo,
    creationDate: '2026-01-05T00:00:00.000Z',
    customerInfo,
  });
  const atSites = (bySite: Readonly<Record<string, readonly object[]>>) =>
    instead(({ path, query }) => {
      if (!isOrders(path)) return undefined;
      const isFirst = (query.get('creationDateFrom') ?? '').startsWith('2026-01-01');
      const data = isFirst ? (bySite[query.get('siteId') ?? ''] ?? []) : [];
      return { body: { data: Number(query.get('offset')) === 0 ? data : [] } };
    });

  it('keeps orders of two sites apart that have the same number', () =>
    withCloud(
      atSites({
        Shop: [order('7', { customerNo: '1', customerId: 'abs1' })],
        Outlet: [order('7', { customerNo: '1', customerId: 'abs1' })],
      }),
      async (at) => {
        const { files } = await ask(at, { sites: ['Shop', 'Outlet'], ordersWindow: 400 });
        assert.deepEqual(
          files
            .map(({ path, rows }) => [path, rows])
            .filter(([path]) => String(path).includes('orders')),
          [
            ['systems/shop/Shop/orders.ndjson', 1],
            ['systems/shop/Outlet/orders.ndjson', 1],
          ],
        );
      },
    ));

  it('leaves an order to the customer of another list who has the same number', () =>
    withCloud(
      atSites({
        Shop: [
          order('OWN', { customerNo: '1', customerId: 'abs1' }),
          order('OWN-2', { customerNo: '1' }),
          order('OTHER', { customerNo: '1', customerId: 'abs77', email: 'otto@example.com' }),
        ],
      }),
      async (at) => {
        await ask(at);
        assert.deepEqual(
          (await at.rows('systems/shop/Shop/orders.ndjson')).map(({ orderNo }) => orderNo),
          ['OWN', 'OWN-2'],
        );
      },
    ));

  it(
    'withholds what guests ordered where a customer list is refused or cut, for nobody there ' +
      'can contradict',
    async () => {
      const isSearch = (call: { method: string; path: string }) =>
        call.method === 'POST' && call.path.endsWith('/customer-search');
      const orders = (at: SmallStand) =>
        at
          .rows('systems/shop/Shop/orders.ndjson')
          .then((rows) => rows.map(({ orderNo }) => orderNo));
      await withCloud(
        instead((call) =>
          isSearch(call) && call.path.includes('/Other/') ? { status: 403, body: {} } : undefined,
        ),
        async (at) => {
          const { gaps, withheldRows } = await ask(at, { customerLists: ['Main', 'Other'] });
          assert.deepEqual(
            [await orders(at), withheldRows, gaps.map(({ because }) => because)],
            [['O-1', 'O-3'], 2, ['denied', 'ambiguous-rows']],
          );
        },
      );
      await withCloud(
        instead((call) =>
          isSearch(call)
            ? {
                body: {
                  total: 20_000,
                  hits: [
                    ...(call.body.includes('"offset":0,')
                      ? [
                          {
                            data: {
                              customerNo: '1',
                              customerId: 'abs1',
                              email: ANA,
                              firstName: 'Ana',
                              lastName: 'Lima',
                            },
                          },
                        ]
                      : []),
                    ...Array.from({ length: 200 }, () => ({
                      data: { customerNo: '9', email: `x${ANA}` },
                    })),
                  ].slice(0, 200),
                },
              }
            : undefined,
        ),
        async (at) => {
          const { gaps, withheldRows } = await ask(at);
          assert.deepEqual(
            [await orders(at), withheldRows, gaps.map(({ because }) => because)],
            [['O-1', 'O-3'], 2, ['restricted', 'ambiguous-rows']],
          );
        },
      );
    },
  );

  it('keeps orders of the next site that have numbers of one that was refused midway', () =>
    withCloud(
      instead(({ path, body }) => {
        if (!path.endsWith('/order_search')) return undefined;
        if (path.includes('/First/') && body.includes('customer_email')) {
          return { status: 403, body: {} };
        }
        return {
          body: {
            total: 1,
            hits: [
              { data: { order_no: '7', customer_info: { customer_no: '1', customer_id: 'abs1' } } },
            ],
          },
        };
      }),
      async (at) => {
        await ask(at, {
          sites: ['First', 'Shop'],
          orders: 'search',
          ordersSince: undefined,
          ocapiUrl: `${at.origin}/s/{site}/dw/shop/v24_5`,
        });
        assert.deepEqual(
          (await at.rows('systems/shop/Shop/orders.ndjson')).map(({ order_no }) => order_no),
          ['7'],
        );
      },
    ));

  it('finds orders by the older interface where the entry says so', () =>
    withCloud(shopReply, async (at) => {
      await ask(at, {
        orders: 'search',
        ordersSince: undefined,
        ocapiUrl: `${at.origin}/s/{site}/dw/shop/v24_5`,
      });
      assert.deepEqual(
        (await at.rows('systems/shop/Shop/orders.ndjson'))
          .map(({ order_no }) => order_no)
          .toSorted(),
        ['O-1', 'O-2', 'O-3'],
      );
    }));

  it('says that orders are not exported', () =>
    withCloud(shopReply, async (at) => {
      const { gaps } = await ask(at, { orders: 'off', sites: [] });
      assert.deepEqual(
        gaps.map(({ because }) => because),
        ['restricted'],
      );
    }));

  it("leaves customers out whose names at one address differ, and guests' orders with it", () =>
    withCloud(
      instead(({ path, method }) =>
        method === 'POST' && path.endsWith('/customer-search')
          ? {
              body: {
                total: 2,
                hits: [
                  { data: { customerNo: '1', email: ANA, firstName: 'Ana', lastName: 'Lima' } },
                  { data: { customerNo: '2', email: ANA, firstName: 'Rui', lastName: 'Lima' } },
                ],
              },
            }
          : undefined,
      ),
      async (at) => {
        const { outcome, withheldRows, gaps } = await ask(at);
        assert.deepEqual([outcome, withheldRows, gaps.length], ['nothing-held', 5, 2]);
      },
    ));

  it('cuts a stretch of time in two where it holds more orders than a list gives', () =>
    withCloud(
      instead(({ path, query }) => {
        if (!isOrders(path)) return undefined;
        const days =
          (Date.parse(query.get('creationDateTo') ?? '') -
            Date.parse(query.get('creationDateFrom') ?? '')) /
          86_400_000;
        return days > 20 ? { body: { total: 10_001, data: [] } } : undefined;
      }),
      async (at) => {
        await ask(at);
        assert.deepEqual(
          (await at.rows('systems/shop/Shop/orders.ndjson')).map(({ orderNo }) => orderNo),
          ['O-1', 'O-2', 'O-3'],
        );
      },
    ));

  it('begins anew where what an earlier attempt wrote is gone', () =>
    withCloud(shopReply, async (at) => {
      const resume = {
        orders: {
          site: 0,
          window: 3,
          withheld: 4,
          recent: [],
          files: [{ site: 'Shop', mark: { bytes: 999, rows: 9, names: [] } }],
        },
      };
      const { withheldRows } = await connector(at).export(
        at.context('shop', { resume }),
        question(ANA),
      );
      assert.deepEqual(
        [(await at.rows('systems/shop/Shop/orders.ndjson')).length, withheldRows],
        [3, 1],
      );
    }));

  it(
    'names a site of which one minute holds too many orders, and is unreadable where a list ' +
      'ends too early',
    async () => {
      await withCloud(
        instead(({ path }) => (isOrders(path) ? { body: { total: 20_000, data: [] } } : undefined)),
        async (at) => {
          const { outcome, gaps } = await ask(at);
          assert.deepEqual(
            [outcome, gaps.map(({ because, note, advice, code }) => [because, note, advice, code])],
            [
              'exported',
              [
                [
                  'rejected',
                  'The orders of the site Shop: the question was not accepted.',
                  'shop: rejected (TOO_MANY_ORDERS).',
                  'TOO_MANY_ORDERS',
                ],
              ],
            ],
          );
        },
      );
      await withCloud(
        instead(({ path }) => (isOrders(path) ? { body: { total: 5, data: [] } } : undefined)),
        async (at) => {
          const failure = await failureOf(ask(at));
          assert.ok(failure instanceof SystemFailure);
          assert.equal(failure.facts.code, 'EMPTY_PAGE');
        },
      );
    },
  );

  it('goes on without a site that is refused, and keeps only the code of the problem', () =>
    withCloud(
      instead(({ path, query }) =>
        isOrders(path) && query.get('siteId') === 'Gone'
          ? {
              status: 404,
              type: 'application/problem+json',
              body: { type: 'https://x.example/errors/site-not-found', title: `${ANA} is unknown` },
            }
          : undefined,
      ),
      async (at) => {
        const { files, gaps } = await ask(at, { sites: ['Gone', 'Shop'] });
        assert.equal(files.find(({ path }) => path.endsWith('orders.ndjson'))?.rows, 3);
        assert.deepEqual(gaps[0], {
          because: 'rejected',
          note: 'The orders of the site Gone: the question was not accepted.',
          advice: 'shop: rejected (status 404, site_not_found). Mend `sites`: no site has this ID.',
          code: 'site_not_found',
        });
      },
    ));

  it('remembers a refused site where an earlier attempt came further', () =>
    withCloud(shopReply, async (at) => {
      const note = 'The orders of the site Gone: access was refused.';
      const refused = [
        { because: 'denied', note, advice: 'shop: denied (forbidden).', code: 'forbidden' },
        { because: 'denied', note: 'The orders of the site Old: shop: denied' },
      ];
      const { gaps } = await connector(at, { sites: ['Gone', 'Shop'] }).export(
        at.context('shop', {
          resume: { orders: { site: 1, window: 0, withheld: 0, recent: [], files: [], refused } },
        }),
        question(ANA),
      );
      assert.deepEqual(
        gaps.filter(({ because }) => because === 'denied'),
        refused,
      );
    }));

  it('is refused where all of it is', () =>
    withCloud(
      instead(({ path }) =>
        path.includes('oauth2')
          ? undefined
          : {
              status: 403,
              type: 'application/problem+json',
              body: { type: 'https://x.example/errors/forbidden' },
            },
      ),
      async (at) => {
        const failure = await failureOf(ask(at));
        assert.ok(failure instanceof SystemFailure);
        assert.deepEqual([failure.facts.kind, failure.facts.code], ['denied', 'forbidden']);
      },
    ));

  it('refuses an entry that cannot work', () => {
    const refused = (more: object) =>
      b2cCommerce.options
        .safeParse({
          apiUrl: 'https://x.example',
          clientId: 'a',
          clientSecret: 'b',
          organizationId: 'f_ecom_a_1',
          customerLists: ['L'],
          ...more,
        })
        .error?.issues.map(({ path }) => path.join('.'));
    assert.deepEqual(refused({}), ['sites', 'ordersSince']);
    assert.deepEqual(refused({ orders: 'search', sites: ['S'] }), ['ocapiUrl']);
    assert.equal(refused({ orders: 'off' }), undefined);
  });

  it('tells the doctor what it can read', () =>
    withCloud(shopReply, async (at) => {
      assert.match(
        await connector(at).check(new AbortController().signal),
        /1 customer list\(s\); orders: scan/,
      );
    }));
});
