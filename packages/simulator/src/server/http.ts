import type { IncomingHttpHeaders } from 'node:http';

/** One HTTP call. Its path has no query string. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The port that received it. */
  readonly localPort?: number;
  /** The values of the `:names` in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** A response. `text` is the body, or nothing. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | Buffer;
}

/**
 * One row of a plane's table: a method, a path such as `/services/data/:version/limits`, and a
 * handler. A last part `*` matches the rest of a path, as the parameter `*`.
 */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** Whether the path matches in any case. The path here is in lower case. */
  readonly anyCase?: boolean;
  handle(call: Call): Promise<Answer> | Answer;
}

/** A call that ends early with its own response, such as for a missing token. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`answered ${answer.status}`);
    this.answer = answer;
  }
}

/** A response with a JSON body. */
export const json = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
  text: JSON.stringify(value),
});

/** A response whose body is already JSON text, so long numbers keep their digits. */
export const jsonText = (
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
  text,
});

/** A response without a body. */
export const empty = (status: number): Answer => ({ status, headers: {}, text: '' });

/** The page that a proxy or a maintenance window sends instead of JSON. */
export const html = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  text: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** The form fields of a call: from the query string, and from the body if it is a form. */
export function formOf(call: Call): URLSearchParams {
  const form = new URLSearchParams(call.query);
  if (
    (call.headers['content-type'] ?? '').includes('x-www-form-urlencoded') ||
    call.headers['content-type'] === undefined
  ) {
    for (const [key, value] of new URLSearchParams(call.body.toString('utf8'))) {
      form.set(key, value);
    }
  }
  return form;
}

/** The object in the JSON body of a call. Empty if there is none, or if the body is not JSON. */
export function jsonBody(call: Call): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(call.body.toString('utf8'));
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The token of `Authorization: Bearer …`, or an empty string. */
export const bearerOf = (call: Call): string =>
  /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? '';
