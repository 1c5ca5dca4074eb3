import * as z from 'zod';
import { SystemFailure } from '../../domain/failure.ts';
import { askForToken, shareSignIn, type CloudClient, type SignIn } from '../shared/cloud-client.ts';

/** What signs in as a system: an API client of the Account Manager. */
export interface ShopCredentials { readonly tokenUrl: string; readonly clientId: string; readonly clientSecret: string; readonly organizationId: string; readonly scopes: readonly string[] }

/** One organization's shop under export. */
export interface Shop {
  readonly system: string;
  readonly client: CloudClient<string>;
  /** `https://<shortCode>.api.commercecloud.salesforce.com`. */
  readonly apiUrl: string;
  readonly organizationId: string;
  readonly onPage: () => void;
}

const tokenShape = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().optional() });

/** @see Commerce API, "Authorization for Admin APIs"; read 2026-11 */
export function shopSignIn(system: string, { tokenUrl, clientId, clientSecret, organizationId, scopes }: ShopCredentials): SignIn<string> {
  return shareSignIn(async () => {
    const tenant = organizationId.replace(/^f_ecom_/, '');
    const { access_token, expires_in } = await askForToken(system, tokenShape, {
      method: 'POST', url: tokenUrl,
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: [`SALESFORCE_COMMERCE_API:${tenant}`, ...scopes].join(' ') }).toString(),
    });
    return { token: access_token, ...(expires_in !== undefined && { lasts: expires_in }) };
  });
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The most that offset and limit may come to. */
export const DEEPEST = 10_000;

/** A page of a list that says how long it is. @throws SystemFailure `unreadable` for one that ends too early */
export function nextOffset(system: string, { offset, got, total }: { offset: number; got: number; total: number }): number | undefined {
  if (offset + got >= total) return undefined;
  if (got === 0) throw new SystemFailure({ kind: 'unreadable', system, code: 'EMPTY_PAGE' });
  return offset + got;
}
