import { createHash, generateKeyPair } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';

const DAY = 24 * 60 * 60 * 1_000;
const YEARS = 10 * 365 * DAY;

/** A private key and its certificate, in PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

/**
 * The simulator's own certificate authority, in files: `ca.pem`, and a certificate and a key for
 * each set of host names.
 */
export interface Authority {
  /** The path of the certificate that clients must trust. */
  readonly ca: string;
  readonly tls: Certified;
  /** Returns a certificate for host names, with an RSA key for signing. */
  issue(names: readonly string[]): Promise<Certified>;
}

/**
 * Makes the authority, or reuses the one in `folder` from an earlier start, so that clients still
 * trust it.
 */
export async function openAuthority(folder: string): Promise<Authority> {
  const ca = await kept(folder, 'ca', () =>
    generate([{ name: 'commonName', value: 'Dossier simulator' }], {
      ...validity(),
      keySize: 2_048,
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        {
          name: 'keyUsage',
          keyCertSign: true,
          cRLSign: true,
          digitalSignature: true,
          critical: true,
        },
      ],
    }),
  );
  const issue = (names: readonly string[]): Promise<Certified> =>
    kept(
      folder,
      `cert-${createHash('sha256').update(names.join()).digest('hex').slice(0, 12)}`,
      () =>
        generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
          ...validity(),
          keySize: 2_048,
          algorithm: 'sha256',
          ca,
          extensions: [
            { name: 'basicConstraints', cA: false },
            { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
            { name: 'extKeyUsage', serverAuth: true },
            {
              name: 'subjectAltName',
              altNames: [
                ...names.map((value) => ({ type: 2 as const, value })),
                { type: 7 as const, ip: '127.0.0.1' },
              ],
            },
          ],
        }),
    );
  return { ca: join(folder, 'ca.pem'), tls: await issue(['localhost']), issue };
}

/** A PEM file with the private key for JWT bearer, and its public key. */
export async function openJwtKey(
  folder: string,
): Promise<{ readonly file: string; readonly publicKey: string }> {
  const file = join(folder, 'jwt-key.pem');
  const publicFile = join(folder, 'jwt-public.pem');
  if (!existsSync(file) || !existsSync(publicFile)) {
    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
      modulusLength: 2_048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    await writeFile(file, privateKey, { mode: 0o600 });
    await writeFile(publicFile, publicKey);
  }
  return { file, publicKey: await readFile(publicFile, 'utf8') };
}

const validity = () => ({
  notBeforeDate: new Date(Date.now() - DAY),
  notAfterDate: new Date(Date.now() + YEARS),
});

async function kept(
  folder: string,
  name: string,
  make: () => Promise<{ private: string; cert: string }>,
): Promise<Certified> {
  const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}-key.pem`)];
  if (!existsSync(certFile) || !existsSync(keyFile)) {
    const made = await make();
    await writeFile(keyFile, made.private, { mode: 0o600 });
    await writeFile(certFile, made.cert);
  }
  return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8') };
}
