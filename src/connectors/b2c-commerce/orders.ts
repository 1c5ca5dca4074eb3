import * as z from 'zod';
import type { Instant } from '@dossier/law';
import { SystemFailure } from '../../http/failure.ts';
import { bearer, DEEPEST, nextOffset, totalShape, type Shop } from './shop.ts';

/** One order of a shop, the subject's or not, and its buyer. */
export interface Order {
  readonly record: object;
  readonly orderNo: string;
  readonly customerNo: string;
  readonly customerId: string;
  readonly email: string;
  readonly isGuest: boolean;
}

/** A stretch of time, in milliseconds: from the first on, up to the last. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const text = z.string().nullish();
const flag = z.boolean().nullish();
/**
 * The specification promises `orderNo` alone, and puts `guest` into `customerInfo`: Orders 1.5.2,
 * schemas `Order` and `CustomerInfo`.
 */
const orderShape = z.looseObject({
  orderNo: z.string(),
  guest: flag,
  customerInfo: z
    .looseObject({
      customerNo: text,
      customerId: text,
      email: text,
      customerEmail: text,
      guest: flag,
    })
    .nullish(),
});
/** `OrdersResponse` has `data` and nothing else. */
const pageShape = z
  .looseObject({ total: totalShape, data: z.array(orderShape).nullish() })
  .refine(({ total, data }) => (total ?? data ?? undefined) !== undefined);

const PAGE = 200;
/** A window is never cut into pieces shorter than this. */
const SHORTEST = 60_000;

/**
 * All orders of a site that were placed in a stretch of time, page by page. The API has no filter
 * by customer, and does not count its orders. It returns at most 10,000 of a list. A stretch with
 * more is cut in two, and the orders that it returned before come again.
 *
 * @throws SystemFailure; `rejected` if a single minute holds more
 * @see Commerce API, Orders 1.5.2, `GET /orders`: `creationDateFrom` counts with its moment,
 *   `creationDateTo` without; read 2026-11-28
 */
export async function* ordersIn(
  shop: Shop,
  site: string,
  window: Window,
): AsyncGenerator<Order[], void> {
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const from: number = offset;
    if (from + PAGE > DEEPEST) {
      yield* inHalves(shop, site, window);
      return;
    }
    const asked = new URLSearchParams({
      siteId: site,
      creationDateFrom: instant(window.from),
      creationDateTo: instant(window.to),
      limit: String(PAGE),
      offset: String(from),
    });
    const { total, data } = await shop.client.ask(pageShape, (token) => ({
      method: 'GET',
      url: `${shop.apiUrl}/checkout/orders/v1/organizations/${encodeURIComponent(shop.organizationId)}/orders?${asked.toString()}`,
      headers: bearer(token),
    }));
    if ((total ?? 0) > DEEPEST) {
      yield* inHalves(shop, site, window);
      return;
    }
    yield (data ?? []).map((record) => ({
      record,
      orderNo: record.orderNo,
      isGuest: record.customerInfo?.guest === true || record.guest === true,
      customerNo: record.customerInfo?.customerNo ?? '',
      customerId: record.customerInfo?.customerId ?? '',
      email: record.customerInfo?.email ?? record.customerInfo?.customerEmail ?? '',
    }));
    offset = nextOffset(shop.system, { offset: from, got: data?.length ?? 0, total });
  }
}

async function* inHalves(
  shop: Shop,
  site: string,
  { from, to }: Window,
): AsyncGenerator<Order[], void> {
  if (to - from < SHORTEST) {
    throw new SystemFailure({ kind: 'rejected', system: shop.system, code: 'TOO_MANY_ORDERS' });
  }
  const middle = Math.floor((from + to) / 2);
  yield* ordersIn(shop, site, { from, to: middle });
  yield* ordersIn(shop, site, { from: middle, to });
}

/** Stretches of so many days that together reach from a day to a moment. */
export function windows(since: string, until: Instant, days: number): Window[] {
  const made: Window[] = [];
  const end = Date.parse(until);
  for (let from = Date.parse(since); from < end; from += days * 86_400_000) {
    made.push({ from, to: Math.min(from + days * 86_400_000, end) });
  }
  return made;
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Here `guest` is beside `customer_info`: OCAPI, Shop API, document `Order`. */
const hitShape = z.looseObject({
  data: z.looseObject({
    order_no: z.string(),
    guest: flag,
    customer_info: z
      .looseObject({ customer_no: text, customer_id: text, email: text, guest: flag })
      .nullish(),
  }),
});
const searchShape = z
  .looseObject({ total: totalShape, hits: z.array(hitShape).nullish() })
  .refine(({ total, hits }) => (total ?? hits ?? undefined) !== undefined);

/**
 * Orders of a site that the older interface finds by e-mail address and customer number.
 *
 * @throws SystemFailure
 * @see Open Commerce API, Shop API, `order_search`; its rights are set per client in Business
 *   Manager
 */
export async function* searchOrders(
  shop: Shop,
  ocapiUrl: string,
  site: string,
  term: { readonly field: 'customer_email' | 'customer_no'; readonly value: string },
): AsyncGenerator<Order[], void> {
  for (let start: number | undefined = 0; start !== undefined;) {
    const from: number = start;
    if (from + PAGE > DEEPEST) {
      throw new SystemFailure({ kind: 'rejected', system: shop.system, code: 'TOO_MANY_ORDERS' });
    }
    const { total, hits } = await shop.client.ask(searchShape, (token) => ({
      method: 'POST',
      url: `${ocapiUrl.replace('{site}', encodeURIComponent(site))}/order_search`,
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: JSON.stringify({
        query: { term_query: { fields: [term.field], operator: 'is', values: [term.value] } },
        select: '(**)',
        start: from,
        count: PAGE,
      }),
    }));
    yield (hits ?? []).map(({ data }) => ({
      record: data,
      orderNo: data.order_no,
      isGuest: data.guest === true || data.customer_info?.guest === true,
      customerNo: data.customer_info?.customer_no ?? '',
      customerId: data.customer_info?.customer_id ?? '',
      email: data.customer_info?.email ?? '',
    }));
    start = nextOffset(shop.system, { offset: from, got: hits?.length ?? 0, total });
  }
}
