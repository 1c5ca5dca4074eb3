import * as z from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import { plainEmail, type Candidate } from '../shared/tell-apart.ts';
import { bearer, DEEPEST, nextOffset, totalShape, type Shop } from './shop.ts';

/** A registered customer of one customer list. */
export interface Customer extends Candidate {
  readonly list: string;
  readonly customerNo: string;
  readonly customerId: string;
}

/**
 * The specification promises `customerNo` and `lastName` alone: Customers 1.1.3, schema `Customer`.
 */
const customerShape = z.looseObject({
  customerNo: z.string(),
  customerId: z.string().nullish(),
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  birthday: z.string().nullish(),
});
/** Even an empty list has one of these members: a response with neither is no list. */
const searchShape = z
  .looseObject({
    total: totalShape,
    hits: z.array(z.looseObject({ data: customerShape.nullish() })).nullish(),
  })
  .refine(({ total, hits }) => (total ?? hits ?? undefined) !== undefined);
const addressesShape = z
  .looseObject({ total: totalShape, data: z.array(z.looseObject({})).nullish() })
  .refine(({ total, data }) => (total ?? data ?? undefined) !== undefined);

/** Hits and addresses on one page. */
const HITS = 200;
const ADDRESSES = 50;

const listUrl = ({ apiUrl, organizationId }: Shop, list: string): string =>
  `${apiUrl}/customer/customers/v1/organizations/${encodeURIComponent(organizationId)}/customer-lists/${encodeURIComponent(list)}`;

/**
 * Customers of a list with exactly this address. `isCut`: the search found more than it returns.
 *
 * The search ranks by likeness and also finds parts of addresses, so every hit is compared here.
 *
 * @throws SystemFailure
 * @see Commerce API, Customers, `customer-search`; read 2026-11
 */
export async function customersWith(
  shop: Shop,
  list: string,
  email: string,
): Promise<{ readonly customers: Customer[]; readonly isCut: boolean }> {
  const customers: Customer[] = [];
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const from: number = offset;
    if (from + HITS > DEEPEST) return { customers, isCut: true };
    const { total, hits } = await shop.client.ask(searchShape, (token) => ({
      method: 'POST',
      url: `${listUrl(shop, list)}/customer-search`,
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: JSON.stringify({
        limit: HITS,
        offset: from,
        query: { textQuery: { fields: ['email'], searchPhrase: email.trim() } },
      }),
    }));
    shop.onPage();
    for (const { data } of hits ?? []) {
      if (data && plainEmail(data.email ?? '') === plainEmail(email)) {
        customers.push(customerOf(list, data));
      }
    }
    offset = nextOffset(shop.system, { offset: from, got: hits?.length ?? 0, total });
  }
  return { customers, isCut: false };
}

/**
 * Codes of a 404 that is not about one customer: the list or the organization itself is not there.
 */
const ELSEWHERE = new Set(['customer_list_not_found', 'organization_not_found']);

/**
 * A customer by number, whole as the API returns it; nothing if the list has no such customer.
 * @throws SystemFailure
 */
export async function readCustomer(
  shop: Shop,
  list: string,
  customerNo: string,
): Promise<{ readonly customer: Customer; readonly record: object } | undefined> {
  try {
    const record = await shop.client.ask(customerShape, (token) => ({
      method: 'GET',
      url: `${listUrl(shop, list)}/customers/${encodeURIComponent(customerNo)}`,
      headers: bearer(token),
    }));
    shop.onPage();
    return { customer: customerOf(list, record), record };
  } catch (error) {
    if (
      error instanceof SystemFailure &&
      error.facts.status === 404 &&
      !ELSEWHERE.has(error.facts.code ?? '')
    ) {
      return undefined;
    }
    throw error;
  }
}

/** Addresses of a customer, page by page. @throws SystemFailure */
export async function* addressesOf(
  shop: Shop,
  { list, customerNo }: Customer,
): AsyncGenerator<object[], void> {
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const from: number = offset;
    const { total, data } = await shop.client.ask(addressesShape, (token) => ({
      method: 'GET',
      url: `${listUrl(shop, list)}/customers/${encodeURIComponent(customerNo)}/addresses?limit=${ADDRESSES}&offset=${from}`,
      headers: bearer(token),
    }));
    shop.onPage();
    yield data ?? [];
    offset = nextOffset(shop.system, { offset: from, got: data?.length ?? 0, total });
  }
}

const customerOf = (
  list: string,
  { customerNo, customerId, firstName, lastName, birthday }: z.infer<typeof customerShape>,
): Customer => ({
  key: `${list} ${customerNo}`,
  list,
  customerNo,
  customerId: customerId ?? '',
  givenName: firstName ?? '',
  familyName: lastName ?? '',
  birthDate: (birthday ?? '').slice(0, 10),
});
