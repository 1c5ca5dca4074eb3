import { createHash } from 'node:crypto';
import type { Question } from '../spi.ts';
import { emailSpellings } from '../shared/email-spelling.ts';
import type { Discovery } from './wire.ts';

/** The identity types of OpenDSR 2.0. */
export const IDENTITY_TYPES = [
  'email',
  'controller_customer_id',
  'android_advertising_id',
  'android_id',
  'fire_advertising_id',
  'ios_advertising_id',
  'ios_vendor_id',
  'microsoft_advertising_id',
  'microsoft_publisher_id',
  'roku_publisher_id',
  'roku_advertising_id',
] as const;
export type IdentityType = (typeof IDENTITY_TYPES)[number];

export interface FormattedIdentity {
  readonly identity_type: string;
  readonly identity_value: string;
  readonly identity_format: string;
}

/** In the order of preference: the format that a vendor compares most surely comes first. */
const FORMATS = ['raw', 'sha256', 'sha1', 'md5'] as const;

/**
 * The subject's identities that a vendor accepts, each in a format that it lists. The IDs of
 * included profiles count if they come from one of the vendor's own data sources.
 */
export function identitiesFor(
  { identifiers, profiles }: Question,
  dataSources: readonly string[],
  wanted: readonly IdentityType[],
  { supported_identities }: Discovery,
): FormattedIdentity[] {
  const values: { type: string; value: string }[] = [
    ...identifiers
      .filter(({ kind }) => kind === 'email' || kind === 'external-id')
      .flatMap(({ kind, name, value }) =>
        kind === 'email'
          ? emailSpellings(value).map((it) => ({ type: 'email', value: it.toLowerCase() }))
          : [{ type: name.replace(/^externalIds\./, ''), value }],
      ),
    ...profiles
      .filter(({ dataSource }) => dataSources.includes(dataSource))
      .map(({ partyId }) => ({ type: 'controller_customer_id', value: partyId })),
  ];
  const formatted = values.flatMap(({ type, value }) => {
    const format = FORMATS.find((it) =>
      supported_identities.some(
        ({ identity_type, identity_format }) => identity_type === type && identity_format === it,
      ),
    );
    return format === undefined || !wanted.includes(type as IdentityType)
      ? []
      : [{ identity_type: type, identity_value: inFormat(value, format), identity_format: format }];
  });
  return [...new Map(formatted.map((identity) => [JSON.stringify(identity), identity])).values()];
}

const inFormat = (value: string, format: (typeof FORMATS)[number]): string =>
  format === 'raw' ? value : createHash(format).update(value).digest('hex');
