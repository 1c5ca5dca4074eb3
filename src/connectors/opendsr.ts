import * as z from 'zod';
import { SystemFailure } from '../domain/failure.ts';
import type { Asked, ConnectorContext, ConnectorModule, ConnectorParts, Question, VendorConnector } from '../domain/connector.ts';
import type { Receipt } from '../domain/receipt.ts';
import { vendorClient, type VendorClient } from './opendsr/client.ts';
import { identitiesFor, IDENTITY_TYPES } from './opendsr/identities.ts';
import { SIGNATURES } from './opendsr/signature.ts';
import { takeResults } from './opendsr/take-results.ts';
import { acceptedShape, requestBody, requestsPath, statusShape, subjectRequestId, type VendorStatus } from './opendsr/wire.ts';
import { letterFor } from './shared/letter.ts';

const options = z.strictObject({
  /** Carries the major version: `https://opendsr.vendor.example/v2`. */
  baseUrl: z.url(),
  /** Sent as a bearer token, to the vendor's own host only. */
  token: z.string().optional(),
  /** What the vendor is told that the request rests on; without it the vendor is asked by hand. */
  regulation: z.enum(['gdpr', 'ccpa']).optional(),
  /** Identity types that may be sent, of those that the vendor takes. */
  identities: z.array(z.enum(IDENTITY_TYPES)).default(['email', 'controller_customer_id']),
  signature: z.enum(SIGNATURES).default('auto'),
  /** The domain that the vendor's certificate must stand for; by default the one that its answers name. */
  domain: z.string().optional(),
});
type Options = z.infer<typeof options>;

/**
 * A vendor that speaks OpenDSR 2.0: it is asked over HTTP, polled, and its results are taken in at once, for their link expires.
 *
 * @see https://github.com/opengdpr/OpenDSR, specification 2.0; read 2026-11
 */
export default {
  kind: 'vendor',
  options,
  create: (given: Options, parts: ConnectorParts) => openDsr(given, parts),
} satisfies ConnectorModule<Options>;

function openDsr(given: Options, { id: system, dataSources, instructions }: ConnectorParts): VendorConnector {
  const client = vendorClient(system, given);
  const byHand = (question: Question, why: string): Asked => ({ way: 'manual', why, instructions: letterFor({ system, dataSources, instructions }, question) });
  return {
    async ask({ requestId, signal }, question, generation) {
      if (given.regulation === undefined) return byHand(question, 'its entry names no regulation that OpenDSR knows');
      const discovery = await client.discovery(signal);
      if (!discovery.supported_subject_request_types.includes(question.requestType)) return byHand(question, `it takes no ${question.requestType} requests by OpenDSR`);
      const identities = identitiesFor(question, dataSources, given.identities, discovery);
      if (identities.length === 0) return byHand(question, 'it takes none of the identities that the subject has');
      const reference = subjectRequestId(requestId, system, generation);
      const body = requestBody(reference, question, identities, { regulation: given.regulation, discovery });
      return { way: 'poll', reference, expectedAt: await submit(client, { system, path: requestsPath(discovery), body, reference, signal }) };
    },
    async poll(context, reference) {
      const { requestsAt, status } = await statusOf(client, system, reference, context.signal);
      const expectedAt = status.expected_completion_time ?? null;
      if (status.request_status === 'cancelled') return { state: 'answered', outcome: 'refused', note: 'the vendor cancelled the request' };
      // A status that the specification does not know is no answer either.
      if (status.request_status !== 'completed') return { state: 'waiting', expectedAt };
      if (!status.results_url && (status.results_count ?? 0) > 0) {
        throw new SystemFailure({ kind: 'unreadable', system, code: 'NO_RESULTS_LINK', action: 'The vendor completed the request with results, and gives no link to them. Ask it for them, and give Dossier the answer (respondForVendor).' });
      }
      if (!status.results_url || status.results_count === 0) return { state: 'answered', outcome: 'nothing-held', note: 'the vendor completed the request without results' };
      return { state: 'answered', outcome: 'delivered', receipt: await receiptOf(client, context, { ...status, results_url: status.results_url }, { reference, api: `${new URL(given.baseUrl).host}${requestsAt}` }) };
    },
    async withdraw({ signal }, reference) {
      const path = `${requestsPath(await client.discovery(signal))}/${reference}`;
      try {
        await client.ask(z.unknown(), { method: 'DELETE', path, signal });
      } catch (error) {
        // It can be taken back only while it is pending; later the vendor's answer is simply not fetched.
        if (!(error instanceof SystemFailure && [400, 404, 409].includes(error.facts.status ?? 0))) throw error;
      }
    },
    async check(signal) {
      const { supported_identities, supported_subject_request_types } = await client.discovery(signal);
      const types = [...new Set(supported_identities.map(({ identity_type }) => identity_type))];
      return `takes ${supported_subject_request_types.join(', ')} by ${types.join(', ')}${given.regulation === undefined ? '; its entry names no regulation, so it is asked by hand' : ''}`;
    },
  };
}

interface Submission { readonly system: string; readonly path: string; readonly body: string; readonly reference: string; readonly signal: AbortSignal }

/** Sends the request, or finds that it was sent before. Gives when the vendor means to be ready. */
async function submit(client: VendorClient, { system, path, body, reference, signal }: Submission): Promise<string | null> {
  try {
    const accepted = await client.ask(acceptedShape, { method: 'POST', path, body, signal });
    const differs = accepted.encoded_request && !Buffer.from(accepted.encoded_request, 'base64').equals(Buffer.from(body));
    if (differs || accepted.subject_request_id !== reference) throw new SystemFailure({ kind: 'unreadable', system, code: 'OTHER_REQUEST' });
    return accepted.expected_completion_time ?? null;
  } catch (error) {
    if (!(error instanceof SystemFailure && (error.facts.status === 400 || error.facts.status === 409))) throw error;
    const { status } = await statusOf(client, system, reference, signal).catch((absent: unknown) => {
      throw absent instanceof SystemFailure && absent.facts.status === 404 ? error : absent;
    });
    return status.expected_completion_time ?? null;
  }
}

/** @throws SystemFailure; `unreadable` if the vendor speaks of another request */
async function statusOf(client: VendorClient, system: string, reference: string, signal: AbortSignal): Promise<{ readonly requestsAt: string; readonly status: VendorStatus }> {
  const requestsAt = requestsPath(await client.discovery(signal));
  const status = await client.ask(statusShape, { method: 'GET', path: `${requestsAt}/${reference}`, signal });
  if (status.subject_request_id !== reference) throw new SystemFailure({ kind: 'unreadable', system, code: 'OTHER_REQUEST' });
  return { requestsAt, status };
}

async function receiptOf(client: VendorClient, context: ConnectorContext, status: VendorStatus & { readonly results_url: string }, { reference, api }: { reference: string; api: string }): Promise<Receipt> {
  const answer = await client.download(status.results_url, context.signal);
  const { file, count } = await takeResults(context, answer, `results-${reference.slice(0, 8)}`);
  const told = status.results_count;
  const differs = typeof told === 'number' && count !== undefined && told !== count;
  return {
    system: context.system, connector: 'opendsr', name: `${context.system}-${reference.slice(0, 8)}`, at: context.at, outcome: 'delivered',
    files: [file], tables: [],
    provenance: { api, subjectRequestId: reference, ...(typeof told === 'number' && { resultsCount: told }) },
    withheldRows: 0,
    notes: differs ? [`The vendor spoke of ${told} results, and its file holds ${count}.`] : [],
  };
}
