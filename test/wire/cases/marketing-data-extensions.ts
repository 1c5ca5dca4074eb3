import marketingCloud from '../../../src/connectors/marketing-cloud/index.ts';
import { REFUSED, type RefusedReason } from '../../../src/contract/gap-texts.ts';
import { ANA } from '../../connectors/fixture.ts';
import { exportBy } from '../ask-connector.ts';
import { json, ok, raw, type Source, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const rowset: Source = {
  of: 'github.com/Accenture/sfmc-devtools',
  at: 'test/resources/9999999/data/v1/customobjectdata/key/testExisting_dataExtension/rowset/get-response.json',
  version: '6b316b8',
  read: '2026-11-28',
};
const mcecli: Source = {
  of: 'github.com/dawidmachon/mcecli',
  at: 'docs/dev/endpoint-notes.md',
  version: 'aaca8b1',
  read: '2026-11-28',
};
const sdk: Source = {
  of: 'github.com/DougMidgley/SFMC-SDK',
  at: 'test/resources',
  version: '4d0fee2',
  read: '2026-11-28',
};
const errors: Source = {
  of: 'developer.salesforce.com/docs/atlas.en-us.mc-apis.meta/mc-apis/error-handling.htm',
  at: 'Error Handling',
  version: 'current',
  read: '2026-11-28',
};
const none: Source = {
  of: 'none found, both forms accepted',
  at: '-',
  version: '-',
  read: '2026-11-28',
};

const asked =
  (more: object = {}) =>
  (at: WireStand) =>
    exportBy(at, marketingCloud, {
      authUrl: at.origin,
      clientId: 'id',
      clientSecret: 'secret',
      businessUnits: [100],
      objects: [],
      dataExtensions: [{ key: 'Orders', column: 'EmailAddress', holds: 'email' }],
      ...more,
    });
const soapOk = (results = '') =>
  raw(
    200,
    '<soap:Envelope ' +
      'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><RetrieveResponseMsg ' +
      `xmlns="http://exacttarget.com/wsdl/partnerAPI"><OverallStatus>OK</OverallStatus><RequestID>1</RequestID>${results}</RetrieveResponseMsg></soap:Body></soap:Envelope>`,
    { 'content-type': 'text/xml' },
  );
const token = ok({
  access_token: 'T',
  expires_in: 1079,
  rest_instance_url: '{origin}/rest/',
  soap_instance_url: '{origin}/soap/',
});
const rows = 'GET rest/data/v1/customobjectdata/key/Orders/rowset';
const links = (next?: string) => ({
  links: {
    self: '/v1/customobjectdata/token/ea0a/rowset?$page=1',
    ...(next !== undefined && { next }),
  },
  requestToken: 'ea0a',
  tokenExpireDateUtc: '2026-11-26T13:54:59.883',
  customObjectId: '3040',
  customObjectKey: 'Orders',
  pageSize: 2500,
  page: 1,
  top: 0,
});
const item = (id: string) => ({ keys: { id }, values: { emailaddress: ANA, total: '10.50' } });
const fields = {
  'GET rest/data/v1/customObjects/3040/fields': ok({
    fields: [
      { name: 'Id', type: 'Text', ordinal: 0 },
      { name: 'EmailAddress', type: 'EmailAddress', ordinal: 1 },
      { name: 'Total', type: 'Decimal', ordinal: 2 },
    ],
  }),
};
const given = (...ids: string[]) => ({
  '100/data-extension-Orders': ids.map((Id) => ({ Id, EmailAddress: ANA, Total: '10.50' })),
});
const gap = (because: RefusedReason, said: string) => ({
  outcome: 'nothing-held',
  gaps: [
    `${because}: The data extension "Orders" in business unit 100: ${REFUSED[because]}. ${said}`,
  ],
  files: {},
});

export default {
  api: 'Marketing Cloud: rows of data extensions, part by part',
  connectors: ['marketing-cloud'],
  ask: asked(),
  always: {
    'POST v2/token': token,
    'POST contacts/v1/addresses/email/search': ok({
      channelAddressResponseEntities: [{ contactKeyDetails: [{}], channelAddress: ANA }],
      resultMessages: [],
    }),
    'POST soap/Service.asmx': soapOk(),
  },
  cases: [
    {
      rule: 'has no rows where the answer lacks its items',
      source: rowset,
      answers: { [rows]: ok({ ...links(), count: 0 }) },
      gives: { outcome: 'nothing-held', gaps: [], files: {} },
    },
    {
      rule: 'puts keys and values together, under the names that the columns were given',
      source: rowset,
      answers: { [rows]: ok({ ...links(), count: 1, items: [item('1')] }), ...fields },
      gives: { outcome: 'exported', gaps: [], files: given('1') },
    },
    {
      rule: 'follows the link to the next page',
      source: rowset,
      answers: {
        [rows]: ok({
          ...links('/v1/customobjectdata/token/ea0a/rowset?$page=2'),
          count: 2,
          items: [item('1')],
        }),
        'GET rest/data/v1/customobjectdata/token/ea0a/rowset?$page=2': ok({
          ...links(),
          page: 2,
          count: 2,
          items: [item('2')],
        }),
        ...fields,
      },
      gives: { outcome: 'exported', gaps: [], files: given('1', '2') },
    },
    {
      rule: 'takes rows of which only the key of the data extension is told',
      source: none,
      guess: 'Both names of it are always there in what was recorded.',
      answers: { [rows]: ok({ customObjectKey: '3040', count: 1, items: [item('1')] }), ...fields },
      gives: { outcome: 'exported', gaps: [], files: given('1') },
    },
    {
      rule: 'keeps the columns in lower case where their names are not open to us',
      source: mcecli,
      answers: {
        [rows]: ok({ ...links(), items: [item('1')] }),
        'GET rest/data/v1/customObjects/3040/fields': json(403, {
          message: 'Insufficient privileges to complete this action.',
        }),
      },
      gives: {
        outcome: 'exported',
        gaps: [],
        files: { '100/data-extension-Orders': [{ emailaddress: ANA, total: '10.50', id: '1' }] },
      },
    },
    {
      rule: 'names a data extension that may not be read',
      source: mcecli,
      answers: {
        [rows]: json(403, { message: 'Insufficient privileges to complete this action.' }),
      },
      gives: gap(
        'denied',
        'sys: denied (status 403). Check the client ID, its secret or key, and the ' +
          'permissions of the user that the app runs as, then retry the system.',
      ),
    },
    {
      rule: 'says what to do where the filter is refused',
      source: errors,
      guess: 'The grammar of the filter is not documented.',
      answers: {
        [rows]: json(400, { documentation: 'x', errorcode: 10_003, message: `no ${ANA}` }),
      },
      gives: gap(
        'rejected',
        'sys: rejected (status 400, 10003). Set `filtered: false` for this data extension, if ' +
          'the account refuses our $filter.',
      ),
    },
    {
      rule: 'names a data extension that lies nowhere',
      source: errors,
      answers: {
        [rows]: json(404, { documentation: 'x', errorcode: 30_003, message: 'Not Found' }),
      },
      gives: {
        outcome: 'nothing-held',
        gaps: [
          'restricted: The data extension "Orders" was found in none of the business units. ' +
            'Give its customer key, not its name, or add its business unit.',
        ],
        files: {},
      },
    },
    {
      rule: 'takes nothing for an answer that names no data extension',
      source: rowset,
      answers: { [rows]: ok({ unexpected: true }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'names a business unit that does not let us in, and exports the other',
      source: sdk,
      ask: asked({ businessUnits: [200, 100] }),
      answers: {
        'POST v2/token': [
          json(401, {
            error: 'invalid_client',
            error_description: 'Client authentication failed.',
          }),
          token,
        ],
        [rows]: ok({ ...links(), items: [item('1')] }),
        ...fields,
      },
      gives: {
        outcome: 'exported',
        gaps: [
          'denied: The business unit 200: access was refused. sys: denied (status 401, invalid_client). Check the ' +
            'client ID and its secret or key (those of the section salesforce, where the ' +
            "system's entry has none), then retry the system.",
        ],
        files: given('1'),
      },
    },
    {
      rule: 'names an object of the SOAP API that the account lacks, and exports the rest',
      source: sdk,
      ask: asked({ objects: ['UnsubEvent'], contactKeys: [], dataExtensions: [] }),
      answers: {
        'POST contacts/v1/addresses/email/search': ok({
          channelAddressResponseEntities: [
            { contactKeyDetails: [{ contactKey: 'K-1' }], channelAddress: ANA },
          ],
        }),
        'POST soap/Service.asmx': [
          soapOk(),
          soapOk(
            `<Results><SubscriberKey>K-1</SubscriberKey><EmailAddress>${ANA}</EmailAddress></Results>`,
          ),
          raw(
            200,
            '<soap:Envelope ' +
              'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><RetrieveResponseMsg><OverallStatus>Error: ' +
              'Unable to find a handler for object type: UnsubEvent. Object types are ' +
              'case-sensitive, check ' +
              'spelling.</OverallStatus></RetrieveResponseMsg></soap:Body></soap:Envelope>',
            { 'content-type': 'text/xml' },
          ),
        ],
      },
      gives: {
        outcome: 'exported',
        gaps: [
          'rejected: Unsubscriptions in business unit 100: the question was not accepted. sys: rejected (UNKNOWN_OBJECT).',
        ],
        files: {
          '100/Subscriber': [
            {
              ID: null,
              SubscriberKey: 'K-1',
              EmailAddress: ANA,
              Status: null,
              EmailTypePreference: null,
              CreatedDate: null,
              UnsubscribedDate: null,
              PartnerKey: null,
              'Client.ID': null,
              Attributes: null,
            },
          ],
        },
      },
    },
  ],
} satisfies WireApi;
