import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The variables in a `.env` file. Empty without a file. */
export function readEnvFile(file: string): Record<string, string> {
  return existsSync(file) ? (parseEnv(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

/**
 * Writes variables as a `.env` file that only its owner may read.
 *
 * @throws RangeError for a value that no quotes can hold
 */
export function writeEnvFile(file: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(name, value)}`);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

function quoted(name: string, value: string): string {
  if (/^[\w+/=:.,@%-]*$/.test(value)) return value;
  const quote = ["'", '`', '"'].find((mark) => !value.includes(mark));
  if (quote === undefined) {
    throw new RangeError(
      `The value of ${name} holds every kind of quotes and cannot be written into a .env file.`,
    );
  }
  return `${quote}${value}${quote}`;
}
