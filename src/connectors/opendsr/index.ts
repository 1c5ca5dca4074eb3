import * as z from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import type {
  Asked,
  ConnectorContext,
  ConnectorModule,
  ConnectorParts,
  Question,
  VendorConnector,
} from '../spi.ts';
import type { Receipt } from '../../contract/receipt.ts';
import { TOKEN_SCHEMES, vendorClient, type VendorClient } from './client.ts';
import { identitiesFor, IDENTITY_TYPES } from './identities.ts';
import { SIGNATURES } from './signature.ts';
import { takeResults } from './take-results.ts';
import {
  acceptedShape,
  dialectOf,
  DIALECTS,
  isAnother,
  requestBody,
  requestsPath,
  statusShape,
  subjectRequestId,
  type Discovery,
  type VendorStatus,
} from './wire.ts';
import { letterFor } from '../shared/letter.ts';

const options = z.strictObject({
  /** Carries the major version: `https://opendsr.vendor.example/v2`. */
  baseUrl: z.url(),
  /** Sent to the vendor's own host only. */
  token: z.string().optional(),
  tokenScheme: z.enum(TOKEN_SCHEMES).default('bearer'),
  /**
   * How its OpenDSR differs from the specification's; by default told from the version that its
   * discovery names.
   */
  dialect: z.enum(DIALECTS).optional(),
  /** Where requests are sent below `baseUrl`, for vendors that have a path of their own. */
  requestsPath: z
    .string()
    .regex(/^(?:\/[\w.-]+)+$/, 'must be a path such as "/opendsr_requests"')
    .optional(),
  /**
   * Members of the request that this vendor wants besides, such as `{ property_id: id123 }`. They
   * must not tell who the subject is.
   */
  extra: z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.unknown())]),
    )
    .default({}),
  /** What it means that the results, to which a completed request links, are not there (404). */
  missingResults: z.enum(['rejected', 'nothing-held']).default('rejected'),
  /** What the vendor is told that the request rests on; without it the vendor is asked by hand. */
  regulation: z.enum(['gdpr', 'ccpa']).optional(),
  /** Identity types that may be sent, of those that the vendor takes. */
  identities: z.array(z.enum(IDENTITY_TYPES)).default(['email', 'controller_customer_id']),
  signature: z.enum(SIGNATURES).default('auto'),
  /** The domain that the vendor's certificate must stand for; by default that of `baseUrl`. */
  domain: z.string().optional(),
  /**
   * Hosts besides its own that the vendor may send us to, for results and its certificate: `host`
   * or `host:port`.
   */
  hosts: z
    .array(
      z
        .string()
        .regex(
          /^[A-Za-z0-9.-]{1,253}(?::\d{1,5})?$/,
          'must be a host, such as "files.vendor.example" or "files.vendor.example:8443"',
        ),
    )
    .max(20)
    .default([]),
});
type Options = z.infer<typeof options>;

/**
 * A vendor that speaks OpenDSR 2.0: it is asked over HTTP, polled, and its results are taken in at
 * once, for their link expires.
 *
 * @see https://github.com/opengdpr/OpenDSR, specification 2.0; read 2026-11
 */
export default {
  kind: 'vendor',
  options,
  create: (given: Options, parts: ConnectorParts) => openDsr(given, parts),
} satisfies ConnectorModule<Options>;

