import type { Authority } from '../server/certificates.ts';
import {
  bearerOf,
  empty,
  json,
  jsonText,
  type Answer,
  type Call,
  type Route,
} from '../server/http.ts';
import {
  dialectOf,
  domainOf,
  identitiesOf,
  readRequest,
  refused,
  signedJson,
  takesAt,
  typesOf,
  type Signer,
} from './opendsr-message.ts';
import { openDesk, type VendorDesk, type VendorRequest } from './opendsr-vendors.ts';
import type { VendorNotes, VendorRows } from '../seed/shape.ts';

/** What the vendors of a seed need. */
export interface VendorParts {
  readonly vendors: Readonly<Record<string, VendorNotes>>;
  readonly rows: Readonly<Record<string, VendorRows>>;
  readonly token: string;
  readonly authority: Authority;
  readonly folder: string;
  /** The address of the vendors' plane. */
  readonly origin: () => string;
  readonly log: (line: string) => void;
}

/** The vendors of a seed, as servers of OpenDSR 2.0. */
export interface Vendors {
  readonly routes: readonly Route[];
  readonly desk: VendorDesk;
}

const CONTROLLER = 'acme';
const ROOT = '/opendsr/:vendor/v2';
const CALLBACK_TIMEOUT = 5_000;
/**
 * The version in `/discovery`: greencase/go-gdpr, types.go at 26f1228; mParticle/docs, "Discovery";
 * read 2026-11-28.
 */
const VERSIONS = { 'opendsr-2': '2.0', 'opengdpr-1': '0.1', 'mparticle-3': '3.0' } as const;

/**
 * Creates the vendors. They share one certificate with all host names, and one desk for all
 * requests.
 */
