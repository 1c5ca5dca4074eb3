import type { Law } from '../model/law.ts';
import appi from './appi/law.ts';
import ccpa from './ccpa/law.ts';
import fadp from './fadp/law.ts';
import gdpr from './gdpr/law.ts';
import lgpd from './lgpd/law.ts';
import pdpaSg from './pdpa-sg/law.ts';
import pipaKr from './pipa-kr/law.ts';
import pipeda from './pipeda/law.ts';
import popia from './popia/law.ts';
import privacyActAu from './privacy-act-au/law.ts';
import privacyActNz from './privacy-act-nz/law.ts';
import quebecLaw25 from './quebec-law-25/law.ts';
import ukGdpr from './uk-gdpr/law.ts';
import usState from './us-state/law.ts';

/**
 * Every law by its ID, in the order of IDs. A new law is a folder beside this file, and a line
 * here.
 */
const laws = {
  appi: appi,
  ccpa: ccpa,
  fadp: fadp,
  gdpr: gdpr,
  lgpd: lgpd,
  'pdpa-sg': pdpaSg,
  'pipa-kr': pipaKr,
  pipeda: pipeda,
  popia: popia,
  'privacy-act-au': privacyActAu,
  'privacy-act-nz': privacyActNz,
  'quebec-law-25': quebecLaw25,
  'uk-gdpr': ukGdpr,
  'us-state': usState,
} satisfies Record<string, Law>;

export type LawId = keyof typeof laws;
export const LAWS: ReadonlyMap<string, Law> = new Map<string, Law>(Object.entries(laws));
