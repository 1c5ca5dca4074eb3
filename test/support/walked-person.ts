import type { Seed } from '@dossier/salesforce-simulator';

const visit = (party: string, count: number, mark: string) =>
  Array.from({ length: count }, (_, index) => ({
    ssot__Id__c: `${party}-${index}`,
    ssot__IndividualId__c: party,
    ssot__DataSourceId__c: 'Web_Shop',
    ssot__PageUrl__c: `/${mark}-${String(index).padStart(4, '0')}`,
  }));
const row = (id: string, mark: string, source: string, more: object) => ({
  ssot__Id__c: id,
  ssot__DataSourceId__c: source,
  ssot__ExternalRecordId__c: mark,
  ...more,
});

/**
 * A small company with one customer of two profiles, somebody else, and results of several pages.
 * Rows are marked `OWN-…` and `OTHER-…`.
 */
export const WALKED_PERSON: Seed = {
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        row('003xx0000000A01', 'OWN-9001', 'Salesforce_Home', {
          ssot__FirstName__c: 'Ana',
          ssot__LastName__c: 'Lima',
        }),
        row('WEB-1', 'OWN-9002', 'Web_Shop', {
          ssot__FirstName__c: 'Ana',
          ssot__LastName__c: 'Lima',
        }),
        row('WEB-9', 'OTHER-9001', 'Web_Shop', {
          ssot__FirstName__c: 'Bo',
          ssot__LastName__c: 'Berg',
        }),
      ],
      ssot__ContactPointEmail__dlm: [
        row('E-1', 'OWN-9003', 'Salesforce_Home', {
          ssot__PartyId__c: '003xx0000000A01',
          ssot__EmailAddress__c: 'ana.lima@example.com',
        }),
        row('E-9', 'OTHER-9002', 'Web_Shop', {
          ssot__PartyId__c: 'WEB-9',
          ssot__EmailAddress__c: 'bo@example.com',
        }),
      ],
      UnifiedLinkssotIndividualIr01__dlm: [
        ['003xx0000000A01', 'U-1', 'Salesforce_Home'],
        ['WEB-1', 'U-1', 'Web_Shop'],
        ['WEB-9', 'U-9', 'Web_Shop'],
      ].map(([id, unified, source]) => ({
        SourceRecordId__c: id,
        UnifiedRecordId__c: unified,
        ssot__DataSourceId__c: source,
      })),
      ssot__SalesOrder__dlm: [
        row('O-1', 'OWN-9004', 'Web_Shop', { ssot__SoldToCustomerId__c: 'WEB-1' }),
        row('O-9', 'OTHER-9003', 'Web_Shop', { ssot__SoldToCustomerId__c: 'WEB-9' }),
      ],
      ssot__SalesOrderProduct__dlm: [
        row('L-1', 'OWN-9005', 'Web_Shop', { ssot__SalesOrderId__c: 'O-1' }),
        row('L-9', 'OTHER-9004', 'Web_Shop', { ssot__SalesOrderId__c: 'O-9' }),
      ],
      ssot__WebsiteEngagement__dlm: [...visit('WEB-1', 7, 'OWN'), ...visit('WEB-9', 5, 'OTHER')],
    },
  },
  core: {
    Contact: [
      {
        Id: '003xx0000000A01',
        FirstName: 'Ana',
        LastName: 'Lima',
        Email: 'ana.lima@example.com',
        Description: 'OWN-9006',
      },
      {
        Id: '003xx0000000B02',
        LastName: 'Berg',
        Email: 'bo@example.com',
        Description: 'OTHER-9005',
      },
    ],
    Case: [
      { Id: '500xx0000000A01', ContactId: '003xx0000000A01', Subject: 'OWN-9007' },
      { Id: '500xx0000000B02', ContactId: '003xx0000000B02', Subject: 'OTHER-9006' },
    ],
  },
  paging: { firstPage: 2, page: 3, runningPolls: 1, soqlPage: 1 },
};

export const WALKED_SUBJECT = { emails: ['ana.lima@example.com'] };
export const WALKED_SYSTEMS = [
  { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home', 'Web_Shop'] },
];
