import type { Authority } from './certificates.ts';
import { bearerOf, empty, json, jsonText, type Answer, type Call, type Route } from './http.ts';
import { domainOf, identitiesOf, readRequest, refused, signedJson, typesOf, type Signer } from './opendsr-message.ts';
import { openDesk, type VendorDesk, type VendorRequest } from './opendsr-vendors.ts';
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
const CALLBACK_TIMEOUT = 5_000;

/** Opens the vendors: one certificate for all their host names, one desk for all their requests. */
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
  const statusOf = (request: VendorRequest): Record<string, unknown> => ({
    controller_id: CONTROLLER,
    expected_completion_time: request.expectedAt,
    subject_request_id: request.id,
    request_status: request.state,
    api_version: '2.0',
    results_url:
      request.resultsToken === null ? null : `${origin()}/opendsr/${request.vendor}/v2/results/${request.resultsToken}`,
    results_count: request.state === 'completed' ? desk.results(request).rows : null,
  });
  const callBack = (request: VendorRequest): void => {
    for (const url of request.callbacks) {
      const signed = signedJson(200, { ...statusOf(request), status_callback_url: url }, signerOf(request.vendor));
      fetch(url, {
        method: 'POST',
        headers: signed.headers,
        body: signed.text,
        signal: AbortSignal.timeout(CALLBACK_TIMEOUT),
      })
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
  const answer = (call: Call, status: number, body: object): Answer =>
    signedJson(status, body, signerOf(call.params.vendor ?? '', call));

  const discovery = (call: Call): Answer => {
    const notes = notesOf(call);
    return json(200, {
      api_version: '2.0',
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
      encoded_request: call.body.toString('base64'),
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
    authorized(call);
    const request = requestOf(call);
    if (request.state !== 'pending')
      throw refused(400, 'NotPending', `a request that is ${request.state} cannot be cancelled`);
    await desk.set(request, 'cancelled');
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
      ...['requests', 'opengdpr_requests'].flatMap((name) => [
        { method: 'POST', path: `${ROOT}/${name}`, handle: submit },
        { method: 'GET', path: `${ROOT}/${name}/:id`, handle: status },
        { method: 'DELETE', path: `${ROOT}/${name}/:id`, handle: cancel },
      ]),
    ],
  };
}
