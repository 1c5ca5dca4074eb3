import * as z from 'zod';
import type { ConnectorContext } from '../spi.ts';
import { safeNameFor } from '../../contract/package-path.ts';
import type { CloudFiles, Kind } from '../shared/cloud-files.ts';
import type { Piecemeal, RefusedPart } from '../shared/piecemeal.ts';
import { plainEmail } from '../shared/tell-apart.ts';
import type { Customer } from './customers.ts';
import { ordersIn, searchOrders, windows, type Order } from './orders.ts';
import type { Shop } from './shop.ts';

/** How to search for orders. `scan` reads every order since a day. */
export type OrderSearch =
  | {
      readonly way: 'scan';
      readonly since: string;
      readonly days: number;
    }
  | { readonly way: 'search'; readonly ocapiUrl: string };

/**
 * The buyer of orders: the subject's own customers, the subject's own addresses, and doubtful ones.
 */
export interface Buyer {
  readonly customers: readonly Customer[];
  readonly emails: readonly string[];
  readonly doubtful: readonly string[];
}

const refusedShape = z.array(
  z.object({
    because: z.enum(['denied', 'rejected']),
    note: z.string(),
    advice: z.string().exactOptional(),
    code: z.string().exactOptional(),
  }),
);
/** The progress of the order scan. `refused`: sites before this one that were refused. */
const markShape = z.object({
  orders: z.object({
    refused: refusedShape.default([]),
    site: z.number(),
    window: z.number(),
    withheld: z.number(),
    files: z.array(
      z.object({
        site: z.string(),
        mark: z.object({ bytes: z.number(), rows: z.number(), names: z.array(z.string()) }),
      }),
    ),
    recent: z.array(z.string()),
  }),
});

export const orderKind = (site: string): Kind => ({
  path: `${safeNameFor(site)}/orders`,
  name: 'Order',
  label: 'Orders',
});

/** Which orders are exported, and how they are found. */
export interface OrderExport {
  readonly sites: readonly string[];
  readonly search: OrderSearch;
  readonly buyer: Buyer;
  readonly parts: Piecemeal;
}

/**
 * Exports the subject's orders of every site. Returns how many may be somebody else's, and so were
 * left out. @throws SystemFailure
 */
export async function exportOrders(
  shop: Shop,
  out: CloudFiles,
  context: ConnectorContext,
  { sites, search, buyer, parts }: OrderExport,
): Promise<number> {
  const sorter = new OrderSorter(buyer);
  if (search.way === 'search') {
    for (const site of sites) {
      await parts.read(ordersOf(site), () =>
        searchSite(shop, out, { site, ocapiUrl: search.ocapiUrl, buyer, sorter }),
      );
    }
    return sorter.withheld;
  }
  if (buyer.customers.length === 0 && buyer.emails.length === 0 && buyer.doubtful.length === 0) {
    return 0;
  }
  const stretches = windows(search.since, context.at, search.days);
  const before = parts.refused.length;
  const begun = await goOn(out, context, sorter);
  parts.goOn(begun.refused);
  for (const [index, site] of sites.entries()) {
    if (index < begun.site) continue;
    // Each site numbers its own orders: two sites may use the same number.
    if (index > begun.site) sorter.forgetBut([]);
    await parts.read(ordersOf(site), async () => {
      for (const [at, stretch] of stretches.entries()) {
        if (index === begun.site && at < begun.window) continue;
        const written: string[] = [];
        for await (const orders of ordersIn(shop, site, stretch)) {
          const own = sorter.own(orders);
          await out.records(
            orderKind(site),
            own.map(({ record }) => record),
          );
          written.push(...own.map(({ orderNo }) => orderNo));
          shop.onPage();
        }
        sorter.forgetBut(written);
        context.heartbeat({
          orders: {
            site: index,
            window: at + 1,
            withheld: sorter.withheld,
            files: await marksOf(out, sites.slice(0, index + 1)),
            recent: written,
            refused: parts.refused.slice(before),
          },
        } satisfies z.input<typeof markShape>);
      }
    });
  }
  return sorter.withheld;
}

