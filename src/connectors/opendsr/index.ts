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
  baseUrl: z.url().describe('With the major version, such as `https://opendsr.vendor.example/v2`.'),
  token: z.string().optional().describe("Sent to the vendor's own host only."),
  tokenScheme: z
    .enum(TOKEN_SCHEMES)
    .default('bearer')
    .describe(
      'How it is sent: `bearer`, `basic` (it is `key:secret`, as for mParticle), or `plain`.',
    ),
  dialect: z
    .enum(DIALECTS)
    .optional()
    .describe(
      '`opendsr-2`, `opengdpr-1` (no regulation is told), `mparticle-3` (one identity of ' +
        'each kind; with several it is asked by hand); by default told by the version that ' +
        'its discovery names.',
    ),
  requestsPath: z
    .string()
    .regex(/^(?:\/[\w.-]+)+$/, 'must be a path such as "/opendsr_requests"')
    .optional()
    .describe(
      'Where requests go below `baseUrl`: `/requests` for Singular, whose version is one of ' +
        'the first, `/opendsr_requests` for AppsFlyer; by default `/requests`, or ' +
        '`/opengdpr_requests` for `opengdpr-1`.',
    ),
  extra: z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.unknown())]),
    )
    .default({})
    .describe(
      'Members of the request that the vendor wants besides, such as `{ property_id: id123 ' +
        '}` for AppsFlyer; nothing about the subject.',
    ),
  missingResults: z
    .enum(['rejected', 'nothing-held'])
    .default('rejected')
    .describe(
      'What it means that the link of a completed request leads to nothing (404): ' +
        '`rejected`, or `nothing-held` where the vendor has said so.',
    ),
  regulation: z
    .enum(['gdpr', 'ccpa'])
    .optional()
    .describe(
      'What the vendor is told that the request rests on; without one the vendor is asked ' +
        'by hand.',
    ),
  identities: z
    .array(z.enum(IDENTITY_TYPES))
    .default(['email', 'controller_customer_id'])
    .describe('Identifiers that may be sent, of those that the vendor takes.'),
  signature: z
    .enum(SIGNATURES)
    .default('auto')
    .describe(
      '`rsa-pkcs1`, `rsa-pss`, `ecdsa-der` or `ecdsa-p1363`: every answer must be signed ' +
        'so; `auto`: checked where there is one; `none`: not checked.',
    ),
  domain: z
    .string()
    .optional()
    .describe(
      'The domain that signs, which its certificate must name; by default that of `baseUrl`.',
    ),
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
    .default([])
    .describe(
      'Other hosts that the vendor may send us to for results and its certificate, such as ' +
        '`[files.vendor.example]`.',
    ),
});
type Options = z.infer<typeof options>;

/**
 * A vendor that speaks OpenDSR 2.0. We ask it over HTTP, poll it, and take its results in at once,
 * because their link expires.
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
      // A status that the specification does not have is no reply either.
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
        // It can be taken back only while it is pending; later we simply do not fetch the vendor's
        // reply.
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

/**
 * Sends the request, or finds that it was sent before. Returns when the vendor expects to be ready.
 */
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

/** @throws SystemFailure; `unreadable` if the vendor's response is about another request */
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
