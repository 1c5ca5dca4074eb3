import type { Complaint } from '../model/complaint.ts';
import { COUNTRY_CODES, REGION_CODES } from './regions.ts';
import { isTimeZone } from '../calendar/zones.ts';
import { LAWS } from '../laws/known.ts';

/** Where a law's period runs. */
export interface Place {
  readonly country: string;
  /** ISO 3166-2 without the country. */
  readonly region?: string;
}

/** Parts of a member state with a country code of their own. */
const STATE_OF: Readonly<Record<string, string>> = {
  AX: 'FI',
  GF: 'FR',
  GP: 'FR',
  MF: 'FR',
  MQ: 'FR',
  RE: 'FR',
  YT: 'FR',
};

/** The state whose holidays and authority apply to a country code. */
export const stateOf = (country: string): string => STATE_OF[country] ?? country;

/**
 * The zone of each country's capital, and of regions with other clocks. A state with two zones has
 * the one of its capital.
 */
const ZONES: Readonly<Record<string, string>> = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IS: 'Atlantic/Reykjavik',
  IT: 'Europe/Rome',
  LI: 'Europe/Vaduz',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  NO: 'Europe/Oslo',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
  AX: 'Europe/Mariehamn',
  GF: 'America/Cayenne',
  GP: 'America/Guadeloupe',
  MF: 'America/Marigot',
  MQ: 'America/Martinique',
  RE: 'Indian/Reunion',
  YT: 'Indian/Mayotte',
  'ES-CN': 'Atlantic/Canary',
  'ES-GC': 'Atlantic/Canary',
  'ES-TF': 'Atlantic/Canary',
  'PT-20': 'Atlantic/Azores',
  'PT-30': 'Atlantic/Madeira',
  GB: 'Europe/London',
  CH: 'Europe/Zurich',
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  SG: 'Asia/Singapore',
  NZ: 'Pacific/Auckland',
  'NZ-CIT': 'Pacific/Chatham',
  ZA: 'Africa/Johannesburg',
  AU: 'Australia/Sydney',
  'AU-ACT': 'Australia/Sydney',
  'AU-NSW': 'Australia/Sydney',
  'AU-NT': 'Australia/Darwin',
  'AU-QLD': 'Australia/Brisbane',
  'AU-SA': 'Australia/Adelaide',
  'AU-TAS': 'Australia/Hobart',
  'AU-VIC': 'Australia/Melbourne',
  'AU-WA': 'Australia/Perth',
  BR: 'America/Sao_Paulo',
  'BR-AC': 'America/Rio_Branco',
  'BR-AM': 'America/Manaus',
  'BR-MS': 'America/Campo_Grande',
  'BR-MT': 'America/Cuiaba',
  'BR-RO': 'America/Porto_Velho',
  'BR-RR': 'America/Boa_Vista',
  CA: 'America/Toronto',
  'CA-AB': 'America/Edmonton',
  'CA-BC': 'America/Vancouver',
  'CA-MB': 'America/Winnipeg',
  'CA-NB': 'America/Moncton',
  'CA-NL': 'America/St_Johns',
  'CA-NS': 'America/Halifax',
  'CA-NT': 'America/Edmonton',
  'CA-NU': 'America/Iqaluit',
  'CA-PE': 'America/Halifax',
  'CA-QC': 'America/Toronto',
  'CA-SK': 'America/Regina',
  'CA-YT': 'America/Whitehorse',
  'US-CA': 'America/Los_Angeles',
  'US-CO': 'America/Denver',
  'US-CT': 'America/New_York',
  'US-DE': 'America/New_York',
  'US-FL': 'America/New_York',
  'US-IA': 'America/Chicago',
  'US-IN': 'America/Indiana/Indianapolis',
  'US-KY': 'America/New_York',
  'US-MD': 'America/New_York',
  'US-MN': 'America/Chicago',
  'US-MT': 'America/Denver',
  'US-NE': 'America/Chicago',
  'US-NH': 'America/New_York',
  'US-NJ': 'America/New_York',
  'US-OR': 'America/Los_Angeles',
  'US-RI': 'America/New_York',
  'US-TN': 'America/Chicago',
  'US-TX': 'America/Chicago',
  'US-UT': 'America/Denver',
  'US-VA': 'America/New_York',
};

/** The zones above, and those that the laws of more countries add. */
const KNOWN_ZONES: Readonly<Record<string, string>> = Object.assign(
  {},
  ...[...LAWS.values()].map(({ zones }) => zones),
  ZONES,
);

/** The time zone of a place; undefined if this program knows none. */
export function zoneOf({ country, region }: Place): string | undefined {
  return (
    (region === undefined ? undefined : KNOWN_ZONES[`${country}-${region}`]) ?? KNOWN_ZONES[country]
  );
}

/** A region without its country code: `BE` for `DE-BE`. */
export function bareRegion(
  country: string | undefined,
  region: string | undefined,
): string | undefined {
  return country !== undefined && region?.startsWith(`${country}-`)
    ? region.slice(country.length + 1)
    : region;
}

const MISTAKEN: Readonly<Record<string, string>> = {
  UK: 'GB',
  EL: 'GR',
  EN: 'GB',
  EU: 'the member state’s own',
};

/** What is wrong with a country code. Empty if it is in ISO 3166-1. */
export function countryComplaint(country: string, path: string): Complaint[] {
  if (COUNTRY_CODES.has(country)) return [];
  const instead = MISTAKEN[country.toUpperCase()];
  return [
    {
      path,
      reason:
        `"${country}" is no country code of ISO ` +
        `3166-1${instead ? `; the code is ${instead}` : ', such as "DE"'}`,
    },
  ];
}

/**
 * What is wrong with a region of a country that a law covers. Regions of other countries are not
 * checked.
 */
export function regionComplaint({ country, region }: Place, path: string): Complaint[] {
  if (region === undefined) return [];
  const codes = Object.hasOwn(REGION_CODES, country) ? REGION_CODES[country] : undefined;
  if (codes === undefined || ` ${codes} `.includes(` ${region} `)) return [];
  const known = codes.split(' ');
  const list = known.length > 60 ? '' : `; known are ${known.join(', ')}`;
  return [{ path, reason: `"${region}" is no region of ${country} in ISO 3166-2${list}` }];
}

/** What is wrong with the name of a time zone. */
export function zoneComplaint(zone: string, path: string): Complaint[] {
  return isTimeZone(zone)
    ? []
    : [{ path, reason: `"${zone}" is no time zone of the IANA database, such as "Europe/Berlin"` }];
}
