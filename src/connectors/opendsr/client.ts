import type { SystemErrorCode } from '../../contract/errors/system-errors.ts';
import type { ZodType } from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import {
  guardedAgent,
  notPublic,
  refuseForeignHost,
  refuseInternalAddress,
  type NamedHosts,
  type Resolve,
} from '../shared/named-address.ts';
import { callVendor, type VendorAnswer, type VendorCall } from '../shared/vendor-http.ts';
import { signatureProblem, type SignatureForm } from './signature.ts';
import { discoveryShape, type Discovery } from './wire.ts';
import { readAll } from './read-answer.ts';

/** How the token is sent: as it is after `Bearer`, as `key:secret` by `Basic`, or alone. */
export const TOKEN_SCHEMES = ['bearer', 'basic', 'plain'] as const;
export interface ClientOptions {
  readonly baseUrl: string;
  readonly token?: string;
  readonly tokenScheme: (typeof TOKEN_SCHEMES)[number];
  readonly signature: SignatureForm;
  readonly domain?: string;
  /** Further hosts that the vendor's links may name. */
  readonly hosts: readonly string[];
  /** Resolves host names; by default the system's resolver. */
  readonly resolve?: Resolve;
}

/** One vendor's OpenDSR server. */
export interface VendorClient {
  /** What the vendor supports. Asked for once an hour. @throws SystemFailure */
  discovery(signal: AbortSignal): Promise<Discovery>;
  /**
   * A signed JSON response with its signature checked: if there is one, or always if its form is
   * configured. @throws SystemFailure
   */
  ask<Shape>(
    schema: ZodType<Shape>,
    call: Omit<VendorCall, 'headers' | 'url'> & { readonly path: string },
  ): Promise<Shape>;
  /**
   * A file at a link from the vendor. Our token goes only to the vendor's own host. @throws
   * SystemFailure
   */
  download(url: string, signal: AbortSignal): Promise<VendorAnswer>;
}

const HOUR = 3_600_000;

