import { constants, sign } from 'node:crypto';
import type { Certified } from '../server/certificates.ts';
import { json, Refusal, type Answer, type Call } from '../server/http.ts';
import type { SentIdentity } from './opendsr-vendors.ts';
import type { VendorNotes } from '../seed/shape.ts';

/** Who signs a response, and how. `oldNames` selects the headers of version 1. */
export interface Signer {
  readonly vendor: string;
  readonly certified: Certified | undefined;
  readonly signature: 'rsa-pkcs1' | 'rsa-pss' | 'none';
  readonly oldNames: boolean;
}

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** The host name in a vendor's certificate. */
export const domainOf = (vendor: string): string =>
  `opendsr.${vendor.toLowerCase().replace(/[^a-z0-9-]/g, '-')}.example`;
/** The identities that a vendor accepts. By default e-mail addresses, in clear or as SHA-256. */
export const identitiesOf = (
  notes: VendorNotes,
): readonly { readonly type: string; readonly format: string }[] =>
  notes.identities ?? [
    { type: 'email', format: 'raw' },
    { type: 'email', format: 'sha256' },
  ];
/** The request types that a vendor accepts. */
export const typesOf = (notes: VendorNotes): readonly string[] =>
  notes.requestTypes ?? ['access', 'portability', 'erasure'];

/** An error in the shape of OpenDSR. */
export const refused = (status: number, reason: string, message: string): Refusal =>
  new Refusal(
    json(status, {
      error: {
        code: status,
        message,
        errors: [{ domain: status === 400 ? 'Validation' : 'Request', reason, message }],
      },
    }),
  );

/**
 * A response, signed with the vendor's key. Without a certificate, or with `none`, it is unsigned.
 */
export function signedJson(
  status: number,
  body: object,
  { vendor, certified, signature, oldNames }: Signer,
): Answer {
  const plain = json(status, body);
  if (certified === undefined || signature === 'none') return plain;
  const padding = signature === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {};
  const signed = sign('sha256', Buffer.from(plain.text), {
    key: certified.key,
    ...padding,
  }).toString('base64');
  const prefix = oldNames ? 'x-opengdpr' : 'x-opendsr';
  const headers = {
    [`${prefix}-processor-domain`]: domainOf(vendor),
    [`${prefix}-signature`]: signed,
  };
  return { ...plain, headers: { ...plain.headers, ...headers } };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function need(holds: boolean, field: string): void {
  if (!holds) throw refused(400, 'InvalidField', `${field} is missing or not understood`);
}

/** The dialect of a vendor. */
export const dialectOf = ({
  dialect = 'opendsr-2',
}: VendorNotes): NonNullable<VendorNotes['dialect']> => dialect;

/**
 * Whether a vendor accepts requests at a path. Servers of the second version still accept the path
 * of the first.
 */
export function takesAt(notes: VendorNotes, path: string): boolean {
  if (notes.requestsPath !== undefined) return path === notes.requestsPath;
  const dialect = dialectOf(notes);
  return (
    path === (dialect === 'opengdpr-1' ? 'opengdpr_requests' : 'requests') ||
    (dialect === 'opendsr-2' && path === 'opengdpr_requests')
  );
}

/**
 * The identities of a request: a list, or mParticle's members by type.
 *
 * @see mParticle/docs, "Data Subject Request API Version 3", "The subject_identities Object"; read
 *   2026-11-28
 */
function identitiesIn(sent: unknown, notes: VendorNotes): SentIdentity[] {
  const known = (it: unknown): Record<string, unknown> => (it ?? {}) as Record<string, unknown>;
  if (dialectOf(notes) === 'mparticle-3') {
    return Object.entries(Array.isArray(sent) ? {} : known(sent)).map(([type, it]) => ({
      type,
      value: text(known(it).value),
      format: text(known(it).encoding),
    }));
  }
  return (Array.isArray(sent) ? sent : []).map((it: unknown) => ({
    type: text(known(it).identity_type),
    value: text(known(it).identity_value),
    format: text(known(it).identity_format),
  }));
}

/**
 * Reads a submitted request.
 *
 * @throws Refusal with 400 that names the missing or wrong field
 */
export function readRequest(
  call: Call,
  notes: VendorNotes,
): {
  id: string;
  identities: SentIdentity[];
  callbacks: string[];
} {
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(call.body.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw refused(400, 'NotJson', 'the body is no JSON');
  }
  need(
    dialectOf(notes) === 'opengdpr-1' || ['gdpr', 'ccpa'].includes(text(body.regulation)),
    'regulation',
  );
  need(UUID4.test(text(body.subject_request_id)), 'subject_request_id');
  need(typesOf(notes).includes(text(body.subject_request_type)), 'subject_request_type');
  need(MOMENT.test(text(body.submitted_time)), 'submitted_time');
  const identities = identitiesIn(body.subject_identities, notes);
  const supported = identitiesOf(notes);
  need(
    identities.length > 0 && identities.every(({ value }) => value !== ''),
    'subject_identities',
  );
  need(
    identities.every(({ type, format }) =>
      supported.some((it) => it.type === type && it.format === format),
    ),
    'subject_identities[].identity_type',
  );
  const callbacks: unknown[] = Array.isArray(body.status_callback_urls)
    ? body.status_callback_urls
    : [];
  return {
    id: text(body.subject_request_id),
    identities,
    callbacks: callbacks.map(text).filter((url) => url !== ''),
  };
}
