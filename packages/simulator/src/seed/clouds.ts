import { isLosslessNumber } from 'lossless-json';
import * as z from 'zod';

/** Numbers of a seed keep their digits until code calculates with them. */
const number = z.preprocess(
  (value) => (isLosslessNumber(value) ? Number(value.value) : value),
  z.number(),
);
const count = number.pipe(z.int().nonnegative());
const atLeastOne = number.pipe(z.int().min(1));

/** A record as it is sent: numbers with all their digits. */
const record = z.record(z.string(), z.unknown());

const dataExtension = z.strictObject({
  name: z.string(),
  /** The customer key that leads to its rows. */
  key: z.string(),
  primaryKeys: z.array(z.string()).default([]),
  /** Types by field, for fields with a type other than `Text`, or without a row. */
  fields: z.record(z.string(), z.string()).default({}),
  rows: z.array(record).default([]),
});

const businessUnit = z.strictObject({
  name: z.string().optional(),
  /** The result of the search for an e-mail address. Several contacts may share an address. */
  contacts: z
    .array(
      z.strictObject({
        contactKey: z.string(),
        email: z.string(),
        createDate: z.string().optional(),
      }),
    )
    .default([]),
  dataExtensions: z.array(dataExtension).default([]),
  /** Objects of the SOAP API by type, such as `Subscriber` and `SentEvent`. */
  soap: z.record(z.string(), z.array(record)).default({}),
});

/** Marketing Cloud Engagement: business units by their MID. */
export const marketingCloud = z.strictObject({
  businessUnits: z.record(z.string().regex(/^\d+$/, 'must be a MID: digits'), businessUnit),
  tokenSeconds: count.default(1_079),
  /** The most rows in a page. */
  pageSize: atLeastOne.default(2_500),
  /** Contacts that a search returns if the call names no number. */
  maximumCount: atLeastOne.default(1),
  emailCase: z.enum(['insensitive', 'sensitive']).default('insensitive'),
  /**
   * The result of the search for an unknown address: an empty object, as the documents say, or
   * nothing.
   */
  unknownContact: z.enum(['empty-object', 'empty-list']).default('empty-object'),
});

/**
 * Account Engagement: by business unit, the records of each object. Those with `isDeleted` are in
 * the recycle bin.
 */
export const accountEngagement = z.strictObject({
  businessUnits: z.record(
    z.string().regex(/^0Uv[A-Za-z0-9]{15}$/, 'must be 18 characters that begin with 0Uv'),
    z.record(
      z.string().regex(/^[a-z][a-z-]*$/, 'must be an object such as visitor-activities'),
      z.array(record),
    ),
  ),
  dailyRequests: count.default(25_000),
  concurrent: atLeastOne.default(5),
  /** The number of records after which a sequence of pages ends. */
  longestSequence: atLeastOne.default(100_000),
  /** The code of the warning at the end of such a sequence: the server's own, or the documents'. */
  cutWarning: z.enum(['101', '203']).default('101'),
  /**
   * Objects with records that access rules hide. Their pages come with a warning, and without the
   * last record.
   */
  redacted: z.array(z.string()).default([]),
});

/** B2C Commerce: customers by list, orders by site. */
export const b2cCommerce = z.strictObject({
  organizationId: z
    .string()
    .regex(/^f_ecom_[a-z0-9]{4}_[a-z0-9]+$/, 'must be f_ecom_<realm>_<instance>')
    .default('f_ecom_zzte_053'),
  /** Customers, each with its `addresses`. */
  customerLists: z.record(z.string(), z.array(record)).default({}),
  /** Orders, each with `orderNo`, `creationDate` and `customerInfo`. */
  sites: z.record(z.string(), z.array(record)).default({}),
  tokenSeconds: count.default(1_799),
  /** Whether a token needs the scope `SALESFORCE_COMMERCE_API:<tenant>`. */
  tenantScope: z.enum(['wanted', 'optional']).default('optional'),
  /**
   * The members of a list of orders: only the orders, as in the specification, or the total as
   * well.
   */
  orderLists: z.enum(['data', 'data-and-total']).default('data'),
});

/** Marketing Cloud Personalization: users by dataset, each with `id` and perhaps `anonymousIds`. */
export const personalization = z.strictObject({
  datasets: z.record(
    z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, "_" or "-"'),
    z.array(record),
  ),
  /** The response of a look-up as it is, or in a member `user`. */
  answer: z.enum(['plain', 'user']).default('plain'),
  /** The response for an unknown user: a refusal, `{}` or `[]`. The vendor does not say. */
  unknownUser: z.enum(['404', 'empty', 'list']).default('404'),
});

/** The keys of a seed whose numbers keep their digits. */
export const EXACT_KEYS: readonly string[] = [
  'marketingCloud',
  'accountEngagement',
  'b2cCommerce',
  'personalization',
];

/** A record of a cloud as it is sent. */
export type CloudRecord = Readonly<Record<string, unknown>>;
export type MarketingCloudNotes = z.output<typeof marketingCloud>;
export type BusinessUnit = z.output<typeof businessUnit>;
export type DataExtension = z.output<typeof dataExtension>;
export type AccountEngagementNotes = z.output<typeof accountEngagement>;
export type B2cCommerceNotes = z.output<typeof b2cCommerce>;
export type PersonalizationNotes = z.output<typeof personalization>;
