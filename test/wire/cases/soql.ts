import type { WireStand } from '../wire-stand.ts';
import { sources } from '../sources.ts';
import { empty, json, ok, page, raw, type WireApi } from '../wire-case.ts';

const attributes = (type: string, id: string) => ({
  type,
  url: `/services/data/v67.0/sobjects/${type}/${id}`,
});
const contact = {
  attributes: attributes('Contact', '003xx0000000A01AAA'),
  Id: '003xx0000000A01AAA',
  Account: { attributes: attributes('Account', '001xx'), Name: 'Acme' },
  ReportsTo: null,
};
const plain = { Id: '003xx0000000A01AAA', Account: { Name: 'Acme' }, ReportsTo: null };
const refused = (status: number, errorCode: string, message = 'about ana.lima@example.com') => ({
  'GET query?q=SELECT*': json(status, [{ message, errorCode }]),
});
const describe = { ask: (at: WireStand) => at.salesforce.describe('Contact', { system: 'crm' }) };
const DESCRIBE = 'GET sobjects/Contact/describe';

async function recordsOf(at: WireStand): Promise<unknown> {
  const records: unknown[] = [];
  for await (const found of at.salesforce.soql('SELECT Id FROM Contact', { system: 'crm' })) {
    records.push(...found.records);
  }
  return records;
}

