import type { Seed } from '@dossier/salesforce-simulator';
import { FAULTS, openWalk, type Walk, type WalkedFault } from './fault-walk.ts';
import { WALKED_PERSON, WALKED_SUBJECT } from './walked-person.ts';

/**
 * Every call to a vendor: discovery, the request itself, questions after it, certificates and
 * results.
 */
export const VENDOR_CALLS = '^vendors (GET|POST|DELETE) ';

/**
 * Vendors have no token that could be renewed, no code for a spent allowance, and results that end
 * are asked for anew.
 */
export const VENDOR_FAULTS: readonly WalkedFault[] = FAULTS.map((fault) => {
  if (fault.kind === 'unauthorized' || fault.kind === 'limit') return { ...fault, gap: ['denied'] };
  return fault.gap === undefined ? fault : { ...fault, gap: [...fault.gap, 'unreadable'] };
});

const results = (mark: string) => ({
  [WALKED_SUBJECT.emails[0] ?? '']: [{ segment: `OWN-${mark}1` }, { segment: `OWN-${mark}2` }],
  'bo@example.com': [{ segment: `OTHER-${mark}1` }],
});

/** A person of Data Cloud whom three vendors know besides, each in a dialect of its own. */
const VENDOR_PERSON: Seed = {
  ...WALKED_PERSON,
  vendors: {
    ads: { kind: 'opendsr', completesAfterPolls: 0, results: results('700') },
    old: {
      kind: 'opendsr',
      completesAfterPolls: 0,
      dialect: 'opengdpr-1',
      signature: 'rsa-pss',
      results: results('710'),
    },
    hub: {
      kind: 'opendsr',
      completesAfterPolls: 0,
      dialect: 'mparticle-3',
      results: results('720'),
    },
  },
};

/** A walk over the calls to vendors. */
export const openVendorWalk = (): Promise<Walk> =>
  openWalk({
    seed: VENDOR_PERSON,
    subject: WALKED_SUBJECT,
    marker: /\b(?:OWN|OTHER)-\d{4}\b/g,
    match: VENDOR_CALLS,
    policy: { systems: ['ads', 'old', 'hub'] },
    systems: [
      { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home', 'Web_Shop'] },
      ...['ads', 'old', 'hub'].map((id) => ({
        id,
        connector: 'opendsr',
        baseUrl: `\${VENDORS}/opendsr/${id}/v2`,
        token: '${VENDOR_TOKEN}',
        regulation: 'gdpr',
        ...(id === 'hub' && { tokenScheme: 'basic' }),
      })),
    ],
  });
