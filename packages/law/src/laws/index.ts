// Every law, by its ID. To add one, add a folder beside this file and a line here.
export { default as appi } from './appi/law.ts';
export { default as ccpa } from './ccpa/law.ts';
export { default as fadp } from './fadp/law.ts';
export { default as gdpr } from './gdpr/law.ts';
export { default as lgpd } from './lgpd/law.ts';
export { default as 'pdpa-sg' } from './pdpa-sg/law.ts';
export { default as 'pipa-kr' } from './pipa-kr/law.ts';
export { default as pipeda } from './pipeda/law.ts';
export { default as popia } from './popia/law.ts';
export { default as 'privacy-act-au' } from './privacy-act-au/law.ts';
export { default as 'privacy-act-nz' } from './privacy-act-nz/law.ts';
export { default as 'quebec-law-25' } from './quebec-law-25/law.ts';
export { default as 'uk-gdpr' } from './uk-gdpr/law.ts';
export { default as 'us-state' } from './us-state/law.ts';
