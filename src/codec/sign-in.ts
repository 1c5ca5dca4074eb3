import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorise } from './authorisation.ts';

/**
 * The cookie that holds the shared token in a browser. The UI needs it, because it cannot send a
 * token that it does not have.
 */
export const COOKIE = 'dossier-codec';

/** The most bytes of the form. */
const FORM_LIMIT = 8192;
const SECURITY = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
};

/**
 * A page on which an operator enters the shared token once. The browser keeps it in a cookie, until
 * it is closed; no script can read the cookie and no other site can send it. The UI sends it along
 * if `TEMPORAL_CODEC_INCLUDE_CREDENTIALS` is set.
 */
export async function signIn(
  authorise: Authorise,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') return page(response, 200, '');
  if (request.method !== 'POST') return page(response, 405, 'Only a form is taken here.');
  // A form of another site must not sign anybody in.
  const { origin, host } = request.headers;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) {
    return page(response, 403, 'This form came from another page.');
  }
  const token = new URLSearchParams(await formOf(request)).get('token') ?? '';
  if (token === '' || (await authorise({ cookie: token })) === undefined) {
    return page(response, 401, 'This is not the token.');
  }
  const secure = request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : '';
  response.setHeader(
    'Set-Cookie',
    `${COOKIE}=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/${secure}`,
  );
  page(
    response,
    200,
    'You are signed in until the browser is closed. Go back to the Temporal UI and load its page again.',
  );
}

function page(response: ServerResponse, status: number, said: string): void {
  response.writeHead(status, SECURITY);
  response.end(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Dossier: decrypt for the Temporal UI</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}input,button{font:inherit;padding:.4rem}</style></head>
<body><h1>Decrypt for the Temporal UI</h1><p role="status">${said}</p>
<form method="post" action="/signin"><p><label>Token <input name="token" type="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button></p></form></body></html>
`);
}

async function formOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (text.length <= FORM_LIMIT) text += chunk.toString('latin1');
  }
  return text.length > FORM_LIMIT ? '' : text;
}
