import { isSafeNumber, LosslessNumber, parse } from 'lossless-json';

/**
 * Finds a number that a double may not hold digit by digit: sixteen digits or more, or a
 * three-digit exponent.
 */
const LONG_NUMBER = /(?:^|[[,:\s])-?\d[\d.]{15,}|\d[eE][+-]?\d{3}/;

/**
 * Parses JSON so that every number keeps its digits: one that a double cannot hold becomes a
 * `LosslessNumber`.
 *
 * @throws SyntaxError if it is not JSON
 */
export function parseJson(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text) as unknown;
  return parse(text, undefined, (digits) =>
    isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits),
  );
}
