import { randomBytes } from 'node:crypto';
import type { Clock } from '../../server/clock.ts';
import type { KeyPair } from '../../server/credentials.ts';
import { bearerOf, formOf, json, type Answer, type Call, type Route } from '../../server/http.ts';
import type { B2cCommerceNotes } from '../../seed/clouds.ts';
import { invalidToken, problemRefusal } from './problems.ts';

/** The tokens of the account manager. */
export interface CommerceTokens {
  readonly route: Route;
  /** @throws Refusal with 401 without a valid token, 403 if the token lacks the scope */
  check(call: Call, scope: string): void;
  expireAll(): number;
}

/** The account manager: client credentials by Basic, scopes separated by spaces. */
export function keepCommerceTokens(
  notes: B2cCommerceNotes,
  client: KeyPair,
  clock: Clock,
): CommerceTokens {
  const given = new Map<string, { scopes: readonly string[]; until: number }>();
  const tenant = `SALESFORCE_COMMERCE_API:${notes.organizationId.replace('f_ecom_', '')}`;

  const token = (call: Call): Answer => {
    const form = formOf(call);
    const basic = Buffer.from(
      /^Basic\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? '',
      'base64',
    ).toString();
    if (basic !== `${client.id}:${client.secret}`) {
      return refused(401, 'invalid_client', 'Client authentication failed');
    }
    if (form.get('grant_type') !== 'client_credentials') {
      return refused(400, 'unsupported_grant_type', 'Not supported');
    }
    const scopes = (form.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '');
    const wrong = scopes.some(
      (scope) => scope.startsWith('SALESFORCE_COMMERCE_API:') && scope !== tenant,
    );
    if (wrong || (notes.tenantScope === 'wanted' && !scopes.includes(tenant))) {
      return refused(400, 'invalid_scope', 'Unknown/invalid scope(s)');
    }
    const made = `eyJ${randomBytes(48).toString('base64url')}`;
    given.set(made, { scopes, until: clock.now() + notes.tokenSeconds * 1_000 });
    return json(200, {
      access_token: made,
      scope: scopes.join(' '),
      token_type: 'Bearer',
      expires_in: notes.tokenSeconds,
    });
  };

  return {
    route: { method: 'POST', path: '/dwsso/oauth2/access_token', handle: token },
    check: (call, scope) => {
      const found = given.get(bearerOf(call));
      if (found === undefined || found.until <= clock.now()) throw invalidToken();
      if (!found.scopes.some((it) => it === scope || it === `${scope}.rw`)) {
        throw problemRefusal(403, 'forbidden', 'Forbidden', `The token lacks the scope ${scope}.`);
      }
    },
    expireAll: () => {
      const { size } = given;
      given.clear();
      return size;
    },
  };
}

const refused = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description });
