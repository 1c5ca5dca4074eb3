import * as z from 'zod';
import type {
  CloudConnector,
  ConnectorContext,
  ConnectorModule,
  ConnectorParts,
  Question,
  MissingPart,
} from '../spi.ts';
import { safeNameFor } from '../../contract/package-path.ts';
import { addressesOf, customersWith, readCustomer, type Customer } from './customers.ts';
import { exportOrders, type Buyer, type OrderSearch } from './export-orders.ts';
import { ADVICE, shopSignIn, type Shop } from './shop.ts';
import { cloudClient } from '../shared/cloud-client.ts';
import { exportOf, writingFiles, type CloudFiles, type Kind } from '../shared/cloud-files.ts';
import { piecemeal, type Piecemeal } from '../shared/piecemeal.ts';
import { emailsOf, tellApart, tyingIds, type ToldApart } from '../shared/tell-apart.ts';

const name = z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, "_" or "-"');

const options = z
  .strictObject({
    apiUrl: z
      .url()
      .transform((url) => url.replace(/(?<!\/)\/+$/, ''))
      .describe('`https://<shortCode>.api.commercecloud.salesforce.com`.'),
    tokenUrl: z
      .url()
      .default('https://account.demandware.com/dwsso/oauth2/access_token')
      .describe('Where the Account Manager gives tokens.'),
    clientId: z.string().describe('An API client of the Account Manager.'),
    clientSecret: z.string().describe('Its secret.'),
    organizationId: z
      .string()
      .regex(/^f_ecom_\w+$/, 'must be an organization ID such as "f_ecom_zzrf_001"')
      .describe('`f_ecom_<realm>_<instance>`.'),
    scopes: z
      .array(z.string())
      .default(['sfcc.customerlists', 'sfcc.orders'])
      .describe('What the client asks to be allowed.'),
    customerLists: z.array(name).min(1).describe('Where customers lie.'),
    sites: z.array(name).default([]).describe('Where orders lie.'),
    orders: z
      .enum(['scan', 'search', 'off'])
      .default('scan')
      .describe(
        '`scan` reads all orders of the sites since `ordersSince`, for the API finds none by ' +
          'customer; it goes on where it stopped. `search` asks OCAPI at `ocapiUrl`. `off` is a ' +
          'gap.',
      ),
    ordersSince: z.iso.date().optional().describe('The day of the first order, for `scan`.'),
    ordersWindow: z
      .number()
      .int()
      .positive()
      .default(30)
      .describe('Days that one list of orders covers.'),
    ocapiUrl: z
      .string()
      .includes('{site}', {
        error: 'must hold {site}, as in "https://shop.example/s/{site}/dw/shop/v24_5"',
      })
      .optional()
      .describe('For `search`: such as `https://shop.example/s/{site}/dw/shop/v24_5`.'),
    customerNumbers: z
      .array(z.string())
      .default([])
      .describe('Names of external IDs that are customer numbers.'),
  })
  .refine((it) => it.orders === 'off' || it.sites.length > 0, {
    path: ['sites'],
    message: 'must name the sites whose orders are exported, or set orders: off',
  })
  .refine((it) => it.orders !== 'scan' || it.ordersSince !== undefined, {
    path: ['ordersSince'],
    message: 'must be the day of the first order, such as "2019-01-01"',
  })
  .refine((it) => it.orders !== 'search' || it.ocapiUrl !== undefined, {
    path: ['ocapiUrl'],
    message: 'is needed for orders: search',
  });
type Options = z.infer<typeof options>;
/**
 * B2C Commerce: registered customers by exact e-mail address, their addresses, and the orders of
 * these customers and of guests with that address. A repeated export continues the orders at the
 * place that it reached.
 */
export default {
  kind: 'cloud',
  needsSalesforce: false,
  options,
  create: (given, parts) => b2cCommerce(given, parts),
} satisfies ConnectorModule<Options>;

function b2cCommerce(given: Options, { id, dataSources }: ConnectorParts): CloudConnector {
  const signIn = shopSignIn(id, given);
  const { apiUrl, organizationId, customerLists, sites } = given;
  const shopOf = (signal: AbortSignal, onPage: () => void): Shop => ({
    system: id,
    client: cloudClient(id, signIn, signal),
    apiUrl,
    organizationId,
    onPage,
  });
  return {
    async export(outer, question) {
      const gaps: MissingPart[] = [];
      let last: unknown = outer.resume ?? { customers: true };
      const context: ConnectorContext = {
        ...outer,
        heartbeat: (details) => outer.heartbeat((last = details)),
      };
      const shop = shopOf(context.signal, () => outer.heartbeat(last));
      const parts = piecemeal({ advice: ADVICE });
      const found = await findCustomers(shop, question, {
        lists: customerLists,
        numbers: numbersIn(question, dataSources, given.customerNumbers),
        dataSources,
        gaps,
        parts,
      });
      const {
        files,
        tables,
        result: withheldOrders,
      } = await writingFiles(context, async (out) => {
        await exportCustomers(shop, out, found.own, parts);
        const search = searchOf(given);
        const left =
          search === undefined
            ? 0
            : await exportOrders(shop, out, context, {
                sites,
                search,
                buyer: buyerOf(question, found),
                parts,
              });
        parts.end();
        return left;
      });
      gaps.push(...parts.refused);
      for (const by of new Set(found.withheld.map((it) => it.by))) {
        gaps.push({
          because: 'ambiguous-rows',
          note:
            `A customer may be somebody else's: it was found by ${by}, and name or birth date ` +
            'differ. It and all that belongs to it is left out.',
        });
      }
      if (withheldOrders > 0) {
        gaps.push({
          because: 'ambiguous-rows',
          note:
            `${withheldOrders} order(s) carry the subject's address and were placed by another ` +
            'customer, or by one who may be somebody else. They are left out.',
        });
      }
      if (given.orders === 'off') {
        gaps.push({
          because: 'restricted',
          note: 'Orders are left out by a decision of the organisation.',
          advice: 'The setting is `orders: off`.',
        });
      }
      return {
        ...exportOf(context, 'b2c-commerce', { files, tables }),
        provenance: {
          host: new URL(apiUrl).host,
          organization: organizationId,
          api: 'customers/v1, orders/v1',
          orders: given.orders,
        },
        withheldRows: found.withheld.length + withheldOrders,
        notes:
          given.orders === 'scan' ? [`Orders were looked for since ${given.ordersSince}.`] : [],
        gaps,
      };
    },
    async check(signal) {
      for (const list of customerLists) {
        await customersWith(
          shopOf(signal, () => undefined),
          list,
          'dossier-check@example.invalid',
        );
      }
      return (
        `${new URL(apiUrl).host} lets us search ${customerLists.length} customer list(s); ` +
        `orders: ${given.orders}`
      );
    },
  };
}

