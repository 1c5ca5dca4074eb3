import type { GivenToken } from './oauth.ts';
import { bearerOf, formOf, json, type Answer, type Call, type Route } from '../server/http.ts';

/** The org, and the user of every token of the core. */
export const ORG = '00Dxx0000001gPLEAY';
export const USER = '005xx000001SwiUAAS';

const NAME = { first: 'Integration', last: 'User' };

/** The record of that user. `CreatedById` leads to it. */
export const API_USER = {
  Id: USER,
  Username: 'dossier@acme.example',
  Email: 'dossier@acme.example',
  FirstName: NAME.first,
  LastName: NAME.last,
  Name: `${NAME.first} ${NAME.last}`,
  IsActive: true,
  UserType: 'Standard',
};

/** What the routes about tokens need. */
export interface IdentityParts {
  /** The address of the core plane. */
  readonly core: () => string;
  readonly username: string;
  readonly clientId: string;
  readonly scope: string;
  /** The facts of an access token. Undefined for an invalid one. */
  readonly given: (token: string) => GivenToken | undefined;
  readonly isRefresh: (token: string) => boolean;
  /** Why the calling app has no access. */
  readonly clientRefusal: (call: Call) => Answer | undefined;
}

const SESSION_SECONDS = 7_200;
const UPDATED_AT = '2026-01-01T00:00:00Z';

/**
 * The user of a token: the link `id` that comes with every token, `userinfo`, and `introspect`.
 *
 * @see Salesforce Help, "Identity URLs" (xcloud.remoteaccess_using_openid), "Query for User
 *   Information" (xcloud.remoteaccess_using_userinfo_endpoint) and "OpenID Connect Token
 *   Introspection" (xcloud.remoteaccess_oidc_token_introspection_endpoint); introspection besides
 *   RFC 7662; read 2026-11
 */
export function identityRoutes(parts: IdentityParts): Route[] {
  const { core, username, given } = parts;
  const id = () => `${core()}/id/${ORG}/${USER}`;
  /**
   * These two endpoints accept the token in a header or as a parameter. They refuse it with a word
   * instead of JSON.
   */
  const refusal = (call: Call): Answer | undefined => {
    const form = formOf(call);
    const token = bearerOf(call) || form.get('access_token') || form.get('oauth_token') || '';
    if (token === '') return word(403, 'Missing_OAuth_Token');
    return given(token) === undefined ? word(403, 'Bad_OAuth_Token') : undefined;
  };

  const identity = (call: Call): Answer => {
    const refused = refusal(call);
    if (refused) return refused;
    const { org = '', user = '' } = call.params;
    if (org.slice(0, 15) !== ORG.slice(0, 15)) return word(403, 'Wrong_Org');
    if (user.slice(0, 15) !== USER.slice(0, 15)) return word(404, 'Bad_Id');
    return json(200, {
      id: id(),
      asserted_user: true,
      user_id: USER,
      organization_id: ORG,
      username,
      nick_name: 'integration',
      display_name: `${NAME.first} ${NAME.last}`,
      email: username,
      email_verified: true,
      first_name: NAME.first,
      last_name: NAME.last,
      timezone: 'Europe/Lisbon',
      photos: photosOf(core()),
      mobile_phone: null,
      mobile_phone_verified: false,
      status: { created_date: null, body: null },
      urls: urlsOf(core(), call.query.get('version')),
      ...SETTINGS,
      last_modified_date: UPDATED_AT,
    });
  };

  const userinfo = (call: Call): Answer =>
    refusal(call) ??
    json(200, {
      sub: id(),
      user_id: USER,
      organization_id: ORG,
      preferred_username: username,
      nickname: 'integration',
      name: `${NAME.first} ${NAME.last}`,
      email: username,
      email_verified: true,
      given_name: NAME.first,
      family_name: NAME.last,
      zoneinfo: 'Europe/Lisbon',
      photos: photosOf(core()),
      profile: `${core()}/${USER}`,
      picture: photosOf(core()).picture,
      address: {},
      urls: urlsOf(core(), null),
      ...SETTINGS,
      updated_at: UPDATED_AT,
    });

  const introspect = (call: Call): Answer => {
    const refused = parts.clientRefusal(call);
    if (refused) return refused;
    const token = formOf(call).get('token') ?? '';
    const known = given(token);
    if (known === undefined && !parts.isRefresh(token)) return json(200, { active: false });
    const about = {
      active: true,
      scope: parts.scope,
      client_id: parts.clientId,
      username,
      sub: id(),
    };
    if (known === undefined) return json(200, { ...about, token_type: 'refresh_token' });
    const iat = Math.floor(known.issuedAt / 1_000);
    return json(200, {
      ...about,
      token_type: 'access_token',
      exp: iat + SESSION_SECONDS,
      iat,
      nbf: iat,
    });
  };

  return [
    ...['GET', 'POST'].flatMap((method) => [
      { method, path: '/services/oauth2/userinfo', handle: userinfo },
      { method, path: '/id/:org/:user', handle: identity },
    ]),
    { method: 'POST', path: '/services/oauth2/introspect', handle: introspect },
  ];
}

const SETTINGS = {
  active: true,
  user_type: 'STANDARD',
  language: 'en_US',
  locale: 'en_US',
  utcOffset: 0,
  is_app_installed: true,
};

const photosOf = (core: string) => ({
  picture: `${core}/profilephoto/005/F`,
  thumbnail: `${core}/profilephoto/005/T`,
});

/** The addresses of the APIs. The version stays `{version}`, unless the call names one. */
function urlsOf(core: string, asked: string | null): Readonly<Record<string, string>> {
  const version = asked === 'latest' ? '67.0' : (asked ?? '{version}');
  const data = `${core}/services/data/v${version}/`;
  return {
    enterprise: `${core}/services/Soap/c/${version}/${ORG.slice(0, 15)}`,
    metadata: `${core}/services/Soap/m/${version}/${ORG.slice(0, 15)}`,
    partner: `${core}/services/Soap/u/${version}/${ORG.slice(0, 15)}`,
    rest: data,
    sobjects: `${data}sobjects/`,
    search: `${data}search/`,
    query: `${data}query/`,
    recent: `${data}recent/`,
    profile: `${core}/${USER}`,
    custom_domain: core,
  };
}

const word = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html;charset=UTF-8' },
  text,
});
