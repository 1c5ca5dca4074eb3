import { exactJson, textOfValue } from '../../server/exact-json.ts';
import { jsonBody, type Answer, type Call, type Route } from '../../server/http.ts';
import type { CloudRecord } from '../../seed/clouds.ts';
import { problemRefusal } from './problems.ts';
import { pageOf } from './paging.ts';

/**
 * The customers of a list.
 *
 * @throws Refusal
 */
export type CustomersOf = (call: Call) => readonly CloudRecord[];

const LIST = '/customer/customers/v1/organizations/:organization/customer-lists/:list';
const EXACT = 10;
const NEAR = 4.25;

/** Customers: a search by similarity, one customer by number, and the addresses of one. */
export function customerRoutes(customersOf: CustomersOf): Route[] {
  const search = (call: Call): Answer => {
    const customers = customersOf(call);
    const { limit = 50, offset = 0, query } = jsonBody(call);
    const range = rangeOf(limit, offset);
    const [fields, phrase, exact] = queryOf(query);
    const hits = customers
      .map((customer) => ({ customer, relevance: relevanceOf(customer, fields, phrase, exact) }))
      .filter(({ relevance }) => relevance > 0)
      .toSorted((a, b) => b.relevance - a.relevance);
    const page = hits.slice(range.offset, range.offset + range.limit);
    return exactJson(200, {
      limit: page.length,
      offset: range.offset,
      total: hits.length,
      query,
      ...(page.length > 0 && {
        hits: page.map(({ customer, relevance }) => ({
          data: withoutAddresses(customer),
          relevance,
        })),
      }),
    });
  };
  const one = (call: Call): CloudRecord => {
    const customer = customersOf(call).find(
      (it) => textOfValue(it.customerNo) === call.params.customer,
    );
    if (customer === undefined) {
      throw problemRefusal(
        404,
        'customer-not-found',
        'Customer Not Found',
        'No customer has this number.',
      );
    }
    return customer;
  };
  const addresses = (call: Call): Answer => {
    const all = (one(call).addresses ?? []) as readonly CloudRecord[];
    const { limit, offset } = pageOf(call, 10, 50);
    const data = all.slice(offset, offset + limit);
    return exactJson(200, { limit, offset, total: all.length, data });
  };
  return [
    { method: 'POST', path: `${LIST}/customer-search`, handle: search },
    {
      method: 'GET',
      path: `${LIST}/customers/:customer`,
      handle: (call) => exactJson(200, withoutAddresses(one(call))),
    },
    { method: 'GET', path: `${LIST}/customers/:customer/addresses`, handle: addresses },
  ];
}

const withoutAddresses = ({ addresses: _addresses, ...customer }: CloudRecord): object => customer;

function rangeOf(limit: unknown, offset: unknown): { limit: number; offset: number } {
  const fits = Number.isInteger(limit) && Number(limit) >= 1 && Number(limit) <= 200;
  if (!fits || !Number.isInteger(offset) || Number(offset) < 0) {
    throw problemRefusal(
      400,
      'constraint-violation',
      'Bad Request',
      'limit must be from 1 to 200, offset from 0.',
    );
  }
  return { limit: Number(limit), offset: Number(offset) };
}

/**
 * The fields and the phrase of a search. A text query matches by similarity, a term query by
 * equality.
 */
function queryOf(query: unknown): [fields: readonly string[], phrase: string, exact: boolean] {
  const { textQuery, termQuery } = (query ?? {}) as {
    textQuery?: Record<string, unknown>;
    termQuery?: Record<string, unknown>;
  };
  const { fields } = textQuery ?? termQuery ?? {};
  const values = termQuery?.values;
  const phrase =
    textQuery?.searchPhrase ?? (Array.isArray(values) ? (values[0] as unknown) : undefined);
  if (!Array.isArray(fields) || typeof phrase !== 'string' || phrase === '') {
    throw problemRefusal(
      400,
      'malformed-query',
      'Bad Request',
      'query needs a textQuery with fields and searchPhrase.',
    );
  }
  return [fields.map(String), phrase, textQuery === undefined];
}

/**
 * A text query finds every value with the part before the `@`. So `ana@example.com` finds
 * `ana@example.org` as well.
 */
function relevanceOf(
  customer: CloudRecord,
  fields: readonly string[],
  phrase: string,
  exact: boolean,
): number {
  const wanted = phrase.trim().toLowerCase();
  const [part = wanted] = wanted.split('@');
  const values = fields
    .map((field) => textOfValue(customer[field]).trim().toLowerCase())
    .filter((value) => value !== '');
  if (values.includes(wanted)) return EXACT;
  return !exact && values.some((value) => value.includes(part)) ? NEAR : 0;
}
