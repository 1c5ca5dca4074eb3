import * as z from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import {
  askForToken,
  lasting,
  shareSignIn,
  type CloudClient,
  type SignIn,
} from '../shared/cloud-client.ts';

/** An API client of the Account Manager, which signs in as a system. */
export interface ShopCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly organizationId: string;
  readonly scopes: readonly string[];
}

/** The shop of one organization, for one export. */
export interface Shop {
  readonly system: string;
  readonly client: CloudClient<string>;
  /** `https://<shortCode>.api.commercecloud.salesforce.com`. */
  readonly apiUrl: string;
  readonly organizationId: string;
  readonly onPage: () => void;
}

/** RFC 6749, section 5.1: the token is a must, its length of life is not. */
const tokenShape = z.looseObject({ access_token: z.string().min(1), expires_in: lasting });

/** @see Commerce API, "Authorization for Admin APIs"; read 2026-11 */
export function shopSignIn(
  system: string,
  { tokenUrl, clientId, clientSecret, organizationId, scopes }: ShopCredentials,
): SignIn<string> {
  return shareSignIn(async () => {
    const tenant = organizationId.replace(/^f_ecom_/, '');
    const { access_token, expires_in } = await askForToken(system, tokenShape, {
      method: 'POST',
      url: tokenUrl,
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: [`SALESFORCE_COMMERCE_API:${tenant}`, ...scopes].join(' '),
      }).toString(),
    });
    return { token: access_token, ...(typeof expires_in === 'number' && { lasts: expires_in }) };
  });
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The most that offset and limit may add up to. */
export const DEEPEST = 10_000;

/** How long a list is, if it says so: lists of orders do not. */
export const totalShape = z.number().nullish();

/**
 * What can be done about a refusal, by the last step of its `type`, or by the fault's type in the
 * older interface.
 */
export const ADVICE: Readonly<Record<string, string>> = {
  customer_list_not_found: 'Mend `customerLists`: no customer list has this ID.',
  site_not_found: 'Mend `sites`: no site has this ID.',
  organization_not_found: 'Mend `organizationId`.',
  ClientAccessForbiddenException:
    'Let the API client use order_search: Business Manager, Administration, Site Development, ' +
    'Open Commerce API Settings.',
};

/**
 * The offset of a list's next page; nothing if this was the last. A list that states its length
 * must not end earlier. Any other list is read until a page is empty: a page shorter than asked may
 * be the server's own limit.
 *
 * @throws SystemFailure `unreadable` if the list ends too early
 */
export function nextOffset(
  system: string,
  {
    offset,
    got,
    total,
  }: {
    offset: number;
    got: number;
    total: number | null | undefined;
  },
): number | undefined {
  if (total === null || total === undefined) return got === 0 ? undefined : offset + got;
  if (offset + got >= total) return undefined;
  if (got === 0) throw new SystemFailure({ kind: 'unreadable', system, code: 'EMPTY_PAGE' });
  return offset + got;
}