export function vendorClient(
  system: string,
  { baseUrl, token, tokenScheme, signature, domain, hosts, resolve }: ClientOptions,
): VendorClient {
  const base = baseUrl.replace(/(?<!\/)\/+$/, '');
  const foreign = (code: SystemErrorCode) =>
    new SystemFailure({ kind: 'unreadable', system, code });
  const named: NamedHosts = { system, base, hosts, ...(resolve !== undefined && { resolve }) };
  const guarded = guardedAgent(named);
  const authorization: Readonly<Record<string, string>> =
    token === undefined ? {} : { authorization: authorizationOf(token, tokenScheme) };
  let known:
    | {
        readonly discovery: Discovery;
        readonly until: number;
        certificate?: string;
      }
    | undefined;

  const parse = <Shape>(schema: ZodType<Shape>, raw: Buffer): Shape => {
    let value: unknown;
    try {
      // A response without a body, such as 204, is fine if no body was needed.
      value =
        raw.length === 0 ? undefined : JSON.parse(raw.toString('utf8').replace(/^\uFEFF/, ''));
    } catch {
      throw foreign('NOT_JSON');
    }
    const read = schema.safeParse(value);
    if (!read.success) throw foreign('FOREIGN_SHAPE');
    return read.data;
  };

  const discover = async (signal: AbortSignal) => {
    if (known !== undefined && known.until > Date.now()) return known;
    const answer = await callVendor(system, {
      method: 'GET',
      url: `${base}/discovery`,
      headers: { accept: 'application/json', ...authorization },
      signal,
    });
    known = {
      discovery: parse(discoveryShape, await readAll(system, { body: answer.body, signal })),
      until: Date.now() + HOUR,
    };
    return known;
  };

  const certificate = async (signal: AbortSignal): Promise<string> => {
    const entry = await discover(signal);
    if (entry.certificate !== undefined) return entry.certificate;
    const url = entry.discovery.processor_certificate;
    if (!url) throw foreign('NO_CERTIFICATE');
    const answer = await fetchNamed(url, {}, signal);
    entry.certificate = (await readAll(system, { body: answer.body, signal })).toString('utf8');
    return entry.certificate;
  };

  const checkSignature = async (raw: Buffer, answer: VendorAnswer, signal: AbortSignal) => {
    const signed = headerOf(answer, 'x-opendsr-signature', 'x-opengdpr-signature');
    if (signature === 'none' || (signed === undefined && signature === 'auto')) return;
    // An attacker who can change a response can also leave its signature out.
    if (signed === undefined) {
      throw new SystemFailure({
        kind: 'unreadable',
        system,
        code: 'SIGNATURE_MISSING',
        action:
          'The entry in dossier.yaml says how the vendor signs, and this answer is not ' +
          'signed. Ask the vendor; `signature: auto` takes answers without one.',
      });
    }
    const says = headerOf(
      answer,
      'x-opendsr-processor-domain',
      'x-opengdpr-processor-domain',
      'x-opengdpr-processordomain',
    );
    const signer = domain ?? ownDomain(base) ?? says;
    if (signer === undefined) throw foreign('PROCESSOR_DOMAIN');
    if (says !== undefined && says !== signer) {
      throw new SystemFailure({
        kind: 'unreadable',
        system,
        code: 'PROCESSOR_DOMAIN',
        action:
          `The answer names another domain than ${signer} as its signer. If it is the ` +
          `vendor's, write it into dossier.yaml as domain: of the system's entry, then retry the system.`,
      });
    }
    const problem = async () =>
      signatureProblem(raw, signed, {
        pem: await certificate(signal),
        domain: signer,
        form: signature,
        now: Date.now(),
      });
    if ((await problem()) === undefined) return;
    // The vendor may have changed its certificate since we asked for it.
    known = undefined;
    const still = await problem();
    if (still !== undefined) throw foreign(still);
  };

  /** @throws SystemFailure if a link would take us from an encrypted connection to an open one */
  const refuseDowngrade = (url: string) => {
    const { protocol } = new URL(url);
    if (protocol !== 'https:' && (protocol !== 'http:' || base.startsWith('https:'))) {
      throw foreign('LINK_NOT_HTTPS');
    }
  };

  /**
   * Fetches from an address that the vendor named. @throws SystemFailure before any connection if
   * the vendor may not name it
   */
  const fetchNamed = async (
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<VendorAnswer> => {
    refuseForeignHost(url, named);
    refuseDowngrade(url);
    await refuseInternalAddress(url, named);
    return callVendor(system, { method: 'GET', url, headers, signal, dispatcher: guarded }).catch(
      (error: unknown) => {
        throw error instanceof SystemFailure && error.facts.code === 'LINK_ADDRESS'
          ? notPublic(system)
          : error;
      },
    );
  };

  return {
    discovery: async (signal) => (await discover(signal)).discovery,
    async ask(schema, { path, ...call }) {
      const headers = {
        accept: 'application/json',
        ...authorization,
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      };
      const answer = await callVendor(system, { ...call, url: `${base}${path}`, headers });
      const raw = await readAll(system, { body: answer.body, signal: call.signal });
      await checkSignature(raw, answer, call.signal);
      return parse(schema, raw);
    },
    async download(url, signal) {
      const isOwn = URL.canParse(url) && new URL(url).origin === new URL(base).origin;
      return fetchNamed(url, isOwn ? authorization : {}, signal);
    },
  };
}

function authorizationOf(token: string, scheme: ClientOptions['tokenScheme']): string {
  if (scheme === 'basic') return `Basic ${Buffer.from(token).toString('base64')}`;
  return scheme === 'plain' ? token : `Bearer ${token}`;
}

/**
 * The domain of a vendor's own address. Returns nothing for an IP address of this machine, as
 * simulators have, because no certificate names one.
 */
function ownDomain(base: string): string | undefined {
  const { hostname } = new URL(base);
  return hostname === '127.0.0.1' || hostname === '[::1]' ? undefined : hostname;
}

function headerOf({ headers }: VendorAnswer, ...names: readonly string[]): string | undefined {
  const [value] = names.map((name) => headers[name]).filter((it) => it !== undefined);
  return Array.isArray(value) ? value[0] : value;
}
