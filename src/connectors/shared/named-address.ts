import type { SystemErrorCode } from '../../contract/errors/system-errors.ts';
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { SystemFailure } from '../../http/failure.ts';

/** Resolves a host name to all of its addresses. */
export type Resolve = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** The hosts that a vendor's links may name: its own, and others that the configuration lists. */
export interface NamedHosts {
  readonly system: string;
  /** The vendor's configured address. */
  readonly base: string;
  /** `host` or `host:port`; a host without a port has the port of its scheme. */
  readonly hosts: readonly string[];
  readonly resolve?: Resolve;
}

/**
 * Addresses of this machine and of its own network. @see IANA special-purpose address registries
 * for IPv4 and IPv6; read 2026-11
 */
const INTERNAL: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
];
/**
 * Addresses that no vendor has, in any place: link-local ones, where clouds publish secrets to
 * machines, and those that name no single host.
 */
const NEVER: typeof INTERNAL = [
  ['169.254.0.0', 16, 'ipv4'],
  ['0.0.0.0', 8, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
  ['::', 128, 'ipv6'],
  // IPv4 within IPv6: the same places by another name.
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['2001::', 32, 'ipv6'],
];

const listOf = (ranges: typeof INTERNAL): BlockList => {
  const list = new BlockList();
  for (const [network, prefix, type] of ranges) {
    list.addSubnet(network, prefix, type);
  }
  return list;
};
const internal = listOf(INTERNAL);
const never = listOf(NEVER);

/** The kind of place of an IP address. An IPv4 address mapped into IPv6 counts as itself. */
export function placeOf(address: string): 'public' | 'internal' | 'never' {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (never.check(address, family)) return 'never';
  return internal.check(address, family) ? 'internal' : 'public';
}

/**
 * Refuses a vendor's link to a host that is neither its own nor listed, or to an address that is no
 * address.
 *
 * @throws SystemFailure `rejected`, LINK_HOST
 */
export function refuseForeignHost(link: string, { system, base, hosts }: NamedHosts): void {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const listed =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    (url.host === new URL(base).host ||
      hosts.some((host) => url.host === new URL(`${url.protocol}//${host}`).host));
  if (listed) return;
  throw new SystemFailure({
    kind: 'rejected',
    system,
    code: 'LINK_HOST',
    action:
      'The vendor sends us to ' +
      `${url === undefined ? 'what is no address' : `the host ${url.host.slice(0, 100)}`}, ` +
      `which is not its own. If it is the vendor's, add it to hosts: of the system's entry in ` +
      'dossier.yaml, then retry the system.',
  });
}

/**
 * Connections to hosts that a vendor named. The address is checked when the connection is made, and
 * the connection goes to that very address. A name that resolves to a place in the company's
 * network is refused, unless the configured vendor itself is there.
 */
export function guardedAgent({ base, resolve: find = resolveAll }: NamedHosts): Agent {
  const check = async (host: string): Promise<LookupAddress[]> => {
    const found = await addressesOf(host, find);
    const ownIsInternal = async () =>
      (await addressesOf(hostOf(base), find)).every(
        ({ address }) => placeOf(address) === 'internal',
      );
    for (const { address } of found) {
      const place = placeOf(address);
      if (place === 'never' || (place === 'internal' && !(await ownIsInternal()))) {
        throw Object.assign(new Error('an address that is not public'), {
          code: 'LINK_ADDRESS' satisfies SystemErrorCode,
        });
      }
    }
    return [...found];
  };
  const lookup: LookupFunction = (host, { all = false }, give) => {
    check(host).then(
      (found) => (all ? give(null, found) : give(null, found[0]?.address ?? '', found[0]?.family)),
      (error: unknown) => give(error as NodeJS.ErrnoException, []),
    );
  };
  return new Agent({
    connections: 2,
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    connect: { timeout: 10_000, lookup },
  });
}

/**
 * Checks the host of a link before the connection, because an IP address is never resolved.
 * @throws SystemFailure `rejected`, LINK_ADDRESS
 */
export async function refuseInternalAddress(
  link: string,
  { system, base, resolve: find = resolveAll }: NamedHosts,
): Promise<void> {
  const host = hostOf(link);
  if (isIP(host) === 0) return;
  const place = placeOf(host);
  if (place === 'public') return;
  if (
    place === 'internal' &&
    (await addressesOf(hostOf(base), find)).every(({ address }) => placeOf(address) === 'internal')
  ) {
    return;
  }
  throw notPublic(system);
}

/** The failure for a connection to an address that is not public. */
export const notPublic = (system: string): SystemFailure =>
  new SystemFailure({
    kind: 'rejected',
    system,
    code: 'LINK_ADDRESS',
    action:
      'The vendor sends us to an address within our own network or on the machine itself, and ' +
      'no request was made. Ask the vendor for a link that can be reached from outside, then ' +
      'retry the system.',
  });

const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');
const addressesOf = async (host: string, find: Resolve) =>
  isIP(host) === 0 ? find(host) : [{ address: host, family: isIP(host) }];

const resolveAll: Resolve = (host) =>
  new Promise((done, fail) => {
    resolve(host, { all: true }, (error, found) => (error === null ? done(found) : fail(error)));
  });
