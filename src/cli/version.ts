import { readFileSync } from 'node:fs';
import { packageFile } from '../package-files.ts';

/** The version of this installation. */
export function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
