import type { SystemErrorCode } from '../../contract/errors/system-errors.ts';
import { constants, verify, X509Certificate, type KeyObject } from 'node:crypto';

/**
 * How a vendor signs: the specification leaves it open. `auto` tries the forms that fit the key;
 * `none` checks nothing.
 */
export const SIGNATURES = [
  'auto',
  'rsa-pkcs1',
  'rsa-pss',
  'ecdsa-der',
  'ecdsa-p1363',
  'none',
] as const;
export type SignatureForm = (typeof SIGNATURES)[number];

/**
 * Checks the signature of an OpenDSR response over its raw bytes. Returns nothing if all is well,
 * else the code of the problem.
 *
 * @param pem the processor's certificate, or a chain of which it is the first
 * @param now in milliseconds
 * @see OpenDSR 2.0, section 8; it does not fix the algorithm, so every form in use is supported
 */
export function signatureProblem(
  raw: Uint8Array,
  signature: string,
  {
    pem,
    domain,
    form,
    now,
  }: {
    pem: string;
    domain: string;
    form: SignatureForm;
    now: number;
  },
): SystemErrorCode | undefined {
  if (form === 'none') return undefined;
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return 'CERTIFICATE_UNREADABLE';
  }
  if (certificate.checkHost(domain, { subject: 'never', wildcards: false }) === undefined) {
    return 'CERTIFICATE_DOMAIN';
  }
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) {
    return 'CERTIFICATE_OUT_OF_DATE';
  }
  // Published examples fold the base64 over several lines.
  const bytes = Buffer.from(signature.replace(/\s+/g, ''), 'base64');
  return keysFor(certificate.publicKey, form).some((key) => holds(raw, key, bytes))
    ? undefined
    : 'SIGNATURE_WRONG';
}

type VerifyKey = Exclude<Parameters<typeof verify>[2], string | Buffer>;

function keysFor(key: KeyObject, form: SignatureForm): VerifyKey[] {
  const forms: readonly [SignatureForm, string, VerifyKey][] = [
    ['rsa-pkcs1', 'rsa', { key }],
    [
      'rsa-pss',
      'rsa',
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
    ],
    ['ecdsa-der', 'ec', { key, dsaEncoding: 'der' }],
    ['ecdsa-p1363', 'ec', { key, dsaEncoding: 'ieee-p1363' }],
  ];
  return forms
    .filter(([name, type]) => type === key.asymmetricKeyType && (form === 'auto' || form === name))
    .map(([, , with_]) => with_);
}

function holds(raw: Uint8Array, key: VerifyKey, signature: Uint8Array): boolean {
  try {
    return verify('sha256', raw, key, signature);
  } catch {
    return false;
  }
}
