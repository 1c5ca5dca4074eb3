import * as z from 'zod';
import {
  askForToken,
  cloudClient,
  lasting,
  shareSignIn,
  type CloudClient,
  type SignIn,
} from '../shared/cloud-client.ts';

/** The credentials for every business unit: one installed package of the enterprise. */
export interface PackageCredentials {
  readonly authUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token of one business unit, and the hosts that accept it. URLs end in `/`. */
export interface UnitToken {
  readonly value: string;
  readonly rest: string;
  readonly soap: string;
}

/** One business unit, for one export. */
export interface BusinessUnit {
  /** Its MID. */
  readonly mid: string;
  readonly system: string;
  readonly signal: AbortSignal;
  readonly client: CloudClient<UnitToken>;
  readonly onPage: () => void;
  /** Properties that the account turned out not to have, such as `OpenEvent.PartnerKey`. */
  readonly unknown: Set<string>;
}

/** Both hosts come with the token, and nowhere else. */
const tokenShape = z.looseObject({
  access_token: z.string().min(1),
  expires_in: lasting,
  rest_instance_url: z.url(),
  soap_instance_url: z.url(),
});

/**
 * Signs in to a business unit: a token is good for the unit that it was asked for, and no other.
 *
 * @see Marketing Cloud Engagement, "Create an Access Token": `/v2/token`; read 2026-11
 */
export function unitSignIn(
  system: string,
  { authUrl, clientId, clientSecret }: PackageCredentials,
  mid: string,
): SignIn<UnitToken> {
  return shareSignIn(async () => {
    const { access_token, expires_in, rest_instance_url, soap_instance_url } = await askForToken(
      system,
      tokenShape,
      {
        method: 'POST',
        url: `${withSlash(authUrl)}v2/token`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          account_id: /^\d{1,15}$/.test(mid) ? Number(mid) : mid,
        }),
      },
    );
    return {
      token: {
        value: access_token,
        rest: withSlash(rest_instance_url),
        soap: withSlash(soap_instance_url),
      },
      ...(typeof expires_in === 'number' && { lasts: expires_in }),
    };
  });
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

export const openUnit = (
  signIn: SignIn<UnitToken>,
  unit: Omit<BusinessUnit, 'client'>,
): BusinessUnit => ({ ...unit, client: cloudClient(unit.system, signIn, unit.signal) });

export const bearer = ({ value }: UnitToken) => ({ authorization: `Bearer ${value}` });
