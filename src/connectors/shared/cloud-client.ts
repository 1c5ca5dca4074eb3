import * as z from 'zod';
import type { ZodType } from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import {
  createHttp,
  jsonOf,
  type Http,
  type HttpResponse,
  type HttpRequest,
} from '../../http/transport.ts';
import { readAs } from '../../salesforce/read-response.ts';

/**
 * HTTP to clouds that have hosts and credentials of their own. It opens four connections to each
 * host: one of them refuses a sixth.
 */
export const cloudHttp: Http = createHttp(undefined, { connections: 4 });

/** A call, before it carries a token. */
export type CloudCall = Omit<HttpRequest, 'system'>;

/**
 * The result of a token endpoint: what calls need, and the seconds that it lasts, if it says so.
 */
export interface SignedIn<Token> {
  readonly token: Token;
  readonly lasts?: number;
}

/** Seconds that a token lasts; some endpoints send them as text. */
export const lasting = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .nullish();

/** A sign-in that all calls of a connector share. */
export interface SignIn<Token> {
  /**
   * Hands out the token. If the first try ends in 401, it tries once more with a fresh one.
   *
   * @throws SystemFailure; `denied` at the second 401
   */
  use<Result>(work: (token: Token) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}

/** Seconds before a token's end at which we stop using it. */
const EARLY = 60;

export function shareSignIn<Token>(authorize: () => Promise<SignedIn<Token>>): SignIn<Token> {
  interface Held {
    readonly token: Token;
    readonly until: number;
  }
  let current: Promise<Held> | undefined;
  const renew = (): Promise<Held> => {
    const mine = authorize().then(({ token, lasts }) => ({
      token,
      until:
        lasts === undefined ? Infinity : Date.now() + Math.max(lasts - EARLY, lasts / 2) * 1000,
    }));
    current = mine;
    mine.catch(() => {
      if (current === mine) current = undefined;
    });
    return mine;
  };
  /** The shared token, renewed if it has ended or is the one that was `refused`. */
  const held = async (refused?: Held): Promise<Held> => {
    const shared = current;
    if (shared === undefined) return renew();
    const found = await shared;
    if (found !== refused && found.until > Date.now()) return found;
    return current === shared || current === undefined ? renew() : current;
  };
  return {
    async use(work, signal) {
      signal?.throwIfAborted();
      const first = await held();
      try {
        return await work(first.token);
      } catch (error) {
        if (!(error instanceof SystemFailure && error.facts.status === 401)) throw error;
      }
      return work((await held(first)).token);
    },
  };
}

/** Calls to one cloud, each with the shared token. */
export interface CloudClient<Token> {
  /**
   * Reads a response. `read` may throw a failure with status 401 if the response's own status hides
   * it: then the token is renewed once. @throws SystemFailure
   */
  read<Result>(
    callFor: (token: Token) => CloudCall,
    read: (answer: HttpResponse) => Result,
  ): Promise<Result>;
  /** Reads a JSON response. @throws SystemFailure; `unreadable` if it has another shape */
  ask<Shape>(schema: ZodType<Shape>, callFor: (token: Token) => CloudCall): Promise<Shape>;
}

export function cloudClient<Token>(
  system: string,
  signIn: SignIn<Token>,
  signal: AbortSignal,
): CloudClient<Token> {
  const read: CloudClient<Token>['read'] = (callFor, reader) =>
    signIn.use(
      async (token) => reader(await cloudHttp.send({ system, signal, ...callFor(token) })),
      signal,
    );
  return {
    read,
    ask: (schema, callFor) =>
      read(callFor, (answer) => readAs(schema, jsonOf(system, answer), system)),
  };
}

/** A JSON response of a token endpoint. @throws SystemFailure; 400 and 401 are `denied` */
export async function askForToken<Shape>(
  system: string,
  schema: ZodType<Shape>,
  call: CloudCall,
): Promise<Shape> {
  return readAs(
    schema,
    jsonOf(system, await cloudHttp.send({ system, fromTokenEndpoint: true, ...call })),
    system,
  );
}

/**
 * A cloud's link to its next page. @throws SystemFailure `unreadable` if it leads to another host
 */
export function ownLink(system: string, base: string, link: string): string {
  const url = new URL(link, base);
  if (url.origin !== new URL(base).origin) {
    throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_LINK' });
  }
  return url.href;
}