const ordersOf = (site: string): string => `The orders of the site ${site}`;

/** Opens the files at the place that an earlier attempt reached. */
async function goOn(
  out: CloudFiles,
  { resume }: ConnectorContext,
  sorter: OrderSorter,
): Promise<{
  readonly site: number;
  readonly window: number;
  readonly refused: readonly RefusedPart[];
}> {
  const earlier = markShape.safeParse(resume);
  if (!earlier.success) return { site: 0, window: 0, refused: [] };
  const { site, window, withheld, files, recent, refused } = earlier.data.orders;
  if (!(await out.resume(files.map((file) => ({ kind: orderKind(file.site), mark: file.mark }))))) {
    return { site: 0, window: 0, refused: [] };
  }
  sorter.withheld = withheld;
  sorter.forgetBut(recent);
  return { site, window, refused };
}

async function marksOf(out: CloudFiles, sites: readonly string[]) {
  const marks: z.infer<typeof markShape>['orders']['files'] = [];
  for (const site of sites) {
    const mark = await out.mark(orderKind(site));
    if (mark !== undefined) marks.push({ site, mark: { ...mark, names: [...mark.names] } });
  }
  return marks;
}

async function searchSite(
  shop: Shop,
  out: CloudFiles,
  {
    site,
    ocapiUrl,
    buyer,
    sorter,
  }: {
    site: string;
    ocapiUrl: string;
    buyer: Buyer;
    sorter: OrderSorter;
  },
): Promise<void> {
  // Each site numbers its own orders, and the one before may have been refused midway.
  sorter.forgetBut([]);
  const terms = [
    ...buyer.customers.map(({ customerNo }) => ({
      field: 'customer_no' as const,
      value: customerNo,
    })),
    ...[...buyer.emails, ...buyer.doubtful].map((value) => ({
      field: 'customer_email' as const,
      value: value.trim(),
    })),
  ];
  for (const term of terms) {
    for await (const orders of searchOrders(shop, ocapiUrl, site, term)) {
      await out.records(
        orderKind(site),
        sorter.own(orders).map(({ record }) => record),
      );
      shop.onPage();
    }
  }
}

/** Separates the subject's orders from others', each once. */
class OrderSorter {
  withheld = 0;
  readonly #customers: readonly Customer[];
  readonly #emails: ReadonlySet<string>;
  readonly #doubtful: ReadonlySet<string>;
  #seen = new Set<string>();

  constructor({ customers, emails, doubtful }: Buyer) {
    this.#customers = customers;
    this.#emails = new Set(emails.map(plainEmail));
    this.#doubtful = new Set(doubtful.map(plainEmail));
  }

  /** Two stretches of time share an instant, and two searches may share an order. */
  own(orders: readonly Order[]): Order[] {
    return orders.filter((order) => {
      const whose = this.#whose(order);
      if (whose === 'other' || this.#seen.has(order.orderNo)) return false;
      this.#seen.add(order.orderNo);
      if (whose === 'doubtful') this.withheld += 1;
      return whose === 'own';
    });
  }

  forgetBut(orderNumbers: readonly string[]): void {
    this.#seen = new Set(orderNumbers);
  }

  /**
   * If another customer placed an order with the subject's address, it is doubtful. Each customer
   * list numbers its own customers, so a number alone means nothing if the customer's ID is
   * another.
   */
  #whose({ customerNo, customerId, email, isGuest }: Order): 'own' | 'doubtful' | 'other' {
    if (
      customerId !== '' &&
      this.#customers.some((customer) => customer.customerId === customerId)
    ) {
      return 'own';
    }
    const numbered = this.#customers.filter((customer) => customer.customerNo === customerNo);
    if (numbered.some((customer) => customer.customerId === '' || customerId === '')) return 'own';
    if (this.#doubtful.has(plainEmail(email))) return 'doubtful';
    if (!this.#emails.has(plainEmail(email))) return 'other';
    return isGuest || customerNo === '' ? 'own' : 'doubtful';
  }
}
