import { json, Refusal, type Call, type Route } from './http.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i;

/**
 * Routes that only answer programs of this machine. They need no token, and a browser would send
 * them whatever a web page asks for. But the call of a page names its origin. After DNS rebinding,
 * `Host` has another name than this machine's. And without a preflight, a page cannot send JSON.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header,
 *   https://www.rfc-editor.org/rfc/rfc9110#name-host-and-authority
 */
export function forNoWebPage(routes: readonly Route[]): Route[] {
  return routes.map((route) => ({
    ...route,
    handle(call: Call) {
      check(call);
      return route.handle(call);
    },
  }));
}

function check({ method, headers, body, localPort }: Call): void {
  const [named, port = '80'] = LOOPBACK.exec(headers.host ?? '') ?? [];
  if (named === undefined || (localPort !== undefined && Number(port) !== localPort)) {
    throw refused(403, 'this is answered at a loopback address and its own port alone');
  }
  if (
    headers.origin !== undefined &&
    headers.origin.toLowerCase() !== `http://${named.toLowerCase()}`
  ) {
    throw refused(403, 'no page of another origin is answered');
  }
  const type = headers['content-type'];
  if (
    method === 'POST' &&
    (body.length > 0 || type !== undefined) &&
    !/^application\/json *(;|$)/i.test(type ?? '')
  ) {
    throw refused(415, 'a body is sent as application/json');
  }
}

const refused = (status: number, error: string): Refusal => new Refusal(json(status, { error }));
