import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Who may come in, in `credentials.json`. */
export interface KeptCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly vendorToken: string;
}

/** Makes credentials, or takes those that an earlier start left in `folder`. */
export async function openCredentials(folder: string): Promise<KeptCredentials> {
  const file = join(folder, 'credentials.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as KeptCredentials;
  const made: KeptCredentials = {
    clientId: `3MVG9${randomBytes(24).toString('base64url')}`,
    clientSecret: randomBytes(32).toString('hex'),
    username: 'dossier@acme.example',
    vendorToken: randomBytes(24).toString('base64url'),
  };
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}
