import accountEngagement from './account-engagement/index.ts';
import b2cCommerce from './b2c-commerce/index.ts';
import coreCrm from './core-crm/index.ts';
import dataCloudPortability from './data-cloud-portability/index.ts';
import manual from './manual/index.ts';
import marketingCloud from './marketing-cloud/index.ts';
import opendsr from './opendsr/index.ts';
import personalization from './personalization/index.ts';
import privacyCenter from './privacy-center/index.ts';
import supportCase from './support-case/index.ts';
import type { AnyConnectorModule } from './spi.ts';

/**
 * Every connector by the name that `dossier.yaml` calls it. A new one is a folder beside this file,
 * and a line here.
 */
const connectors = {
  'account-engagement': accountEngagement,
  'b2c-commerce': b2cCommerce,
  'core-crm': coreCrm,
  'data-cloud-portability': dataCloudPortability,
  manual,
  'marketing-cloud': marketingCloud,
  opendsr,
  personalization,
  'privacy-center': privacyCenter,
  'support-case': supportCase,
} satisfies Record<string, AnyConnectorModule>;

export const CONNECTORS: ReadonlyMap<string, AnyConnectorModule> = new Map(
  Object.entries(connectors),
);
