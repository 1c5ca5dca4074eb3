import { request } from 'node:http';

/** The status of a POST with exactly these headers, which `fetch` would not let us set. */
export const statusOfPost = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once('error', reject)
      .end(body);
  });
