import type { WireStand } from '../wire-stand.ts';
import { sources } from '../sources.ts';
import { json, ok, page, raw, type WireApi } from '../wire-case.ts';

const CALL = 'POST services/oauth2/token';
const granted = {
  access_token: '00DR0000000KvIt!AQ',
  signature: '0w96S+=',
  scope: 'refresh_token cdpquery api cdpprofile',
  instance_url: '{origin}',
  id: '{origin}/id/00DR0000000KvItMAK/005R0000000pgIjIAI',
  token_type: 'Bearer',
  issued_at: '1611569641915',
};
const spaces = {
  'GET services/data/v67.0/ssot/data-spaces': ok({
    dataSpaces: [{ name: 'default' }],
    totalSize: 1,
  }),
};
const refused = (error: string, description: string, status = 400) => ({
  [CALL]: json(status, { error, error_description: description }),
});
/** Names what was sent with the token. */
const withToken = async (at: WireStand): Promise<unknown> => {
  await at.salesforce.dataSpaces();
  return at.calls
    .filter(({ path }) => path.includes('data-spaces'))
    .map(({ path, headers }) => [path, headers.authorization]);
};
const sent = [['/services/data/v67.0/ssot/data-spaces', 'Bearer 00DR0000000KvIt!AQ']];

export default {
  api: 'Sign-in: /services/oauth2/token',
  connectors: ['data-cloud', 'core-crm', 'privacy-center', 'data-cloud-portability'],
  ask: withToken,
  cases: [
    {
      rule: 'takes the token, whatever scopes and signatures come with it',
      source: [sources.jdbcToken, sources.jdbc],
      answers: { [CALL]: ok(granted), ...spaces },
      gives: sent,
    },
    {
      rule: 'takes a token without signature and time, as of a signed assertion',
      source: sources.tokenExchange,
      answers: {
        [CALL]: ok({
          access_token: granted.access_token,
          scope: 'api',
          instance_url: '{origin}',
          id: granted.id,
          token_type: 'Bearer',
        }),
        ...spaces,
      },
      gives: sent,
    },
    {
      rule: 'needs no address of the user',
      source: sources.pythonSignIn,
      answers: {
        [CALL]: ok({ access_token: granted.access_token, instance_url: '{origin}' }),
        ...spaces,
      },
      gives: sent,
    },
    {
      rule: 'drops the slash behind the address of the instance',
      source: sources.jsforce,
      guess: 'that an address may end in a slash',
      answers: { [CALL]: ok({ ...granted, instance_url: '{origin}/' }), ...spaces },
      gives: sent,
    },
    {
      rule: 'signs in again at the first 401',
      source: sources.restErrors,
      answers: {
        [CALL]: [ok({ ...granted, access_token: 'OLD' }), ok(granted)],
        'GET ssot/data-spaces': [
          json(401, [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]),
          spaces['GET services/data/v67.0/ssot/data-spaces'],
        ],
      },
      gives: [['/services/data/v67.0/ssot/data-spaces', 'Bearer OLD'], ...sent],
    },
    {
      rule: 'says what to check where the flow is not allowed',
      source: sources.jdbcToken,
      answers: refused('invalid_grant', 'request not supported on this domain'),
      fails: { kind: 'denied', status: 400, code: 'invalid_grant', action: /My Domain host/ },
    },
    {
      rule: 'says what to check where the user did not approve the app',
      source: sources.simpleSalesforce,
      answers: refused('invalid_grant', "user hasn't approved this consumer"),
      fails: { kind: 'denied', status: 400, code: 'invalid_grant' },
    },
    {
      rule: 'says what to check where the secret is wrong',
      source: sources.jdbcToken,
      answers: refused('invalid_client', 'invalid client credentials', 401),
      fails: {
        kind: 'denied',
        status: 401,
        code: 'invalid_client',
        action: /client ID and its secret/,
      },
    },
    {
      rule: 'asks again where it is told to retry, although with 400',
      source: sources.jdbcRetry,
      answers: refused('unknown_error', 'retry your request'),
      fails: { kind: 'unavailable', status: 400, code: 'unknown_error' },
    },
    {
      rule: 'says where an address leads that My Domain has left',
      source: sources.http,
      answers: {
        [CALL]: raw(302, '', {
          location: 'https://acme-new.my.salesforce.com/services/oauth2/token',
        }),
      },
      fails: {
        kind: 'unreadable',
        status: 302,
        action: /leads elsewhere to acme-new\.my\.salesforce\.com.*loginUrl/,
      },
    },
    {
      rule: 'says that an address leads elsewhere, even where it does not say whither',
      source: sources.http,
      answers: { [CALL]: raw(301, '<html>Moved</html>', { 'content-type': 'text/html' }) },
      fails: { kind: 'unreadable', status: 301, action: /leads elsewhere, .*loginUrl/ },
    },
    {
      rule: 'says what a page in place of a token means',
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
      rule: 'waits for a server that sets things up',
      source: sources.airbyteRules,
      answers: { [CALL]: page(420, 'We are setting things up.') },
      fails: { kind: 'unavailable', status: 420 },
    },
  ],
} satisfies WireApi;
