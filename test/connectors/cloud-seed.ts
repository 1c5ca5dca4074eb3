import type { Seed } from '@dossier/salesforce-simulator';
import { ANA } from './fixture.ts';

export const UNIT = '0Uv000000000001CAA';
const events = (key: string, mark: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    SubscriberKey: key,
    SendID: `${mark}-${index}`,
    EventDate: '2026-01-05T10:00:00',
  }));
const order = (orderNo: string, creationDate: string, customerInfo: object, more: object = {}) => ({
  orderNo,
  creationDate,
  customerInfo,
  ...more,
});
export const CONTACT = '003xx000000000AAAA';

/** Ana in every cloud, and others beside her. Her rows are marked `OWN-…`, theirs `OTHER-…`. */
export const cloudSeed = {
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        { ssot__Id__c: 'P-1', ssot__FirstName__c: 'Ana', ssot__LastName__c: 'Lima' },
        { ssot__Id__c: 'P-9', ssot__FirstName__c: 'Bo' },
      ],
      ssot__WebsiteEngagement__dlm: [
        { ssot__Id__c: 'V-1', ssot__IndividualId__c: 'P-1', ssot__PageUrl__c: 'OWN-V' },
        { ssot__Id__c: 'V-9', ssot__IndividualId__c: 'P-9', ssot__PageUrl__c: 'OTHER-V' },
      ],
    },
  },
  core: {
    Contact: [
      { Id: CONTACT, FirstName: 'Ana', LastName: 'Lima', Email: ANA, Description: 'OWN-C' },
    ],
  },
  privacyCenter: { completesAfterPolls: 2 },
  marketingCloud: {
    pageSize: 2,
    businessUnits: {
      100: {
        contacts: [
          { contactKey: 'K-1', email: ANA },
          { contactKey: 'K-2', email: 'Ana.Lima@Example.COM' },
          { contactKey: 'K-9', email: 'bo@example.com' },
        ],
        dataExtensions: [
          {
            name: 'All orders',
            key: 'orders-key',
            primaryKeys: ['OrderId'],
            rows: [
              ['1', 'K-1', 'OWN-D'],
              ['2', 'K-2', 'OWN-D'],
              ['3', 'K-1', 'OWN-D'],
              ['9', 'K-9', 'OTHER-D'],
            ].map(([OrderId, ContactKey, Note]) => ({ OrderId, ContactKey, Note, Total: 12.5 })),
          },
          {
            name: 'News',
            key: 'news-key',
            rows: [
              { EmailAddress: ANA.toUpperCase(), Topic: 'OWN-N' },
              { EmailAddress: 'bo@example.com', Topic: 'OTHER-N' },
            ],
          },
        ],
        soap: {
          Subscriber: [
            { SubscriberKey: 'K-1', EmailAddress: ANA, Status: 'Active' },
            { SubscriberKey: 'K-3', EmailAddress: ANA, Status: 'OWN-S' },
            { SubscriberKey: 'K-9', EmailAddress: 'bo@example.com', Status: 'OTHER-S' },
          ],
          SentEvent: [
            ...events('K-1', 'OWN-E', 5),
            ...events('K-9', 'OTHER-E', 3),
            ...events('K-2', 'OWN-F', 1),
          ],
          ClickEvent: [{ SubscriberKey: 'K-3', URL: 'https://x.example/?OWN=1&b=2' }],
        },
      },
      200: { soap: { BounceEvent: events('K-9', 'OTHER-B', 1) } },
    },
  },
  accountEngagement: {
    longestSequence: 4,
    businessUnits: {
      [UNIT]: {
        prospects: [
          { id: 1, email: ANA, firstName: 'Ana', lastName: 'Lima', Size__c: 'OWN-P' },
          {
            id: 2,
            email: 'ANA.LIMA@example.com',
            firstName: 'Ana',
            lastName: 'Lima',
            isDeleted: true,
          },
          { id: 9, email: 'bo@example.com', firstName: 'OTHER-P' },
        ],
        'visitor-activities': [
          ...Array.from({ length: 6 }, (_, index) => ({
            id: 10 + index,
            prospectId: 1,
            details: 'OWN-A',
          })),
          { id: 30, prospectId: 9, details: 'OTHER-A' },
        ],
        visits: [
          { id: 40, prospectId: 2, visitorId: 7 },
          { id: 49, prospectId: 9, visitorId: 8 },
        ],
        'visitor-page-views': [
          { id: 50, visitId: 40, url: 'OWN-W' },
          { id: 59, visitId: 49, url: 'OTHER-W' },
        ],
      },
    },
  },
  b2cCommerce: {
    organizationId: 'f_ecom_zzte_001',
    customerLists: {
      Main: [
        {
          customerNo: '1',
          customerId: 'abs1',
          email: 'Ana.Lima@Example.com',
          firstName: 'Ana',
          lastName: 'Lima',
          addresses: [{ addressId: 'OWN-H' }, { addressId: 'OWN-I' }],
        },
        {
          customerNo: '2',
          customerId: 'abs2',
          email: 'ana.lima@example.org',
          firstName: 'Ana',
          lastName: 'OTHER-L',
        },
      ],
    },
    sites: {
      Shop: [
        order('OWN-O1', '2026-01-10T00:00:00Z', { customerNo: '1', email: 'old@example.com' }),
        order('OWN-O2', '2026-03-02T00:00:00Z', { email: ANA, guest: true }),
        order('OTHER-O3', '2026-03-02T00:00:00Z', {
          customerNo: '2',
          email: 'ana.lima@example.org',
        }),
      ],
    },
  },
  personalization: {
    datasets: {
      shop: [
        { id: 'U-1', anonymousIds: ['anon-1'], note: 'OWN-U' },
        { id: 'U-9', note: 'OTHER-U' },
      ],
      app: [{ id: 'U-9', note: 'OTHER-U' }],
    },
  },
} as Seed;
