import { randomBytes } from 'node:crypto';
import type { Clock } from '../../server/clock.ts';
import type { KeyPair } from '../../server/credentials.ts';
import { json, jsonBody, type Answer, type Call, type Route } from '../../server/http.ts';
import type { MarketingCloudNotes } from '../../seed/clouds.ts';

/** The tokens of Marketing Cloud. Each belongs to one business unit. */
export interface UnitTokens {
  readonly route: Route;
  /** The MID of a token. Undefined if the token is unknown or too old. */
  midOf(token: string): string | undefined;
  expireAll(): number;
}

const SCOPE =
  'data_extensions_read list_and_subscribers_read email_read tracking_events_read audiences_read';
const DOCUMENTATION = 'https://developer.salesforce.com/docs';

/** The token endpoint. Without an account, the token belongs to the first business unit. */
export function keepUnitTokens(
  notes: MarketingCloudNotes,
  client: KeyPair,
  clock: Clock,
  base: () => string,
): UnitTokens {
  const given = new Map<string, { mid: string; until: number }>();
  const mids = Object.keys(notes.businessUnits);

  const token = (call: Call): Answer => {
    const {
      grant_type: grant,
      client_id: id,
      client_secret: secret,
      account_id: account,
    } = jsonBody(call);
    if (grant !== 'client_credentials') {
      return refused(400, 'unsupported_grant_type', 'The grant type is not supported.');
    }
    if (id !== client.id || secret !== client.secret) {
      return refused(
        401,
        'invalid_client',
        'Client authentication failed. Verify the client ID and secret.',
      );
    }
    const mid =
      typeof account === 'number' || typeof account === 'string'
        ? String(account)
        : (mids[0] ?? '');
    if (!mids.includes(mid)) {
      return refused(400, 'invalid_request', 'The account is not accessible to the client.');
    }
    const made = `eyJ${randomBytes(48).toString('base64url')}`;
    given.set(made, { mid, until: clock.now() + notes.tokenSeconds * 1_000 });
    return json(200, {
      access_token: made,
      token_type: 'Bearer',
      expires_in: notes.tokenSeconds,
      scope: SCOPE,
      rest_instance_url: `${base()}/rest/`,
      soap_instance_url: `${base()}/soap/`,
    });
  };

  return {
    route: { method: 'POST', path: '/v2/token', handle: token },
    midOf: (made) => {
      const found = given.get(made);
      return found && found.until > clock.now() ? found.mid : undefined;
    },
    expireAll: () => {
      const { size } = given;
      given.clear();
      return size;
    },
  };
}

const refused = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description, error_uri: DOCUMENTATION });
