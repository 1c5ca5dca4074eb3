import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An identifier and its secret. */
export interface KeyPair {
  readonly id: string;
  readonly secret: string;
}

/** The accepted credentials, in `credentials.json`. */
export interface KeptCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
  readonly refreshToken: string;
  readonly vendorToken: string;
  /** The credentials of clouds that do not accept the core's. */
  readonly clouds: Readonly<Record<'marketingCloud' | 'b2cCommerce' | 'personalization', KeyPair>>;
}

/** Makes credentials, or reuses those in `folder` from an earlier start. */
export async function openCredentials(folder: string): Promise<KeptCredentials> {
  const file = join(folder, 'credentials.json');
  const kept = existsSync(file)
    ? (JSON.parse(await readFile(file, 'utf8')) as Partial<KeptCredentials>)
    : {};
  const all: KeptCredentials = {
    clientId: `3MVG9${randomBytes(24).toString('base64url')}`,
    clientSecret: randomBytes(32).toString('hex'),
    username: 'dossier@acme.example',
    password: randomBytes(18).toString('base64url'),
    refreshToken: `5Aep861${randomBytes(48).toString('base64url')}`,
    vendorToken: randomBytes(24).toString('base64url'),
    clouds: { marketingCloud: keyPair(), b2cCommerce: keyPair(), personalization: keyPair() },
    ...kept,
  };
  if (Object.keys(all).some((name) => !(name in kept))) {
    await writeFile(file, JSON.stringify(all, null, 2), { mode: 0o600 });
  }
  return all;
}

const keyPair = (): KeyPair => ({
  id: randomBytes(12).toString('hex'),
  secret: randomBytes(24).toString('base64url'),
});
