import { InvalidArgumentError } from 'commander';

/**
 * Reads a port.
 *
 * @throws InvalidArgumentError if it is not one
 */
export function port(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number < 1 || number > 65_535) {
    throw new InvalidArgumentError('It must be a port, from 1 to 65535.');
  }
  return number;
}