function searchOf({
  orders,
  ordersSince,
  ordersWindow,
  ocapiUrl,
}: Options): OrderSearch | undefined {
  if (orders === 'scan' && ordersSince !== undefined) {
    return { way: 'scan', since: ordersSince, days: ordersWindow };
  }
  return orders === 'search' && ocapiUrl !== undefined ? { way: 'search', ocapiUrl } : undefined;
}

/** Customer numbers that surely are the subject's. */
const numbersIn = (
  { profiles, identifiers }: Question,
  dataSources: readonly string[],
  names: readonly string[],
): string[] => [
  ...new Set([
    ...profiles
      .filter(({ dataSource }) => dataSources.includes(dataSource))
      .map(({ partyId }) => partyId),
    ...identifiers
      .filter((it) => names.some((known) => it.name === `externalIds.${known}`))
      .map(({ value }) => value),
  ]),
];

interface CustomerSearch {
  readonly lists: readonly string[];
  readonly numbers: readonly string[];
  readonly dataSources: readonly string[];
  readonly gaps: MissingPart[];
  readonly parts: Piecemeal;
}

/**
 * `isWhole`: every list was read to its end, so nobody at the subject's addresses was overlooked.
 */
interface FoundCustomers extends ToldApart<Customer> {
  readonly isWhole: boolean;
}

async function findCustomers(
  shop: Shop,
  question: Question,
  { lists, numbers, dataSources, gaps, parts }: CustomerSearch,
): Promise<FoundCustomers> {
  const { known = [] } = question;
  const tied = new Set([...numbers, ...tyingIds(question, dataSources)]);
  const found = new Map<string, Customer[]>();
  const whole = new Set<string>();
  const searchList = async (list: string): Promise<void> => {
    let wasCut = false;
    for (const { name: by, value } of emailsOf(question)) {
      const { customers, isCut } = await customersWith(shop, list, value);
      found.set(by, [...(found.get(by) ?? []), ...customers]);
      wasCut ||= isCut;
      if (isCut) {
        gaps.push({
          because: 'restricted',
          note: `The search by ${by} in the customer list ${list} found more customers than it gives.`,
          advice: 'Give customer numbers as external IDs.',
        });
      }
    }
    for (const number of numbers) {
      const read = await readCustomer(shop, list, number);
      if (read !== undefined) found.set('', [...(found.get('') ?? []), read.customer]);
    }
    if (!wasCut) whole.add(list);
  };
  for (const list of lists) {
    await parts.read(`The customer list ${list}`, () => searchList(list));
  }
  const apart = tellApart(found, {
    isTied: ({ customerNo, customerId }) =>
      tied.has(customerNo) || (customerId !== '' && tied.has(customerId)),
    known,
  });
  return { ...apart, isWhole: lists.every((list) => whole.has(list)) };
}

async function exportCustomers(
  shop: Shop,
  out: CloudFiles,
  customers: readonly Customer[],
  parts: Piecemeal,
): Promise<void> {
  for (const customer of customers) {
    await parts.read(`A customer of the list ${customer.list}`, async () => {
      const read = await readCustomer(shop, customer.list, customer.customerNo);
      if (read !== undefined) {
        await out.records(kindOf(customer, 'customers', 'Customer', 'Customers'), [read.record]);
      }
      for await (const addresses of addressesOf(shop, customer)) {
        await out.records(kindOf(customer, 'addresses', 'CustomerAddress', 'Addresses'), addresses);
      }
    });
  }
}

const kindOf = ({ list }: Customer, path: string, kind: string, label: string): Kind => ({
  path: `${safeNameFor(list)}/${path}`,
  name: kind,
  label,
});

/**
 * If a list was refused or cut, nobody there could contradict. Then any of the addresses may have
 * another person's guest orders.
 */
function buyerOf(question: Question, { own, doubtful, isWhole }: FoundCustomers): Buyer {
  const emails = emailsOf(question);
  const isDoubtful = ({ name: by }: { readonly name: string }) => !isWhole || doubtful.has(by);
  return {
    customers: own,
    emails: emails.filter((it) => !isDoubtful(it)).map(({ value }) => value),
    doubtful: emails.filter(isDoubtful).map(({ value }) => value),
  };
}
