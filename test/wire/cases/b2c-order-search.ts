import b2cCommerce from '../../../src/connectors/b2c-commerce/index.ts';
import { ANA } from '../../connectors/fixture.ts';
import { exportBy } from '../ask-connector.ts';
import { json, ok, raw, type Source, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const orderSearch: Source = {
  of: 'sfcclearning.com/infocenter/OCAPI/current/shop/Resources/OrderSearch.php',
  at: 'OrderSearch resource',
  version: 'Shop API 23.2',
  read: '2026-11-28',
};
const selection: Source = {
  of: 'developer.salesforce.com/docs/commerce/b2c-commerce/references/b2c-commerce-ocapi',
  at: 'Property Selection',
  version: 'Shop API 24.5',
  read: '2026-11-28',
};
const result: Source = {
  of: 'docs.alokai.com/integrations/sfcc/api/sfcc-api/OcapiOrderSearchResult',
  at: 'OcapiOrderSearchResult',
  version: '2026',
  read: '2026-11-28',
};
const exceptions: Source = {
  of: 'developer.salesforce.com/docs/commerce/b2c-commerce/references/b2c-commerce-ocapi/exceptions.html',
  at: 'OCAPI Global Exceptions',
  version: 'current',
  read: '2026-11-28',
};

const asked =
  (more: object = {}) =>
  async (at: WireStand): Promise<unknown> => {
    const { files, ...rest } = (await exportBy(at, b2cCommerce, {
      apiUrl: at.origin,
      tokenUrl: `${at.origin}/dwsso/oauth2/access_token`,
      clientId: 'id',
      clientSecret: 'secret',
      organizationId: 'f_ecom_zzrf_001',
      customerLists: ['RefArch'],
      sites: ['RefArch'],
      orders: 'search',
      ocapiUrl: `${at.origin}/s/{site}/dw/shop/v24_5`,
      ...more,
    })) as { files: Record<string, { order_no: string }[]> };
    return {
      ...rest,
      orders: Object.values(files)
        .flat()
        .map((it) => it.order_no),
    };
  };
const order = (order_no: string, more: object = {}) => ({
  _type: 'order',
  order_no,
  creation_date: '2026-11-08T04:15:00.000Z',
  guest: true,
  customer_info: { _type: 'customer_info', customer_id: 'abM', customer_no: '0002352', email: ANA },
  total: 19.95,
  ...more,
});
const searched = (more: object, ...data: object[]) =>
  ok({
    _v: '24.5',
    _type: 'order_search_result',
    ...(data.length > 0 && {
      hits: data.map((it) => ({ _type: 'order_search_hit', relevance: 1, data: it })),
    }),
    query: {},
    select: '(**)',
    ...more,
  });
const fault = (status: number, type: string) =>
  json(status, {
    _v: '24.5',
    fault: { arguments: { url: `/s/RefArch/dw/shop/${ANA}` }, type, message: `About ${ANA}` },
  });

export default {
  api: 'B2C Commerce: OCAPI order_search',
  connectors: ['b2c-commerce'],
  ask: asked(),
  always: {
    'POST dwsso/oauth2/access_token': ok({ access_token: 'eyJ.a', expires_in: 1799 }),
    'POST customer-search': ok({ hits: [], limit: 0, offset: 0, query: {}, total: 0 }),
  },
  cases: [
    {
      rule: "gives a guest's order, whose mark stands beside customer_info",
      source: result,
      answers: {
        'POST s/RefArch/dw/shop/v24_5/order_search': searched(
          { count: 1, start: 0, total: 1 },
          order('00000410'),
        ),
      },
      gives: { outcome: 'exported', gaps: [], orders: ['00000410'] },
    },
    {
      rule: 'finds nothing where hits are left out',
      source: result,
      answers: { 'POST order_search': searched({ count: 0, start: 0, total: 0 }) },
      gives: { outcome: 'nothing-held', gaps: [], orders: [] },
    },
    {
      rule: 'reads on where a selection leaves the number of orders out',
      source: selection,
      answers: {
        'POST order_search': [
          ok({
            _v: '24.5',
            _type: 'order_search_result',
            hits: [{ _type: 'order_search_hit', data: order('1') }],
          }),
          ok({ _v: '24.5', _type: 'order_search_result', hits: [] }),
        ],
      },
      gives: { outcome: 'exported', gaps: [], orders: ['1'] },
    },
    {
      rule: "leaves a registered customer's order with her address out",
      source: result,
      answers: {
        'POST order_search': searched(
          { count: 1, start: 0, total: 1 },
          order('1', { guest: false }),
        ),
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
      rule: 'says what to do where the client may not search',
      source: exceptions,
      answers: { 'POST order_search': fault(403, 'ClientAccessForbiddenException') },
      gives: {
        outcome: 'nothing-held',
        gaps: [
          'denied: The orders of the site RefArch: access was refused. sys: denied (status 403, ' +
            'ClientAccessForbiddenException). Let the API client use order_search: Business ' +
            'Manager, Administration, Site Development, Open Commerce API Settings.',
        ],
        orders: [],
      },
    },
    {
      rule: 'signs in anew where the token has ended',
      source: exceptions,
      answers: {
        'POST dwsso/oauth2/access_token': [ok({ access_token: 'a' }), ok({ access_token: 'b' })],
        'POST order_search': [
          fault(401, 'InvalidAccessTokenException'),
          searched({ count: 0, start: 0, total: 0 }),
        ],
      },
      gives: { outcome: 'nothing-held', gaps: [], orders: [] },
    },
    {
      rule: 'tells the type of a fault and no word more',
      source: exceptions,
      answers: { 'POST order_search': fault(400, 'MalformedParameterException') },
      gives: {
        outcome: 'nothing-held',
        gaps: [
          'rejected: The orders of the site RefArch: the question was not accepted. sys: ' +
            'rejected (status 400, MalformedParameterException).',
        ],
        orders: [],
      },
    },
    {
      rule: 'waits where orders are not indexed',
      source: orderSearch,
      answers: { 'POST order_search': raw(500, '') },
      fails: { kind: 'unavailable', status: 500 },
    },
  ],
} satisfies WireApi;
