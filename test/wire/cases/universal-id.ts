import { sources } from '../sources.ts';
import { json, ok, type WireApi } from '../wire-case.ts';

const CALL =
  'GET ' +
  'api/v1/universalIdLookup/IndividualIdentityLink__dlm/Salesforce_00D/Contact%20of%2FHome/0033V00001ENHZ';
const row = (id: string, source: string, object: string) => ({
  SourceRecordId__c: id,
  UnifiedRecordId__c: 'c7ac3830',
  ssot__DataSourceId__c: source,
  ssot__DataSourceObjectId__c: object,
});

export default {
  api: 'Universal ID lookup: /api/v1/universalIdLookup',
  connectors: ['data-cloud'],
  ask: (at) =>
    at.salesforce.universalIds('default', 'IndividualIdentityLink__dlm', {
      dataSource: 'Salesforce_00D',
      dataSourceObject: 'Contact of/Home',
      id: '0033V00001ENHZ',
    }),
  cases: [
    {
      rule: 'gives every record behind the same unified record',
      source: sources.universalId,
      answers: {
        [CALL]: ok({
          data: [
            row('100060522', 'SFMC1487860', 'SFMC1487860_EmailProfile'),
            row('0033V00001ENHZ', 'Salesforce_00D', 'Contact'),
          ],
        }),
      },
      gives: [
        {
          id: '100060522',
          unified: 'c7ac3830',
          dataSource: 'SFMC1487860',
          dataSourceObject: 'SFMC1487860_EmailProfile',
        },
        {
          id: '0033V00001ENHZ',
          unified: 'c7ac3830',
          dataSource: 'Salesforce_00D',
          dataSourceObject: 'Contact',
        },
      ],
    },
    {
      rule: 'gives nothing for a record that is not linked',
      source: sources.universalId,
      answers: { [CALL]: ok({ data: [] }) },
      gives: [],
    },
    {
      rule: 'does not take a link object that is gone for nothing',
      source: sources.jdbc,
      answers: {
        [CALL]: json(404, {
          timestamp: '2026-11-28T11:53:29.668+0000',
          error: 'Not Found',
          message: 'Not Found',
        }),
      },
      fails: { kind: 'rejected', status: 404 },
    },
    {
      rule: 'is denied at the second 401',
      source: sources.jdbc,
      answers: {
        [CALL]: [
          json(401, { error: 'Unauthorized', message: 'Ana', details: { statusCode: 401 } }),
          json(401, { error: 'Unauthorized', message: 'Ana', details: { statusCode: 401 } }),
        ],
      },
      fails: { kind: 'denied', status: 401 },
    },
  ],
} satisfies WireApi;