export default {
  api: 'SOQL and describe: /query, /sobjects',
  connectors: ['core-crm', 'data-cloud'],
  ask: recordsOf,
  cases: [
    {
      rule: 'gives records without what the API adds',
      source: sources.restQuery,
      answers: {
        'GET query?q=SELECT Id FROM Contact': ok({ totalSize: 1, done: true, records: [contact] }),
      },
      gives: [plain],
    },
    {
      rule: 'reads the pages behind the first',
      source: sources.restQuery,
      answers: {
        'GET query?q=*': ok({
          totalSize: 2,
          done: false,
          nextRecordsUrl: '/services/data/v67.0/query/01gD0000002HU6KIAW-2000',
          records: [contact],
        }),
        'GET query/01gD0000002HU6KIAW-2000': ok({ totalSize: 2, done: true, records: [contact] }),
      },
      gives: [plain, plain],
    },
    {
      rule: 'gives nothing where nothing is found',
      source: sources.restQuery,
      answers: { 'GET query?q=*': ok({ totalSize: 0, done: true, records: [] }) },
      gives: [],
    },
    {
      rule: 'keeps every digit of a number',
      source: sources.restQuery,
      answers: {
        'GET query?q=*': raw(
          200,
          '{"totalSize":1,"done":true,"records":[{"Id":"1","Amount__c":12345678901234567890}]}',
          { 'content-type': 'application/json' },
        ),
      },
      ask: async (at) => String(((await recordsOf(at)) as { Amount__c: unknown }[])[0]?.Amount__c),
      gives: '12345678901234567890',
    },
    {
      rule: "waits for the day's allowance",
      source: [sources.restErrors, sources.simpleLimits],
      answers: refused(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
      fails: { kind: 'unavailable', code: 'REQUEST_LIMIT_EXCEEDED', retryAfter: 900 },
    },
    {
      rule: 'waits less where too many calls run at once',
      source: sources.restErrors,
      guess: 'the words of the message',
      answers: refused(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'),
      fails: { kind: 'unavailable', retryAfter: 30 },
    },
    {
      rule: 'calls a mistake in the query rejected, without its words',
      source: sources.restErrors,
      answers: refused(400, 'MALFORMED_QUERY'),
      fails: { kind: 'rejected', status: 400, code: 'MALFORMED_QUERY' },
    },
    {
      rule: 'names the field that a query may not have, and none of the query',
      source: sources.invalidField,
      answers: refused(
        400,
        'INVALID_FIELD',
        "\nAccountSource, DunsNumber FROM Account WHERE Name = 'Ana Lima'\n^\nERROR at " +
          "Row:1:Column:687\nNo such column 'CleanStatus' on entity 'Account'. If you are " +
          "attempting to use a custom field, be sure to append the '__c' after the custom field name.",
      ),
      fails: { kind: 'rejected', status: 400, code: 'INVALID_FIELD', field: 'CleanStatus' },
    },
    {
      rule: 'names the field that cannot be filtered by',
      source: sources.unfiltered,
      answers: refused(
        400,
        'INVALID_FIELD',
        '\nFROM ActivityFieldHistory WHERE SystemModstamp >= 2017-01-01T00:00:00Z\n^\nERROR ' +
          "at Row:1:Column:286\nfield 'SystemModstamp' can not be filtered in a query call",
      ),
      fails: { kind: 'rejected', field: 'SystemModstamp' },
    },
    {
      rule: 'takes no value of a query for a field',
      source: sources.invalidField,
      guess: 'that a value stands in an answer as it stood in the query, its quotes escaped',
      answers: refused(
        400,
        'INVALID_FIELD',
        "WHERE Name = 'No such column \\'Ana\\' on' is not valid",
      ),
      fails: { kind: 'rejected', field: undefined },
    },
    {
      rule: 'is denied where the object is closed to the user',
      source: sources.airbyteRules,
      answers: refused(403, 'INSUFFICIENT_ACCESS'),
      fails: { kind: 'denied', status: 403, code: 'INSUFFICIENT_ACCESS' },
    },
    {
      rule: 'waits where the status is 406 and there is no body',
      source: sources.airbyteRules,
      answers: { 'GET query?q=*': empty(406) },
      fails: { kind: 'unavailable', status: 406 },
    },
    {
      rule: 'does not ask again where 406 says why',
      source: sources.v3Post,
      answers: { 'GET query?q=*': json(406, [{ errorCode: 'NOT_ACCEPTABLE', message: '' }]) },
      fails: { kind: 'rejected', status: 406 },
    },
    {
      rule: 'waits for a server that sets things up',
      source: sources.airbyteRules,
      answers: { 'GET query?q=*': page(420, 'We are setting things up.') },
      fails: { kind: 'unavailable', status: 420 },
    },
    {
      rule: 'says what a page in place of data means',
      source: sources.autodocErrors,
      answers: { 'GET query?q=*': page() },
      fails: {
        kind: 'unreadable',
        status: 200,
        code: 'NOT_JSON',
        action: /page came in place of data/,
      },
    },
    {
      rule: 'calls broken JSON unreadable, and quotes none of it',
      source: sources.airbyteRules,
      answers: {
        'GET query?q=*': raw(200, '{"records":[{"Email":"ana.lima@example.com"', {
          'content-type': 'application/json',
        }),
      },
      fails: { kind: 'unreadable', code: 'NOT_JSON' },
    },
    {
      ...describe,
      rule: 'describes an object with its fields and children',
      source: sources.restDescribe,
      answers: {
        [DESCRIBE]: ok({
          name: 'Contact',
          label: 'Contact',
          queryable: true,
          keyPrefix: '003',
          fields: [
            { name: 'Id', label: 'Contact ID', type: 'id', referenceTo: [] },
            { name: 'AccountId', label: 'Account ID', type: 'reference', referenceTo: ['Account'] },
          ],
          childRelationships: [
            {
              childSObject: 'Case',
              field: 'ContactId',
              relationshipName: 'Cases',
              cascadeDelete: false,
            },
            { childSObject: 'AIError', field: 'RecordId', relationshipName: null },
          ],
        }),
      },
      gives: {
        name: 'Contact',
        label: 'Contact',
        queryable: true,
        fields: [
          { name: 'Id', label: 'Contact ID', type: 'id', referenceTo: [] },
          { name: 'AccountId', label: 'Account ID', type: 'reference', referenceTo: ['Account'] },
        ],
        childRelationships: [
          { childSObject: 'Case', field: 'ContactId' },
          { childSObject: 'AIError', field: 'RecordId' },
        ],
      },
    },
    {
      ...describe,
      rule: 'describes an object that has no labels',
      source: {
        ...sources.airbyteBulk,
        at: 'airbyte-integrations/connectors/source-salesforce/unit_tests/salesforce_describe_response_builder.py',
      },
      guess: 'that labels may be left out, as in the shortest answer a client lives with',
      answers: {
        [DESCRIBE]: ok({ name: 'Contact', queryable: true, fields: [{ name: 'Id', type: 'id' }] }),
      },
      gives: {
        name: 'Contact',
        label: 'Contact',
        queryable: true,
        fields: [{ name: 'Id', label: 'Id', type: 'id', referenceTo: [] }],
        childRelationships: [],
      },
    },
    {
      ...describe,
      rule: 'says that an object is not there',
      source: sources.restErrors,
      answers: {
        [DESCRIBE]: json(404, [
          { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
        ]),
      },
      fails: { kind: 'rejected', status: 404, code: 'NOT_FOUND' },
    },
    {
      ...describe,
      rule: 'says what a page in place of a description means',
      source: sources.autodocErrors,
      answers: { [DESCRIBE]: page() },
      fails: {
        kind: 'unreadable',
        status: 200,
        code: 'NOT_JSON',
        action: /page came in place of data/,
      },
    },
  ],
} satisfies WireApi;
