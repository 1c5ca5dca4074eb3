import type { CloudAddresses } from '@dossier/salesforce-simulator';
import type { CheckedSeed } from '@dossier/salesforce-simulator';
import type { SeedFacts } from './seed-facts.ts';

/** The facts of a seed's clouds that a configuration needs. */
export interface CloudFacts {
  /** Data extensions of Marketing Cloud with rows that a contact key or an address finds. */
  readonly dataExtensions: readonly {
    readonly key: string;
    readonly column: string;
    readonly holds?: 'email';
  }[];
  /** Keys of data extensions without a column that leads to a person. */
  readonly unread: readonly string[];
  /** The day of the first order in B2C Commerce, such as `2026-01-05`. */
  readonly ordersSince?: string;
}

/** One entry of `systems`. */
export type SystemSettings = Readonly<Record<string, unknown>> & { readonly id: string };

/**
 * Reads the contents of a seed's clouds. The name of a column decides whether it leads to a person.
 */
export function cloudFacts({
  marketingCloud,
  b2cCommerce,
}: Pick<CheckedSeed, 'marketingCloud' | 'b2cCommerce'>): CloudFacts {
  const extensions = Object.values(marketingCloud?.businessUnits ?? {}).flatMap(
    ({ dataExtensions }) => dataExtensions,
  );
  const found = new Map(
    extensions.map(({ key, fields, rows }) => [
      key,
      personColumn([...new Set([...Object.keys(fields), ...rows.flatMap(Object.keys)])]),
    ]),
  );
  const days = Object.values(b2cCommerce?.sites ?? {})
    .flat()
    .map(({ creationDate }) => (typeof creationDate === 'string' ? creationDate.slice(0, 10) : ''))
    .filter((day) => day !== '')
    .toSorted();
  return {
    dataExtensions: [...found].flatMap(([key, column]) =>
      column === undefined ? [] : [{ key, ...column }],
    ),
    unread: [...found].filter(([, column]) => column === undefined).map(([key]) => key),
    ...(days[0] !== undefined && { ordersSince: days[0] }),
  };
}

function personColumn(
  columns: readonly string[],
): { readonly column: string; readonly holds?: 'email' } | undefined {
  const key = columns.find((column) => /^_?(contact|subscriber)_?key$/i.test(column));
  if (key !== undefined) return { column: key };
  const email = columns.find((column) => /e_?-?mail/i.test(column));
  return email === undefined ? undefined : { column: email, holds: 'email' };
}

/**
 * Variables with the addresses and secrets of a simulator's clouds, which configurations can refer
 * to.
 */
export function cloudVariables({
  marketingCloud,
  accountEngagement,
  b2cCommerce,
  personalization,
  bucket,
}: CloudAddresses): Record<string, string> {
  return {
    ...(marketingCloud && {
      DOSSIER_SIMULATOR_MARKETING_CLOUD: marketingCloud.auth,
      DOSSIER_SIMULATOR_MARKETING_CLOUD_SECRET: marketingCloud.clientSecret,
    }),
    ...(accountEngagement && { DOSSIER_SIMULATOR_ACCOUNT_ENGAGEMENT: accountEngagement.url }),
    ...(b2cCommerce && {
      DOSSIER_SIMULATOR_B2C_COMMERCE: b2cCommerce.api,
      DOSSIER_SIMULATOR_B2C_COMMERCE_AUTH: b2cCommerce.auth,
      DOSSIER_SIMULATOR_B2C_COMMERCE_SECRET: b2cCommerce.clientSecret,
    }),
    ...(personalization && {
      DOSSIER_SIMULATOR_PERSONALIZATION: personalization.url,
      DOSSIER_SIMULATOR_PERSONALIZATION_SECRET: personalization.keySecret,
    }),
    ...(bucket && {
      DOSSIER_SIMULATOR_BUCKET: bucket.endpoint,
      DOSSIER_SIMULATOR_BUCKET_SECRET: 'any',
    }),
  };
}

/** Systems for the clouds of a seed. `cloudVariables` has the values of their references. */
export function cloudSystems(
  {
    marketingCloud,
    accountEngagement,
    b2cCommerce,
    personalization,
    privacyCenter,
    bucket,
  }: CloudAddresses,
  { clouds, crmSources }: SeedFacts,
): SystemSettings[] {
  const systems: (SystemSettings | undefined)[] = [
    marketingCloud && {
      id: 'marketing-cloud',
      connector: 'marketing-cloud',
      authUrl: '${DOSSIER_SIMULATOR_MARKETING_CLOUD}',
      clientId: marketingCloud.clientId,
      clientSecret: '${DOSSIER_SIMULATOR_MARKETING_CLOUD_SECRET}',
      businessUnits: marketingCloud.businessUnits,
      dataExtensions: clouds.dataExtensions,
    },
    accountEngagement && {
      id: 'account-engagement',
      connector: 'account-engagement',
      baseUrl: '${DOSSIER_SIMULATOR_ACCOUNT_ENGAGEMENT}',
      businessUnits: accountEngagement.businessUnits,
    },
    b2cCommerce && {
      id: 'b2c-commerce',
      connector: 'b2c-commerce',
      apiUrl: '${DOSSIER_SIMULATOR_B2C_COMMERCE}',
      tokenUrl: '${DOSSIER_SIMULATOR_B2C_COMMERCE_AUTH}/dwsso/oauth2/access_token',
      clientId: b2cCommerce.clientId,
      clientSecret: '${DOSSIER_SIMULATOR_B2C_COMMERCE_SECRET}',
      organizationId: b2cCommerce.organizationId,
      customerLists: b2cCommerce.customerLists,
      sites: b2cCommerce.sites,
      ordersSince: clouds.ordersSince ?? '2020-01-01',
    },
    personalization && {
      id: 'personalization',
      connector: 'personalization',
      baseUrl: '${DOSSIER_SIMULATOR_PERSONALIZATION}',
      keyId: personalization.keyId,
      secret: '${DOSSIER_SIMULATOR_PERSONALIZATION_SECRET}',
      datasets: personalization.datasets,
    },
    privacyCenter && crmSources.length > 0
      ? {
          id: 'privacy-center',
          connector: 'privacy-center',
          policy: privacyCenter.policies[0],
          dataSources: crmSources,
        }
      : undefined,
    bucket && {
      id: 'data-cloud-copy',
      connector: 'data-cloud-portability',
      bucket: 'drop',
      region: 'eu-central-1',
      endpoint: '${DOSSIER_SIMULATOR_BUCKET}',
      write: { accessKeyId: 'any', secretAccessKey: '${DOSSIER_SIMULATOR_BUCKET_SECRET}' },
      quietFor: '1h',
    },
  ];
  return systems.filter((system) => system !== undefined);
}
