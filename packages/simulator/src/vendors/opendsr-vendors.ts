import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VendorNotes, VendorRows } from '../seed/shape.ts';

export type RequestState = 'pending' | 'in_progress' | 'completed' | 'cancelled';

/** One request at a vendor. Only digests of the person are kept. */
export interface VendorRequest {
  readonly id: string;
  readonly vendor: string;
  state: RequestState;
  polls: number;
  readonly receivedAt: string;
  readonly expectedAt: string;
  readonly callbacks: readonly string[];
  /** SHA-256 of each known identity, in lower case. */
  readonly people: readonly string[];
  resultsToken: string | null;
  completedAt: string | null;
}

/** One identity in a request. */
export interface SentIdentity {
  readonly type: string;
  readonly value: string;
  readonly format: string;
}

/**
 * The requests of every vendor, kept in `vendors.json`. So a restarted simulator still has them.
 */
export interface VendorDesk {
  /** Undefined if the vendor does not exist. */
  notes(vendor: string): VendorNotes | undefined;
  get(vendor: string, id: string): VendorRequest | undefined;
  list(vendor: string): readonly VendorRequest[];
  /** Opens a request. The ID must be new. */
  open(
    vendor: string,
    id: string,
    identities: readonly SentIdentity[],
    callbacks: readonly string[],
  ): Promise<VendorRequest>;
  /** Counts a status call and advances the vendor's work. */
  poll(request: VendorRequest): Promise<void>;
  set(request: VendorRequest, state: RequestState): Promise<void>;
  /** The rows of the people in a request. */
  results(request: VendorRequest): { readonly text: string; readonly rows: number };
  /** The request of a results token, and whether it is too late to fetch the results. */
  byResultsToken(
    vendor: string,
    token: string,
  ): { readonly request: VendorRequest; readonly expired: boolean } | undefined;
}

const DAY = 24 * 60 * 60;
const digest = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text).digest('hex');
const plain = (identity: string): string => identity.trim().toLowerCase();

/** Opens the desk. It calls `changed` after every change of a request's state. */
export async function openDesk(
  vendors: Readonly<Record<string, VendorNotes>>,
  rows: Readonly<Record<string, VendorRows>>,
  folder: string,
  changed: (request: VendorRequest) => void,
): Promise<VendorDesk> {
  const file = join(folder, 'vendors.json');
  const requests = new Map<string, VendorRequest>();
  if (existsSync(file)) {
    for (const request of JSON.parse(await readFile(file, 'utf8')) as VendorRequest[]) {
      requests.set(keyOf(request.vendor, request.id), request);
    }
  }
  let saving = Promise.resolve();
  const save = (): Promise<void> => {
    saving = saving.then(async () => {
      await writeFile(`${file}.new`, JSON.stringify([...requests.values()]), { mode: 0o600 });
      await rename(`${file}.new`, file);
    });
    return saving;
  };

  const set = async (request: VendorRequest, state: RequestState): Promise<void> => {
    if (request.state === state) return save();
    request.state = state;
    if (state === 'completed') {
      request.completedAt = new Date().toISOString();
      request.resultsToken =
        resultsOf(request).rows > 0 ? randomBytes(24).toString('base64url') : null;
    }
    changed(request);
    await save();
  };

  const resultsOf = (request: VendorRequest): { text: string; rows: number } => {
    const known = Object.entries(rows[request.vendor] ?? {}).filter(([identity]) =>
      request.people.includes(digest('sha256', plain(identity))),
    );
    const records = known.flatMap(([, records]) => records);
    return { text: `[${records.join(',')}]`, rows: records.length };
  };

  return {
    notes: (vendor) => vendors[vendor],
    get: (vendor, id) => requests.get(keyOf(vendor, id)),
    list: (vendor) => [...requests.values()].filter((request) => request.vendor === vendor),
    open: async (vendor, id, identities, callbacks) => {
      const now = Date.now();
      const request: VendorRequest = {
        id,
        vendor,
        callbacks,
        state: 'pending',
        polls: 0,
        resultsToken: null,
        completedAt: null,
        receivedAt: new Date(now).toISOString(),
        expectedAt: new Date(
          now + (vendors[vendor]?.completesAfterSeconds ?? 5 * DAY) * 1_000,
        ).toISOString(),
        people: Object.keys(rows[vendor] ?? {})
          .filter((identity) => identities.some((sent) => isSame(identity, sent)))
          .map((identity) => digest('sha256', plain(identity))),
      };
      requests.set(keyOf(vendor, id), request);
      await save();
      return request;
    },
    poll: async (request) => {
      const notes = vendors[request.vendor];
      request.polls += 1;
      if (
        notes?.behaviour === 'silent' ||
        request.state === 'completed' ||
        request.state === 'cancelled'
      ) {
        return save();
      }
      if (notes?.behaviour === 'refuses') return set(request, 'cancelled');
      const waited = (Date.now() - Date.parse(request.receivedAt)) / 1_000;
      const done =
        notes?.completesAfterSeconds === undefined
          ? request.polls >= (notes?.completesAfterPolls ?? 1)
          : waited >= notes.completesAfterSeconds;
      return set(request, done ? 'completed' : 'in_progress');
    },
    set,
    results: resultsOf,
    byResultsToken: (vendor, token) => {
      const request = [...requests.values()].find(
        (it) => it.vendor === vendor && it.resultsToken === token,
      );
      const lifetime = vendors[vendor]?.resultsExpireAfterSeconds ?? 7 * DAY;
      return (
        request && {
          request,
          expired: Date.now() > Date.parse(request.completedAt ?? '') + lifetime * 1_000,
        }
      );
    },
  };
}

const keyOf = (vendor: string, id: string): string => `${vendor}/${id}`;

function isSame(identity: string, sent: SentIdentity): boolean {
  if (sent.format === 'raw') return plain(identity) === plain(sent.value);
  return (
    ['sha1', 'md5', 'sha256'].includes(sent.format) &&
    digest(sent.format, plain(identity)) === sent.value.trim().toLowerCase()
  );
}
