import type { Seed, Simulator } from '@dossier/salesforce-simulator';
import { CONTACT, cloudSeed, UNIT } from '../connectors/cloud-seed.ts';
import { ANA } from '../connectors/fixture.ts';

const individual = (id: string, source: string) => ({
  ssot__Id__c: id,
  ssot__FirstName__c: 'Ana',
  ssot__LastName__c: 'Lima',
  ssot__DataSourceId__c: source,
});
const PARTIES = [
  ['P-1', 'WEB'],
  [CONTACT, 'CRM_1'],
  ['880042', 'WEB'],
] as const;

/** A person with rows in every cloud, marked `OWN-…`, and others beside her, marked `OTHER-…`. */
export const CLOUD_PERSON: Seed = {
  ...cloudSeed,
  privacyCenter: { completesAfterPolls: 0 },
  dataCloud: {
    default: {
      ...cloudSeed.dataCloud?.default,
      ssot__Individual__dlm: [
        ...PARTIES.map(([id, source]) => individual(id, source)),
        {
          ssot__Id__c: '880042',
          ssot__FirstName__c: 'Otto',
          ssot__LastName__c: 'OTHER-I',
          ssot__DataSourceId__c: 'MAIL',
        },
      ],
      ssot__ContactPointEmail__dlm: PARTIES.map(([party, source], index) => ({
        ssot__Id__c: `E-${index}`,
        ssot__PartyId__c: party,
        ssot__EmailAddress__c: ANA,
        ssot__DataSourceId__c: source,
      })),
      UnifiedLinkssotIndividualIr01__dlm: PARTIES.map(([party, source]) => ({
        SourceRecordId__c: party,
        UnifiedRecordId__c: 'U-1',
        ssot__DataSourceId__c: source,
      })),
    },
  },
};
export const CLOUD_SUBJECT = { emails: [ANA], externalIds: { userId: 'U-1' } };

/**
 * A system for each cloud, for the CRM's second copy, and for Data Cloud's own, which is dropped at
 * `endpoint`.
 */
export const cloudSystems = (
  { marketingCloud, accountEngagement, b2cCommerce, personalization }: Simulator,
  endpoint: string,
): {
  id: string;
  connector: string;
  [option: string]: unknown;
}[] => [
  { id: 'crm', connector: 'core-crm', dataSources: ['CRM_1'] },
  {
    id: 'marketing',
    connector: 'marketing-cloud',
    authUrl: marketingCloud?.auth,
    clientId: marketingCloud?.clientId,
    clientSecret: '${MARKETING_SECRET}',
    businessUnits: marketingCloud?.businessUnits,
    dataExtensions: [
      { key: 'orders-key', column: 'ContactKey' },
      { key: 'news-key', column: 'EmailAddress', holds: 'email' },
    ],
  },
  {
    id: 'pardot',
    connector: 'account-engagement',
    baseUrl: accountEngagement?.url,
    businessUnits: [UNIT],
    fields: { prospects: ['Size__c'] },
  },
  {
    id: 'shop',
    connector: 'b2c-commerce',
    apiUrl: b2cCommerce?.api,
    tokenUrl: `${b2cCommerce?.auth}/dwsso/oauth2/access_token`,
    clientId: b2cCommerce?.clientId,
    clientSecret: '${COMMERCE_SECRET}',
    organizationId: b2cCommerce?.organizationId,
    customerLists: ['Main'],
    sites: ['Shop'],
    ordersSince: '2026-01-01',
  },
  {
    id: 'personal',
    connector: 'personalization',
    baseUrl: personalization?.url,
    keyId: personalization?.keyId,
    secret: '${PERSONALIZATION_SECRET}',
    datasets: ['shop', 'app'],
  },
  { id: 'policy', connector: 'privacy-center', policy: 'ConsumerAccess', dataSources: ['CRM_1'] },
  {
    id: 'copy',
    connector: 'data-cloud-portability',
    bucket: 'drop',
    region: 'eu-central-1',
    endpoint,
    write: { accessKeyId: 'AKIAWRITE', secretAccessKey: '${DROP_SECRET}' },
    quietFor: '1h',
  },
];
