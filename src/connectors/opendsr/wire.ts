import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Question } from '../../domain/connector.ts';
import type { FormattedIdentity } from './identities.ts';

/** What `GET /discovery` tells. */
export const discoveryShape = z.looseObject({
  api_version: z.string().nullish(),
  supported_identities: z.array(z.looseObject({ identity_type: z.string(), identity_format: z.string() })),
  supported_subject_request_types: z.array(z.string()),
  processor_certificate: z.url().nullish(),
});
export type Discovery = z.infer<typeof discoveryShape>;

/** The answer to `POST /requests`. `encoded_request` repeats the subject's identifiers: it is compared and dropped. */
export const acceptedShape = z.looseObject({
  subject_request_id: z.string(),
  expected_completion_time: z.string().nullish(),
  encoded_request: z.string().nullish(),
});

/** The answer to `GET /requests/{id}`. */
export const statusShape = z.looseObject({
  subject_request_id: z.string(),
  request_status: z.string(),
  expected_completion_time: z.string().nullish(),
  results_url: z.url().nullish(),
  results_count: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
});
export type VendorStatus = z.infer<typeof statusShape>;

/** The path of requests: vendors of version 1 and before have another. */
export const requestsPath = ({ api_version }: Discovery): string => (/^[01]\./.test(api_version ?? '') ? '/opengdpr_requests' : '/requests');

/** A moment as the protocol wants it; a bare day counts from its first instant in UTC. */
export const wireTime = (moment: string): string => new Date(moment).toISOString();

/** The body of `POST /requests`, byte for byte the same however often it is made. @see OpenDSR 2.0, section 3.2 */
export function requestBody(id: string, question: Question, identities: readonly FormattedIdentity[], { regulation, discovery }: { regulation: string; discovery: Discovery }): string {
  const isFirstVersion = requestsPath(discovery) !== '/requests';
  return JSON.stringify({
    ...(!isFirstVersion && { regulation }),
    subject_request_id: id,
    subject_request_type: question.requestType,
    submitted_time: wireTime(question.submittedAt),
    subject_identities: identities,
    ...(!isFirstVersion && { api_version: '2.0' }),
  });
}

/** The ID under which a vendor knows our request: the same for the same request, system and generation, so that asking twice is asking once. */
export function subjectRequestId(requestId: string, system: string, generation: number): string {
  const bytes = createHash('sha256').update(JSON.stringify([requestId, system, generation])).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