function openDsr(
  given: Options,
  { id: system, dataSources, instructions }: ConnectorParts,
): VendorConnector {
  const client = vendorClient(system, given);
  const requestsAt = (discovery: Discovery): string =>
    given.requestsPath ?? requestsPath(dialectOf(discovery, given.dialect));
  const byHand = (question: Question, why: string): Asked => ({
    way: 'manual',
    why,
    instructions: letterFor({ system, dataSources, instructions }, question),
  });
  return {
    async ask({ requestId, signal }, question, generation) {
      if (given.regulation === undefined) {
        return byHand(question, 'its entry names no regulation that OpenDSR knows');
      }
      const discovery = await client.discovery(signal);
      if (!discovery.supported_subject_request_types.includes(question.requestType)) {
        return byHand(question, `it takes no ${question.requestType} requests by OpenDSR`);
      }
      const identities = identitiesFor(question, dataSources, given.identities, discovery);
      if (identities.length === 0) {
        return byHand(question, 'it takes none of the identities that the subject has');
      }
      const reference = subjectRequestId(requestId, system, generation);
      const dialect = dialectOf(discovery, given.dialect);
      if (
        dialect === 'mparticle-3' &&
        new Set(identities.map((it) => it.identity_type)).size < identities.length
      ) {
        return byHand(question, 'it takes one identity of each kind, and the subject has several');
      }
      const body = requestBody(reference, {
        question,
        identities,
        regulation: given.regulation,
        dialect,
        more: given.extra,
      });
      return {
        way: 'poll',
        reference,
        expectedAt: await submit(client, {
          system,
          at: requestsAt(discovery),
          body,
          reference,
          signal,
        }),
      };
    },
    async poll(context, reference) {
      const at = requestsAt(await client.discovery(context.signal));
      const status = await statusOf(client, { system, at, reference, signal: context.signal });
      const expectedAt = status.expected_completion_time ?? null;
      if (status.request_status === 'cancelled') {
        return { state: 'answered', outcome: 'refused', note: 'the vendor cancelled the request' };
      }
      // A status that the specification does not know is no answer either.
      if (status.request_status !== 'completed') return { state: 'waiting', expectedAt };
      if (!status.results_url && (status.results_count ?? 0) > 0) {
        throw new SystemFailure({
          kind: 'unreadable',
          system,
          code: 'NO_RESULTS_LINK',
          action:
            'The vendor completed the request with results, and gives no link to them. Ask it ' +
            'for them, and give Dossier the answer (respondForVendor).',
        });
      }
      if (!status.results_url || status.results_count === 0) {
        return {
          state: 'answered',
          outcome: 'nothing-held',
          note: 'the vendor completed the request without results',
        };
      }
      try {
        return {
          state: 'answered',
          outcome: 'delivered',
          receipt: await receiptOf(
            client,
            context,
            { ...status, results_url: status.results_url },
            { reference, api: `${new URL(given.baseUrl).host}${at}` },
          ),
        };
      } catch (error) {
        if (
          !(error instanceof SystemFailure) ||
          (error.facts.status !== 404 && error.facts.status !== 410)
        ) {
          throw error;
        }
        if (error.facts.status === 404 && given.missingResults === 'nothing-held') {
          return {
            state: 'answered',
            outcome: 'nothing-held',
            note: 'the vendor completed the request, and its link leads to no results',
          };
        }
        throw new SystemFailure({
          ...error.facts,
          action: error.facts.status === 410 ? GONE : NOT_THERE,
        });
      }
    },
    async withdraw({ signal }, reference) {
      const path = `${requestsAt(await client.discovery(signal))}/${reference}`;
      try {
        await client.ask(z.unknown(), { method: 'DELETE', path, signal });
      } catch (error) {
        // It can be taken back only while it is pending; later the vendor's answer is simply not
        // fetched.
        if (
          !(error instanceof SystemFailure && [400, 404, 409].includes(error.facts.status ?? 0))
        ) {
          throw error;
        }
      }
    },
    async check(signal) {
      const { supported_identities, supported_subject_request_types } =
        await client.discovery(signal);
      const types = [...new Set(supported_identities.map(({ identity_type }) => identity_type))];
      return (
        `takes ${supported_subject_request_types.join(', ')} by ` +
        `${types.join(', ')}${given.regulation === undefined ? '; its entry names no regulation, so it is asked by hand' : ''}`
      );
    },
  };
}

const GONE = 'The link to the results has ended. Retry the system: the vendor is asked anew.';
const NOT_THERE =
  'The vendor completed the request, and nothing is where its link leads. Ask the vendor; ' +
  'where it means by that that it holds nothing, set `missingResults: nothing-held`.';

interface Sent {
  readonly system: string;
  readonly at: string;
  readonly reference: string;
  readonly signal: AbortSignal;
}

/** Sends the request, or finds that it was sent before. Gives when the vendor means to be ready. */
async function submit(
  client: VendorClient,
  { body, ...sent }: Sent & { readonly body: string },
): Promise<string | null> {
  const { system, at, reference, signal } = sent;
  try {
    const accepted = await client.ask(acceptedShape, { method: 'POST', path: at, body, signal });
    const differs = accepted.encoded_request && isAnother(accepted.encoded_request, body);
    if (differs || accepted.subject_request_id !== reference.toLowerCase()) {
      throw new SystemFailure({ kind: 'unreadable', system, code: 'OTHER_REQUEST' });
    }
    return accepted.expected_completion_time ?? null;
  } catch (error) {
    if (
      !(
        error instanceof SystemFailure &&
        (error.facts.status === 400 || error.facts.status === 409)
      )
    ) {
      throw error;
    }
    const status = await statusOf(client, sent).catch((absent: unknown) => {
      throw absent instanceof SystemFailure && absent.facts.status === 404 ? error : absent;
    });
    return status.expected_completion_time ?? null;
  }
}

/** @throws SystemFailure; `unreadable` if the vendor speaks of another request */
async function statusOf(
  client: VendorClient,
  { system, at, reference, signal }: Sent,
): Promise<VendorStatus> {
  const status = await client.ask(statusShape, {
    method: 'GET',
    path: `${at}/${reference}`,
    signal,
  });
  if (status.subject_request_id !== reference.toLowerCase()) {
    throw new SystemFailure({ kind: 'unreadable', system, code: 'OTHER_REQUEST' });
  }
  return status;
}

async function receiptOf(
  client: VendorClient,
  context: ConnectorContext,
  status: VendorStatus & { readonly results_url: string },
  { reference, api }: { reference: string; api: string },
): Promise<Receipt> {
  const answer = await client.download(status.results_url, context.signal);
  const { file, count } = await takeResults(context, answer, `results-${reference.slice(0, 8)}`);
  const told = status.results_count;
  const differs = typeof told === 'number' && count !== undefined && told !== count;
  return {
    system: context.system,
    connector: 'opendsr',
    name: `${context.system}-${reference.slice(0, 8)}`,
    at: context.at,
    outcome: 'delivered',
    files: [file],
    tables: [],
    provenance: {
      api,
      subjectRequestId: reference,
      ...(typeof told === 'number' && { resultsCount: told }),
    },
    withheldRows: 0,
    notes: differs ? [`The vendor spoke of ${told} results, and its file holds ${count}.`] : [],
  };
}
