import type { WireStand } from '../wire-stand.ts';
import { sources } from '../sources.ts';
import { json, ok, page, type WireApi } from '../wire-case.ts';

const CALL = 'POST services/a360/token';
const granted = {
  access_token: '1234.eyJhdWRpZW5jZVRlbmFudElkIjoiYTM2MC9mYWxjb25kZXYvMTIzNCJ9.5678',
  instance_url: '{origin}',
  token_type: 'Bearer',
  issued_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  expires_in: 7193,
};
const lookup = { 'GET api/v1/universalIdLookup/*': ok({ data: [] }) };
const refused = (error: string, status = 400) => ({
  [CALL]: json(status, { error, error_description: 'for ana.lima@example.com' }),
});
const lookUp = (at: WireStand) =>
  at.salesforce.universalIds('brand_b', 'L__dlm', {
    dataSource: 'S',
    dataSourceObject: 'O',
    id: '1',
  });

export default {
  api: 'Token of the tenant: /services/a360/token',
  connectors: ['data-cloud'],
  ask: lookUp,
  cases: [
    {
      rule: 'trades the core token for one of the data space',
      source: [sources.jdbcToken, sources.tokenExchange],
      answers: { [CALL]: ok(granted), ...lookup },
      ask: async (at) => {
        await lookUp(at);
        const [exchange, call] = at.calls.filter(({ path }) => !path.includes('oauth2'));
        return [
          Object.fromEntries(new URLSearchParams(exchange?.body)),
          call?.headers.authorization,
        ];
      },
      gives: [
        {
          grant_type: 'urn:salesforce:grant-type:external:cdp',
          subject_token: '00Dxx!CORE',
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          dataspace: 'brand_b',
        },
        `Bearer ${granted.access_token}`,
      ],
    },
    {
      rule: 'takes a token that does not say how long it lasts, or says it as a text',
      source: sources.jdbcToken,
      guess: 'that the time may be left out or be a text',
      answers: { [CALL]: ok({ ...granted, expires_in: '7193' }), ...lookup },
      gives: [],
    },
    {
      rule: 'reads a refusal that comes with status 200',
      source: {
        ...sources.jdbcToken,
        at: 'jdbc-http/src/main/java/com/salesforce/datacloud/jdbc/auth/model/DataCloudTokenResponse.java',
      },
      answers: refused('invalid_scope', 200),
      fails: { kind: 'denied', status: 200, code: 'invalid_scope', action: /cdp_query_api/ },
    },
    {
      rule: 'says which scopes are missing',
      source: sources.tokenExchange,
      guess: 'the code for a missing scope',
      answers: refused('invalid_scope'),
      fails: { kind: 'denied', status: 400, code: 'invalid_scope', action: /cdp_query_api/ },
    },
    {
      rule: 'says that the data space may be named wrongly',
      source: sources.tokenExchange,
      guess: 'the code for an unknown data space',
      answers: refused('invalid_request'),
      fails: { kind: 'denied', code: 'invalid_request', action: /brand_b/ },
    },
    {
      rule: 'signs in again where the core token has ended',
      source: sources.jdbcToken,
      answers: {
        [CALL]: [
          json(400, { error: 'invalid_grant', error_description: 'expired authorization code' }),
          ok(granted),
        ],
        ...lookup,
      },
      gives: [],
    },
    {
      rule: 'says what a login page in place of a token means',
      source: sources.jdbc,
      answers: { [CALL]: page() },
      fails: {
        kind: 'unreadable',
        status: 200,
        code: 'NOT_JSON',
        action: /page came in place of data/,
      },
    },
    {
      rule: 'waits where it is told to retry',
      source: sources.jdbcRetry,
      answers: refused('unknown_error'),
      fails: { kind: 'unavailable', status: 400, code: 'unknown_error' },
    },
  ],
} satisfies WireApi;
