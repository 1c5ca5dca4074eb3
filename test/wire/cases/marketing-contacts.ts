import { contactKeys } from '../../../src/connectors/marketing-cloud/contact-keys.ts';
import { openUnit, unitSignIn } from '../../../src/connectors/marketing-cloud/business-unit.ts';
import { ANA } from '../../connectors/fixture.ts';
import { json, ok, page, raw, type Source, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const contactPage: Source = {
  of: 'developer.salesforce.com/docs/atlas.en-us.noversion.mc-apis.meta/mc-apis/retrieveContactKey.htm',
  at: 'POST /contacts/v1/addresses/email/search',
  version: 'noversion',
  read: '2026-11-28',
};
const errors: Source = {
  of: 'developer.salesforce.com/docs/atlas.en-us.mc-apis.meta/mc-apis/error-handling.htm',
  at: 'Error Handling',
  version: 'current',
  read: '2026-11-28',
};
const sdk: Source = {
  of: 'github.com/DougMidgley/SFMC-SDK',
  at: 'test/resources/auth.js',
  version: '4d0fee2',
  read: '2026-11-28',
};
const mcecli: Source = {
  of: 'github.com/dawidmachon/mcecli',
  at: 'docs/dev/endpoint-notes.md',
  version: 'aaca8b1',
  read: '2026-11-28',
};
const ruby: Source = {
  of: 'www.rubydoc.info/gems/sfmc_emailer/0.0.1/SFMC/Contacts/ContactKey',
  at: '.find',
  version: '0.0.1',
  read: '2026-11-28',
};
const none: Source = {
  of: 'none found, both forms accepted',
  at: '-',
  version: '-',
  read: '2026-11-28',
};

const ask = (at: WireStand) => {
  const signIn = unitSignIn(
    'sys',
    { authUrl: at.origin, clientId: 'id', clientSecret: 'secret' },
    '100',
  );
  return contactKeys(
    openUnit(signIn, {
      mid: '100',
      system: 'sys',
      signal: new AbortController().signal,
      onPage: () => undefined,
      unknown: new Set(),
    }),
    ANA,
  );
};
const token = (value = 'TESTTOKEN') =>
  ok({
    access_token: value,
    token_type: 'Bearer',
    expires_in: 1079,
    scope: 'offline',
    rest_instance_url: '{origin}/rest/',
    soap_instance_url: '{origin}/soap/',
  });
const answered = (contactKeyDetails: unknown, channelAddress: unknown = ANA) =>
  ok({
    channelAddressResponseEntities: [{ contactKeyDetails, channelAddress }],
    requestServiceMessageID: 'a1',
    responseDateTime: '2026-11-08T10:00:00',
    resultMessages: [],
    serviceMessageID: 'b2',
  });
const search = 'POST rest/contacts/v1/addresses/email/search';
const details = (...keys: unknown[]) =>
  keys.map((contactKey) => ({ contactKey, createDate: '2014-11-15T11:51:00' }));

export default {
  api: 'Marketing Cloud: contacts by e-mail address, and the token of a business unit',
  connectors: ['marketing-cloud'],
  ask,
  always: { 'POST v2/token': token() },
  cases: [
    {
      rule: 'gives every key of the address',
      source: contactPage,
      answers: { [search]: answered(details('12345', '67890')) },
      gives: ['12345', '67890'],
    },
    {
      rule: 'gives none for somebody unknown, of whom the details are an empty object',
      source: [contactPage, ruby],
      answers: { [search]: answered([{}]) },
      gives: [],
    },
    {
      rule: 'gives none where the details are empty',
      source: none,
      guess: 'What an empty list would mean is plain.',
      answers: { [search]: answered([]) },
      gives: [],
    },
    {
      rule: 'gives none where the details are not there',
      source: none,
      guess: 'What their absence would mean is plain.',
      answers: {
        [search]: ok({
          channelAddressResponseEntities: [{ channelAddress: ANA }],
          resultMessages: [],
        }),
      },
      gives: [],
    },
    {
      rule: 'gives none where no address is answered',
      source: none,
      guess: 'Public clients look at the length of this list first.',
      answers: { [search]: ok({ channelAddressResponseEntities: [], resultMessages: [] }) },
      gives: [],
    },
    {
      rule: 'takes a key that is a number',
      source: none,
      guess: 'Keys are texts in the documents; clients of the API give numbers too.',
      answers: { [search]: answered(details(12_345)) },
      gives: ['12345'],
    },
    {
      rule: 'keeps keys of another address apart',
      source: contactPage,
      answers: { [search]: answered(details('9'), 'bo@example.com') },
      gives: [],
    },
    {
      rule: 'takes the address in any case',
      source: none,
      guess: 'Whether it is told as asked for or as stored is not said.',
      answers: { [search]: answered(details('1'), ANA.toUpperCase()) },
      gives: ['1'],
    },
    {
      rule: 'takes no keys of an address that is not named',
      source: contactPage,
      answers: {
        [search]: ok({ channelAddressResponseEntities: [{ contactKeyDetails: details('1') }] }),
      },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'is rejected where the messages speak of an error',
      source: contactPage,
      guess: 'The documents say that messages are typically absent, not what they say.',
      answers: {
        [search]: ok({
          channelAddressResponseEntities: [],
          resultMessages: [
            { resultType: 'Error', resultClass: 'x', resultCode: 'y', message: ANA },
          ],
        }),
      },
      fails: { kind: 'rejected', code: 'SEARCH_ERROR' },
    },
    {
      rule: 'is unreadable where nothing of the answer is known',
      source: contactPage,
      answers: { [search]: ok({ unexpected: true }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'is denied without the right to read contacts',
      source: mcecli,
      answers: {
        [search]: json(403, { message: 'Insufficient privileges to complete this action.' }),
      },
      fails: { kind: 'denied', status: 403 },
    },
    {
      rule: 'tells the number of an error and no word more',
      source: errors,
      answers: {
        [search]: json(400, {
          documentation: 'https://developer.salesforce.com',
          errorcode: 10_003,
          message: `${ANA} is wrong`,
        }),
      },
      fails: { kind: 'rejected', status: 400, code: '10003' },
    },
    {
      rule: 'signs in anew where the token has ended',
      source: sdk,
      answers: {
        'POST v2/token': [token('A'), token('B')],
        [search]: [
          json(401, {
            documentation:
              'https://developer.salesforce.com/docs/atlas.en-us.mc-apis.meta/mc-apis/error-handling.htm',
            errorcode: 0,
            message: 'Not Authorized',
          }),
          answered([{}]),
        ],
      },
      gives: [],
    },
    {
      rule: 'is denied where the package is not known',
      source: sdk,
      answers: {
        'POST v2/token': json(401, {
          error: 'invalid_client',
          error_description:
            'Client authentication failed. Make sure that the client ID and client secret are ' +
            'valid and that the package is installed and enabled.',
          error_uri: 'https://developer.salesforce.com/docs',
        }),
      },
      fails: { kind: 'denied', status: 401, code: 'invalid_client' },
    },
    {
      rule: 'takes hosts without a slash at their end',
      source: none,
      guess: 'The recorded ones end in one.',
      answers: {
        'POST v2/token': ok({
          access_token: 'T',
          rest_instance_url: '{origin}/rest',
          soap_instance_url: '{origin}/soap',
        }),
        [search]: answered([{}]),
      },
      gives: [],
    },
    {
      rule: 'waits where the service is down',
      source: errors,
      answers: { [search]: raw(503, 'down') },
      fails: { kind: 'unavailable', status: 503 },
    },
    {
      rule: 'is unreadable where a page comes in place of data',
      source: none,
      guess: 'Proxies give such.',
      answers: { [search]: page() },
      fails: { kind: 'unreadable', code: 'NOT_JSON', action: /page/i },
    },
  ],
} satisfies WireApi;
