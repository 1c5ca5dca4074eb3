/**
 * Replaces the name of a data source that may hold personal data. The name itself is in the status,
 * which is encrypted.
 */
export const UNNAMED_SOURCE = 'data-source:unnamed';

const PREFIX = 'data-source:';
/** The form of API names: no space, no `@`, and no number long enough to be somebody's. */
const API_NAME = /^[A-Za-z][\w.-]{0,59}$/;
const LONG_NUMBER = /\d{6}/;

/**
 * Whether a wait may be in a search attribute, in clear. A row names its own data source, and the
 * name may hold anything.
 */
export function mayBeListed(on: string): boolean {
  if (!on.startsWith(PREFIX)) return true;
  const name = on.slice(PREFIX.length);
  return API_NAME.test(name) && !LONG_NUMBER.test(name);
}

/** What is waited for, as a search attribute may show it. */
export const listedWait = (on: string): string => (mayBeListed(on) ? on : UNNAMED_SOURCE);
