// Every connector, under its name in `dossier.yaml`. A new one is a folder beside this file, and a
// line here.
export { default as 'account-engagement' } from './account-engagement/index.ts';
export { default as 'b2c-commerce' } from './b2c-commerce/index.ts';
export { default as 'core-crm' } from './core-crm/index.ts';
export { default as 'data-cloud-portability' } from './data-cloud-portability/index.ts';
export { default as manual } from './manual/index.ts';
export { default as 'marketing-cloud' } from './marketing-cloud/index.ts';
export { default as opendsr } from './opendsr/index.ts';
export { default as personalization } from './personalization/index.ts';
export { default as 'privacy-center' } from './privacy-center/index.ts';
export { default as 'support-case' } from './support-case/index.ts';
