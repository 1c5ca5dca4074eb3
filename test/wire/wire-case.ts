import type { FailureFacts } from '../../src/http/failure.ts';
import type { WireStand } from './wire-stand.ts';

/** Where a shape was seen: never in code of ours. */
export interface Source {
  /** A public repository (`github.com/owner/name`), or a page. */
  readonly of: string;
  /** The path in it, or the heading on the page. */
  readonly at: string;
  /** The commit, the release, or the version of the API that the page is about. */
  readonly version: string;
  /** The day it was read, `2026-11-28`. */
  readonly read: string;
}

/**
 * An answer as it goes over the wire. `{origin}` in its texts stands for where the server of the
 * test listens.
 */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * What is answered to which call: `GET ssot/query-sql/q-1/rows?offset=2`. A call is known by its
 * method, the end of its path and the named parameters; `*` stands for anything. The call that says
 * most wins. Several answers come in turn, the last of them again and again.
 */
export type Answers = Readonly<Record<string, WireAnswer | readonly WireAnswer[]>>;

/** Facts of a failure that must come out; a pattern where the very words do not matter. */
export type ExpectedFailure = {
  readonly [Name in keyof FailureFacts]?:
    | FailureFacts[Name]
    | RegExp
    | (Name extends 'code' ? string : never);
};

/** What an API says, and what must come out of it. */
export interface WireCase {
  /** What is right, as a sentence. No two cases of an API share one. */
  readonly rule: string;
  readonly source: Source | readonly Source[];
  /** What of the answer no source shows, and why it is taken all the same. */
  readonly guess?: string;
  readonly answers: Answers;
  /** Asks by the product's own clients; that of the API where it is left out. */
  readonly ask?: (at: WireStand) => Promise<unknown>;
  /** What comes out, as JSON. */
  readonly gives?: unknown;
  readonly fails?: ExpectedFailure;
}

/** The recorded answers of one API. */
export interface WireApi {
  /** Its name and path. */
  readonly api: string;
  /**
   * Connectors that speak it, as `dossier.yaml` names them; `data-cloud` for what the export of
   * Data Cloud reads.
   */
  readonly connectors: readonly string[];
  readonly ask: (at: WireStand) => Promise<unknown>;
  /**
   * What is answered to every case, where the case answers nothing else: a sign-in of its own. It
   * need not be asked for.
   */
  readonly always?: Answers;
  readonly cases: readonly WireCase[];
}

/** JSON of status 200. */
export const ok = (body: unknown, headers: Record<string, string> = {}): WireAnswer =>
  json(200, body, headers);
/** JSON of any status. */
export const json = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): WireAnswer =>
  raw(status, JSON.stringify(body), {
    'content-type': 'application/json;charset=UTF-8',
    ...headers,
  });
/** No body. */
export const empty = (status = 204, headers: Record<string, string> = {}): WireAnswer =>
  raw(status, '', headers);
/** A page, as proxies and login pages give. */
export const page = (status = 200, html = '<html><body>Login</body></html>'): WireAnswer =>
  raw(status, html, { 'content-type': 'text/html;charset=UTF-8' });
/** Anything else. */
export const raw = (
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): WireAnswer => ({ status, headers, body });
