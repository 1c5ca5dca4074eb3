import type { Clock } from '../server/clock.ts';
import type { KeptCredentials } from '../server/credentials.ts';
import type { PlaneName } from '../server/listen.ts';
import type { CheckedSeed } from '../seed/shape.ts';
import { accountEngagementPlane } from './account-engagement/account-engagement.ts';
import { b2cCommercePlane } from './b2c-commerce/b2c-commerce.ts';
import type { CloudPlane } from './cloud-plane.ts';
import { marketingCloudPlane } from './marketing-cloud/marketing-cloud.ts';
import { personalizationPlane } from './personalization.ts';

/** What the clouds of a seed need. */
export interface CloudParts {
  readonly seed: CheckedSeed;
  readonly credentials: KeptCredentials['clouds'];
  readonly clock: Clock;
  /** Whether a token is one of the core's. Account Engagement accepts those. */
  readonly isToken: (token: string) => boolean;
  readonly at: Readonly<Record<PlaneName, string>>;
}

/** The planes of the clouds that a seed has. */
export function cloudPlanes({
  seed,
  credentials,
  clock,
  isToken,
  at,
}: CloudParts): ReadonlyMap<PlaneName, CloudPlane> {
  const { marketingCloud, accountEngagement, b2cCommerce, personalization } = seed;
  const planes = new Map<PlaneName, CloudPlane>();
  if (marketingCloud) {
    const base = () => at['marketing-cloud'];
    planes.set(
      'marketing-cloud',
      marketingCloudPlane(marketingCloud, credentials.marketingCloud, clock, base),
    );
  }
  if (accountEngagement) {
    const base = () => at['account-engagement'];
    planes.set(
      'account-engagement',
      accountEngagementPlane(accountEngagement, isToken, clock, base),
    );
  }
  if (b2cCommerce) {
    planes.set('b2c-commerce', b2cCommercePlane(b2cCommerce, credentials.b2cCommerce, clock));
  }
  if (personalization) {
    planes.set(
      'personalization',
      personalizationPlane(personalization, credentials.personalization),
    );
  }
  return planes;
}

/**
 * The addresses and credentials of the clouds in a seed. A cloud that is not in the seed is left
 * out.
 */
export interface CloudAddresses {
  readonly marketingCloud?: {
    /**
     * Base of `/v2/token`. The response with the token names the bases of the REST and the SOAP
     * API.
     */
    readonly auth: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** MIDs. */
    readonly businessUnits: readonly string[];
  };
  /** It accepts tokens of the core. */
  readonly accountEngagement?: { readonly url: string; readonly businessUnits: readonly string[] };
  readonly b2cCommerce?: {
    /** Base of the account manager, `/dwsso/oauth2/access_token`. */
    readonly auth: string;
    /** Base of the API. */
    readonly api: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly organizationId: string;
    readonly customerLists: readonly string[];
    readonly sites: readonly string[];
  };
  readonly personalization?: {
    readonly url: string;
    readonly keyId: string;
    readonly keySecret: string;
    readonly datasets: readonly string[];
  };
  /** An S3 server with the buckets of portability drops. It accepts every signed call. */
  readonly bucket?: { readonly endpoint: string };
  /** It is on the core plane. */
  readonly privacyCenter?: { readonly policies: readonly string[] };
}

/** The addresses and credentials of the clouds of a seed. */
export function cloudAddresses({
  seed,
  credentials,
  at,
}: Pick<CloudParts, 'seed' | 'credentials' | 'at'>): CloudAddresses {
  const { marketingCloud, accountEngagement, b2cCommerce, personalization, privacyCenter } = seed;
  const client = ({ id, secret }: { id: string; secret: string }) => ({
    clientId: id,
    clientSecret: secret,
  });
  return {
    ...(marketingCloud && {
      marketingCloud: {
        auth: at['marketing-cloud'],
        ...client(credentials.marketingCloud),
        businessUnits: Object.keys(marketingCloud.businessUnits),
      },
    }),
    ...(accountEngagement && {
      accountEngagement: {
        url: at['account-engagement'],
        businessUnits: Object.keys(accountEngagement.businessUnits),
      },
    }),
    ...(b2cCommerce && {
      b2cCommerce: {
        auth: at['b2c-commerce'],
        api: at['b2c-commerce'],
        ...client(credentials.b2cCommerce),
        organizationId: b2cCommerce.organizationId,
        customerLists: Object.keys(b2cCommerce.customerLists),
        sites: Object.keys(b2cCommerce.sites),
      },
    }),
    ...(personalization && {
      personalization: {
        url: at.personalization,
        keyId: credentials.personalization.id,
        keySecret: credentials.personalization.secret,
        datasets: Object.keys(personalization.datasets),
      },
    }),
    ...(seed.servesBuckets && { bucket: { endpoint: at.bucket } }),
    ...(privacyCenter && { privacyCenter: { policies: Object.keys(privacyCenter.policies) } }),
  };
}
