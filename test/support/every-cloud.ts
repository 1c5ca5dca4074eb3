import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Seed } from '@dossier/salesforce-simulator';
import type { WalkOptions } from './fault-walk.ts';

const file = fileURLToPath(new URL('../../../test/seeds/every-cloud.json', import.meta.url));
const whole = JSON.parse(readFileSync(file, 'utf8')) as Seed;
const atOnce = <Vendor extends object>(vendor: Vendor) => ({ ...vendor, completesAfterPolls: 0 });

/**
 * The seed with every cloud and every trap. Its vendors are ready when they are first asked after.
 */
export const EVERY_CLOUD: Seed = {
  ...whole,
  privacyCenter: { completesAfterPolls: 0 },
  vendors: Object.fromEntries(
    Object.entries(whole.vendors ?? {}).map(([id, vendor]) => [id, atOnce(vendor)]),
  ),
};

const MARKED = Object.fromEntries(
  [
    'Subscriber',
    'ListSubscriber',
    'SentEvent',
    'OpenEvent',
    'ClickEvent',
    'BounceEvent',
    'UnsubEvent',
  ].map((name) => [name, ['Marker']]),
);

/** A company that has all of them: what a walk over the calls of one request needs. */
export const EVERY_CLOUD_WALK: WalkOptions = {
  seed: EVERY_CLOUD,
  subject: { emails: ['tilda.brandt@example.com'], externalIds: { userId: '880042' } },
  marker: /\b(?:OWN|OTHER|SHARED|AMBIGUOUS|GUESSED|UNREACHABLE|DELETED|OLDVERSION)-\d{4}\b/g,
  salesforce: ({ ca }) => ({ dataSpaces: ['default', 'brand_b', 'legacy'], ca }),
  systems: ({ marketingCloud, accountEngagement, b2cCommerce, personalization, bucket }) => [
    {
      id: 'crm',
      connector: 'core-crm',
      dataSources: ['Salesforce_Home', 'Brand_Shop', 'Legacy_Crm'],
    },
    {
      id: 'marketing',
      connector: 'marketing-cloud',
      authUrl: marketingCloud?.auth,
      clientId: marketingCloud?.clientId,
      clientSecret: '${MARKETING_SECRET}',
      businessUnits: marketingCloud?.businessUnits,
      properties: MARKED,
      dataExtensions: [
        { key: 'Orders-2026', column: 'EmailAddress', holds: 'email' },
        { key: 'prefs', column: 'ContactKey' },
        { key: 'bonus', column: 'Email', holds: 'email' },
      ],
    },
    {
      id: 'pardot',
      connector: 'account-engagement',
      baseUrl: accountEngagement?.url,
      businessUnits: accountEngagement?.businessUnits,
      fields: { 'list-memberships': ['Marker__c'] },
    },
    {
      id: 'shop',
      connector: 'b2c-commerce',
      apiUrl: b2cCommerce?.api,
      tokenUrl: `${b2cCommerce?.auth}/dwsso/oauth2/access_token`,
      clientId: b2cCommerce?.clientId,
      clientSecret: '${COMMERCE_SECRET}',
      organizationId: b2cCommerce?.organizationId,
      customerLists: b2cCommerce?.customerLists,
      sites: b2cCommerce?.sites,
      ordersSince: '2024-01-01',
      ordersWindow: 400,
      dataSources: ['Web_Shop'],
    },
    {
      id: 'personal',
      connector: 'personalization',
      baseUrl: personalization?.url,
      keyId: personalization?.keyId,
      secret: '${PERSONALIZATION_SECRET}',
      datasets: personalization?.datasets,
    },
    {
      id: 'policy',
      connector: 'privacy-center',
      policy: 'ConsumerAccess',
      dataSources: ['Salesforce_Home'],
    },
    {
      id: 'copy',
      connector: 'data-cloud-portability',
      bucket: 'drop',
      region: 'eu-central-1',
      endpoint: bucket?.endpoint,
      write: { accessKeyId: 'AKIAWRITE', secretAccessKey: '${DROP_SECRET}' },
      requests: ['access'],
      quietFor: '0s',
      partialAfter: '0s',
    },
    ...['acme-ads', 'acme-mail'].map((id) => ({
      id,
      connector: 'opendsr',
      baseUrl: `\${VENDORS}/opendsr/${id}/v2`,
      token: '${VENDOR_TOKEN}',
      regulation: 'gdpr',
      dataSources: [id === 'acme-ads' ? 'Acme_Ads' : 'Acme_Mail'],
    })),
  ],
};