export async function openVendors({
  vendors,
  rows,
  token,
  authority,
  folder,
  origin,
  log,
}: VendorParts): Promise<Vendors> {
  const names = Object.keys(vendors);
  const certified = names.length === 0 ? undefined : await authority.issue(names.map(domainOf));
  const signerOf = (vendor: string, call?: Call): Signer => ({
    vendor,
    certified,
    signature: vendors[vendor]?.signature ?? 'rsa-pkcs1',
    oldNames: call?.path.includes('opengdpr') ?? false,
  });
  const statusOf = (request: VendorRequest): Record<string, unknown> => {
    const dialect = dialectOf(vendors[request.vendor] ?? { kind: 'opendsr' });
    const { resultsToken: token, vendor } = request;
    // Servers in Go send an empty text for a missing value.
    const noAddress = dialect === 'opengdpr-1' ? '' : null;
    return {
      controller_id: CONTROLLER,
      expected_completion_time: request.expectedAt,
      subject_request_id: request.id,
      request_status: request.state,
      api_version: VERSIONS[dialect],
      results_url: token === null ? noAddress : `${origin()}/opendsr/${vendor}/v2/results/${token}`,
      ...(dialect === 'opendsr-2' && {
        results_count: request.state === 'completed' ? desk.results(request).rows : null,
      }),
      ...(dialect === 'mparticle-3' && { group_id: null, extensions: null }),
    };
  };
  const callBack = (request: VendorRequest): void => {
    for (const url of request.callbacks) {
      const signed = signedJson(
        200,
        { ...statusOf(request), status_callback_url: url },
        signerOf(request.vendor),
      );
      fetch(url, {
        method: 'POST',
        headers: signed.headers,
        body: signed.text,
        signal: AbortSignal.timeout(CALLBACK_TIMEOUT),
      })
        .then((answer) =>
          log(`simulator: vendor ${request.vendor} called back and was answered ${answer.status}`),
        )
        .catch(() => log(`simulator: vendor ${request.vendor} called back and was not answered`));
    }
  };
  const desk = await openDesk(vendors, rows, folder, callBack);

  const notesOf = (call: Call): VendorNotes => {
    const notes = desk.notes(call.params.vendor ?? '');
    if (notes === undefined) throw refused(404, 'NotFound', 'there is no such processor');
    return notes;
  };
  /** Whether a call has the token: after `Bearer`, by `Basic`, or alone, because vendors differ. */
  const isToken = (call: Call): boolean => {
    const given = call.headers.authorization ?? '';
    return (
      bearerOf(call) === token ||
      given === `Basic ${Buffer.from(token).toString('base64')}` ||
      given === token
    );
  };
  const authorized = (call: Call): VendorNotes => {
    if (!isToken(call)) throw refused(401, 'Unauthorized', 'the token is missing or wrong');
    const notes = notesOf(call);
    if (!takesAt(notes, call.params.requests ?? '')) {
      throw refused(404, 'NotFound', 'there is no such resource');
    }
    return notes;
  };
  const requestOf = (call: Call): VendorRequest => {
    const found = desk.get(call.params.vendor ?? '', call.params.id ?? '');
    if (found === undefined) throw refused(404, 'NotFound', 'there is no such request');
    return found;
  };
  const answer = (call: Call, status: number, body: object): Answer =>
    signedJson(status, body, signerOf(call.params.vendor ?? '', call));

  const discovery = (call: Call): Answer => {
    const notes = notesOf(call);
    return json(200, {
      api_version: VERSIONS[dialectOf(notes)],
      supported_subject_request_types: typesOf(notes),
      supported_identities: identitiesOf(notes).map(({ type, format }) => ({
        identity_type: type,
        identity_format: format,
      })),
      processor_certificate: `${origin()}/opendsr/${call.params.vendor}/v2/certificate.pem`,
    });
  };
  const submit = async (call: Call): Promise<Answer> => {
    const notes = authorized(call);
    const { id, identities, callbacks } = readRequest(call, notes);
    const vendor = call.params.vendor ?? '';
    if (desk.get(vendor, id)) throw refused(400, 'Duplicate', 'subject_request_id already exists');
    const request = await desk.open(vendor, id, identities, callbacks);
    return answer(call, 201, {
      controller_id: CONTROLLER,
      expected_completion_time: request.expectedAt,
      received_time: request.receivedAt,
      encoded_request: encodedOf(call, notes),
      subject_request_id: id,
    });
  };
  const status = async (call: Call): Promise<Answer> => {
    authorized(call);
    const request = requestOf(call);
    await desk.poll(request);
    return answer(call, 200, statusOf(request));
  };
  const cancel = async (call: Call): Promise<Answer> => {
    const notes = authorized(call);
    const request = requestOf(call);
    if (request.state !== 'pending') {
      throw refused(400, 'NotPending', `a request that is ${request.state} cannot be cancelled`);
    }
    await desk.set(request, 'cancelled');
    if (notes.cancels === 'empty') return empty(204);
    return answer(call, 202, {
      controller_id: CONTROLLER,
      received_time: new Date().toISOString(),
      subject_request_id: request.id,
      api_version: '2.0',
    });
  };
  const results = (call: Call): Answer => {
    const found = desk.byResultsToken(call.params.vendor ?? '', call.params.token ?? '');
    if (found === undefined) throw refused(404, 'NotFound', 'there are no such results');
    if (found.expired) throw refused(410, 'Gone', 'the results have expired');
    return jsonText(200, desk.results(found.request).text);
  };

  return {
    desk,
    routes: [
      { method: 'GET', path: `${ROOT}/discovery`, handle: discovery },
      {
        method: 'GET',
        path: `${ROOT}/certificate.pem`,
        handle: () => ({
          ...empty(200),
          headers: { 'content-type': 'application/x-pem-file' },
          text: certified?.cert ?? '',
        }),
      },
      { method: 'GET', path: `${ROOT}/results/:token`, handle: results },
      { method: 'POST', path: `${ROOT}/:requests`, handle: submit },
      { method: 'GET', path: `${ROOT}/:requests/:id`, handle: status },
      { method: 'DELETE', path: `${ROOT}/:requests/:id`, handle: cancel },
    ],
  };
}

/**
 * The request that a response repeats. Servers of the first version repeat what they understood,
 * not what came.
 */
function encodedOf({ body }: Call, notes: VendorNotes): string {
  if (dialectOf(notes) !== 'opengdpr-1') return body.toString('base64');
  const understood = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const members = Object.entries(understood).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify({ ...Object.fromEntries(members), extensions: null })).toString(
    'base64',
  );
}
