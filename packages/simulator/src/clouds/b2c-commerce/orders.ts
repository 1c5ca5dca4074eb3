import { exactJson, textOfValue } from '../../server/exact-json.ts';
import type { Answer, Call, Route } from '../../server/http.ts';
import type { CloudRecord } from '../../seed/clouds.ts';
import { problemRefusal } from './problems.ts';
import { pageOf } from './paging.ts';

const ORDERS = '/checkout/orders/v1/organizations/:organization/orders';
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const KNOWN = new Set([
  'siteId',
  'limit',
  'offset',
  'sortBy',
  'sortOrder',
  'status',
  'creationDateFrom',
  'creationDateTo',
  'lastModifiedDateFrom',
  'lastModifiedDateTo',
]);

/**
 * What the routes of orders need. `check` refuses a call without access. `telling` says whether a
 * list includes its total.
 */
export interface OrderParts {
  readonly ordersOf: (site: string) => readonly CloudRecord[] | undefined;
  readonly check: (call: Call) => void;
  readonly telling: 'data' | 'data-and-total';
}

/**
 * Orders of a site, by windows of time. There is no filter by customer.
 *
 * @see SalesforceCommerceCloud/commerce-sdk, apis/orders-oas-1.5.2 at 98f0553: an `OrdersResponse`
 *   is `{data}`, with nothing else allowed
 */
export function orderRoutes({ ordersOf, check, telling }: OrderParts): Route[] {
  const siteOf = (call: Call): readonly CloudRecord[] => {
    check(call);
    const site = call.query.get('siteId');
    if (site === null) {
      throw problemRefusal(400, 'missing-parameter', 'Bad Request', 'siteId is required.');
    }
    const orders = ordersOf(site);
    if (orders === undefined) {
      throw problemRefusal(404, 'site-not-found', 'Site Not Found', 'The site does not exist.');
    }
    return orders;
  };

  const list = (call: Call): Answer => {
    const orders = siteOf(call);
    const unknown = [...call.query.keys()].find((name) => !KNOWN.has(name));
    if (unknown !== undefined) {
      throw problemRefusal(
        400,
        'unknown-parameter',
        'Bad Request',
        `The parameter ${unknown} is not known.`,
      );
    }
    const { limit, offset } = pageOf(call, 100, 200);
    const sortBy = call.query.get('sortBy')?.startsWith('last_modified')
      ? 'lastModified'
      : 'creationDate';
    const sign = call.query.get('sortOrder') === 'asc' ? 1 : -1;
    const status = call.query.get('status');
    const found = orders
      .filter((order) => isWithin(call, order, 'creationDate', 'creationDate'))
      .filter((order) => isWithin(call, order, 'lastModified', 'lastModifiedDate'))
      .filter((order) => status === null || order.status === status)
      .toSorted((a, b) => sign * (timeOf(a[sortBy]) - timeOf(b[sortBy])));
    const data = found.slice(offset, offset + limit);
    return exactJson(200, {
      ...(telling === 'data-and-total' && { limit, offset, total: found.length }),
      data,
    });
  };
  const one = (call: Call): Answer => {
    const order = siteOf(call).find((it) => textOfValue(it.orderNo) === call.params.order);
    if (order === undefined) {
      throw problemRefusal(404, 'order-not-found', 'Order Not Found', 'No order has this number.');
    }
    return exactJson(200, order);
  };
  return [
    { method: 'GET', path: ORDERS, handle: list },
    { method: 'GET', path: `${ORDERS}/:order`, handle: one },
  ];
}

const timeOf = (value: unknown): number => Date.parse(textOfValue(value)) || 0;

/** Whether an order is in the window of the call. The start is included, the end is not. */
function isWithin(call: Call, order: CloudRecord, field: string, parameter: string): boolean {
  const bound = (name: string, otherwise: number): number => {
    const text = call.query.get(`${parameter}${name}`);
    if (text === null) return otherwise;
    if (!MOMENT.test(text)) {
      throw problemRefusal(400, 'invalid-date', 'Bad Request', `${parameter}${name} is no date.`);
    }
    return Date.parse(text);
  };
  const at = timeOf(order[field]);
  return at >= bound('From', -Infinity) && at < bound('To', Infinity);
}
