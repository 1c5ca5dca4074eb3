import { constants, sign } from 'node:crypto';
import type { Authority, Certified } from './certificates.ts';
import { bearerOf, empty, json, jsonText, Refusal, type Answer, type Call, type Route } from './http.ts';
import { openDesk, type SentIdentity, type VendorDesk, type VendorRequest } from './opendsr-vendors.ts';
import type { VendorNotes, VendorRows } from './seed-shape.ts';

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

/** The vendors of a seed, as servers that speak OpenDSR 2.0. */
export interface Vendors {
  readonly routes: readonly Route[];
  readonly desk: VendorDesk;
}

const CONTROLLER = 'acme';
const ROOT = '/opendsr/:vendor/v2';
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const DEFAULT_IDENTITIES = [{ type: 'email', format: 'raw' }, { type: 'email', format: 'sha256' }] as const;
const DEFAULT_TYPES = ['access', 'portability', 'erasure'];
const CALLBACK_TIMEOUT = 5_000;

/** The host name that a vendor's certificate is for. */
const domainOf = (vendor: string): string => `opendsr.${vendor.toLowerCase().replace(/[^a-z0-9-]/g, '-')}.example`;

/** Opens the vendors: one certificate for all their host names, one desk for all their requests. */
export async function openVendors({ vendors, rows, token, authority, folder, origin, log }: VendorParts): Promise<Vendors> {
  const names = Object.keys(vendors);
  const certified = names.length === 0 ? undefined : await authority.issue(names.map(domainOf));
  const statusOf = (request: VendorRequest): Record<string, unknown> => ({
    controller_id: CONTROLLER, expected_completion_time: request.expectedAt, subject_request_id: request.id, request_status: request.state, api_version: '2.0',
    results_url: request.resultsToken === null ? null : `${origin()}/opendsr/${request.vendor}/v2/results/${request.resultsToken}`,
    results_count: request.state === 'completed' ? desk.results(request).rows : null,
  });
  const callBack = (request: VendorRequest): void => {
    for (const url of request.callbacks) {
      const signed = signedJson(200, { ...statusOf(request), status_callback_url: url }, request.vendor, vendors[request.vendor], certified);
      fetch(url, { method: 'POST', headers: signed.headers, body: signed.text, signal: AbortSignal.timeout(CALLBACK_TIMEOUT) })
        .then((answer) => log(`simulator: vendor ${request.vendor} called back and was answered ${answer.status}`))
        .catch(() => log(`simulator: vendor ${request.vendor} called back and was not answered`));
    }
  };
  const desk = await openDesk(vendors, rows, folder, callBack);

  const notesOf = (call: Call): VendorNotes => {
    const notes = desk.notes(call.params.vendor ?? '');
    if (notes === undefined) throw refused(404, 'NotFound', 'there is no such processor');
    return notes;
  };
  const authorized = (call: Call): VendorNotes => {
    if (bearerOf(call) !== token) throw refused(401, 'Unauthorized', 'the bearer token is missing or wrong');
    return notesOf(call);
  };
  const requestOf = (call: Call): VendorRequest => {
    const found = desk.get(call.params.vendor ?? '', call.params.id ?? '');
    if (found === undefined) throw refused(404, 'NotFound', 'there is no such request');
    return found;
  };
  const answer = (call: Call, status: number, body: object): Answer => signedJson(status, body, call.params.vendor ?? '', desk.notes(call.params.vendor ?? ''), certified, call.path.includes('opengdpr'));

  const discovery = (call: Call): Answer => {
    const notes = notesOf(call);
    return json(200, {
      api_version: '2.0', supported_subject_request_types: notes.requestTypes ?? DEFAULT_TYPES,
      supported_identities: (notes.identities ?? DEFAULT_IDENTITIES).map(({ type, format }) => ({ identity_type: type, identity_format: format })),
      processor_certificate: `${origin()}/opendsr/${call.params.vendor}/v2/certificate.pem`,
    });
  };
  const submit = async (call: Call): Promise<Answer> => {
    const notes = authorized(call);
    const { id, identities, callbacks } = read(call, notes);
    const vendor = call.params.vendor ?? '';
    if (desk.get(vendor, id)) throw refused(400, 'Duplicate', 'subject_request_id already exists');
    const request = await desk.open(vendor, id, identities, callbacks);
    return answer(call, 201, {
      controller_id: CONTROLLER, expected_completion_time: request.expectedAt, received_time: request.receivedAt,
      encoded_request: call.body.toString('base64'), subject_request_id: id,
    });
  };
  const status = async (call: Call): Promise<Answer> => {
    authorized(call);
    const request = requestOf(call);
    await desk.poll(request);
    return answer(call, 200, statusOf(request));
  };
  const cancel = async (call: Call): Promise<Answer> => {
    authorized(call);
    const request = requestOf(call);
    if (request.state !== 'pending') throw refused(400, 'NotPending', `a request that is ${request.state} cannot be cancelled`);
    await desk.set(request, 'cancelled');
    return answer(call, 202, { controller_id: CONTROLLER, received_time: new Date().toISOString(), subject_request_id: request.id, api_version: '2.0' });
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
      { method: 'GET', path: `${ROOT}/certificate.pem`, handle: () => ({ ...empty(200), headers: { 'content-type': 'application/x-pem-file' }, text: certified?.cert ?? '' }) },
      { method: 'GET', path: `${ROOT}/results/:token`, handle: results },
      ...['requests', 'opengdpr_requests'].flatMap((name) => [
        { method: 'POST', path: `${ROOT}/${name}`, handle: submit },
        { method: 'GET', path: `${ROOT}/${name}/:id`, handle: status },
        { method: 'DELETE', path: `${ROOT}/${name}/:id`, handle: cancel },
      ]),
    ],
  };
}

