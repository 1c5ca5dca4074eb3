/**
 * Stands for a data source whose name is no name of a source: what it is called stands in the
 * status, which is encrypted.
 */
export const UNNAMED_SOURCE = 'data-source:unnamed';

const PREFIX = 'data-source:';
/** As API names are: no space, no `@`, and no number long enough to be somebody's. */
const API_NAME = /^[A-Za-z][\w.-]{0,59}$/;
const LONG_NUMBER = /\d{6}/;

/**
 * Whether what is waited for may stand in a search attribute, in clear. A row says of itself which
 * data source it comes from, and may say anything.
 */
export function mayBeListed(on: string): boolean {
  if (!on.startsWith(PREFIX)) return true;
  const name = on.slice(PREFIX.length);
  return API_NAME.test(name) && !LONG_NUMBER.test(name);
}

/** What is waited for, as a search attribute may say it. */
export const listedWait = (on: string): string => (mayBeListed(on) ? on : UNNAMED_SOURCE);
