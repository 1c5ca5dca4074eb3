import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Question } from '../spi.ts';
import type { FormattedIdentity } from './identities.ts';

/** Servers in Go send an empty text for an absent link: greencase/go-gdpr, types.go at 26f1228. */
const link = z.union([z.url(), z.literal('').transform(() => null)]).nullish();
/**
 * Optional: the specification requires it, but some servers leave it out, and Dossier does not need
 * it.
 */
const text = z.string().nullish();

/** Compared without case. */
const guid = z.string().transform((id) => id.toLowerCase());

/**
 * The body of `GET /discovery`. An identity without a format is meant as it is. @see OpenDSR 2.0,
 * section 6.3
 */
export const discoveryShape = z.looseObject({
  api_version: z.union([z.string(), z.number().transform(String)]).nullish(),
  supported_identities: z.array(
    z.looseObject({
      identity_type: z.string(),
      identity_format: z
        .string()
        .nullish()
        .transform((format) => format ?? 'raw'),
    }),
  ),
  supported_subject_request_types: z.array(z.string()),
  processor_certificate: link,
});
export type Discovery = z.infer<typeof discoveryShape>;

/**
 * The response to `POST /requests`. `encoded_request` repeats the subject's identifiers: it is
 * compared and dropped. @see OpenDSR 2.0, section 7.3
 */
export const acceptedShape = z.looseObject({
  subject_request_id: guid,
  expected_completion_time: text,
  encoded_request: text,
});

/** The response to `GET /requests/{id}`. @see OpenDSR 2.0, section 8.3 */
export const statusShape = z.looseObject({
  subject_request_id: guid,
  request_status: z.string().transform((status) => status.toLowerCase().replaceAll('-', '_')),
  expected_completion_time: text,
  results_url: link,
  results_count: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
});
export type VendorStatus = z.infer<typeof statusShape>;

/** The specification's second version, its first ones, and mParticle's third. */
export const DIALECTS = ['opendsr-2', 'opengdpr-1', 'mparticle-3'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** The dialect of a vendor whose entry names none, by the version that it states. */
export function dialectOf(
  { api_version: version }: Discovery,
  named: Dialect | undefined,
): Dialect {
  if (named !== undefined) return named;
  if (/^[01]\./.test(version ?? '')) return 'opengdpr-1';
  return version?.startsWith('3.') === true ? 'mparticle-3' : 'opendsr-2';
}

/** The path of requests below the base URL, if the vendor's entry names none. */
export const requestsPath = (dialect: Dialect): string =>
  dialect === 'opengdpr-1' ? '/opengdpr_requests' : '/requests';

/**
 * Whether a vendor's copy of our request is of another one. Some vendors send it in a form of their
 * own: members in another order, and more of them.
 */
export function isAnother(encoded: string, body: string): boolean {
  const copy = Buffer.from(encoded, 'base64');
  if (copy.equals(Buffer.from(body))) return false;
  try {
    const [theirs, ours] = [copy.toString('utf8'), body].map(
      (it) => JSON.parse(it) as Readonly<Record<string, unknown>>,
    );
    return (
      theirs?.subject_request_id !== ours?.subject_request_id ||
      !isDeepStrictEqual(theirs?.subject_identities, ours?.subject_identities)
    );
  } catch {
    return true;
  }
}

/** A moment in the protocol's form; a bare day counts from its first instant in UTC. */
export const wireTime = (moment: string): string => new Date(moment).toISOString();

export interface RequestTold {
  readonly question: Question;
  readonly identities: readonly FormattedIdentity[];
  readonly regulation: string;
  readonly dialect: Dialect;
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * The body of `POST /requests`, byte for byte the same each time it is made. `more`: members of the
 * vendor's own. @see OpenDSR 2.0, section 7.1
 */
export function requestBody(
  id: string,
  { question, identities, regulation, dialect, more = {} }: RequestTold,
): string {
  const isFirstVersion = dialect === 'opengdpr-1';
  return JSON.stringify({
    ...more,
    ...(!isFirstVersion && { regulation }),
    subject_request_id: id,
    subject_request_type: question.requestType,
    submitted_time: wireTime(question.submittedAt),
    // mParticle's version 3 takes one identity of each type, under its name.
    subject_identities:
      dialect === 'mparticle-3'
        ? Object.fromEntries(
            identities.map((it) => [
              it.identity_type,
              { value: it.identity_value, encoding: it.identity_format },
            ]),
          )
        : identities,
    ...(!isFirstVersion && { api_version: dialect === 'mparticle-3' ? '3.0' : '2.0' }),
  });
}

/**
 * The vendor's ID of our request. It is the same for the same request, system and generation, so
 * that asking twice is asking once.
 */
export function subjectRequestId(requestId: string, system: string, generation: number): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([requestId, system, generation]))
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