const refused = (status: number, reason: string, message: string): Refusal =>
  new Refusal(json(status, { error: { code: status, message, errors: [{ domain: status === 400 ? 'Validation' : 'Request', reason, message }] } }));

function signedJson(status: number, body: object, vendor: string, notes: VendorNotes | undefined, certified: Certified | undefined, oldNames = false): Answer {
  const plain = json(status, body);
  if (certified === undefined || notes?.signature === 'none') return plain;
  const padding = notes?.signature === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {};
  const signature = sign('sha256', Buffer.from(plain.text), { key: certified.key, ...padding }).toString('base64');
  const prefix = oldNames ? 'x-opengdpr' : 'x-opendsr';
  return { ...plain, headers: { ...plain.headers, [`${prefix}-processor-domain`]: domainOf(vendor), [`${prefix}-signature`]: signature } };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function need(holds: boolean, field: string): void {
  if (!holds) throw refused(400, 'InvalidField', `${field} is missing or not understood`);
}

function read(call: Call, notes: VendorNotes): { id: string; identities: SentIdentity[]; callbacks: string[] } {
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(call.body.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw refused(400, 'NotJson', 'the body is no JSON');
  }
  need(['gdpr', 'ccpa'].includes(text(body.regulation)), 'regulation');
  need(UUID4.test(text(body.subject_request_id)), 'subject_request_id');
  need((notes.requestTypes ?? DEFAULT_TYPES).includes(text(body.subject_request_type)), 'subject_request_type');
  need(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text(body.submitted_time)), 'submitted_time');
  const sent: unknown[] = Array.isArray(body.subject_identities) ? body.subject_identities : [];
  const identities = sent.map((it) => {
    const { identity_type: type, identity_value: value, identity_format: format } = (it ?? {}) as Record<string, unknown>;
    return { type: text(type), value: text(value), format: text(format) };
  });
  const supported = notes.identities ?? DEFAULT_IDENTITIES;
  need(identities.length > 0 && identities.every(({ value }) => value !== ''), 'subject_identities');
  need(identities.every(({ type, format }) => supported.some((it) => it.type === type && it.format === format)), 'subject_identities[].identity_type');
  const callbacks: unknown[] = Array.isArray(body.status_callback_urls) ? body.status_callback_urls : [];
  return { id: text(body.subject_request_id), identities, callbacks: callbacks.map(text).filter((url) => url !== '') };
}
