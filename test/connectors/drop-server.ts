import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bucketReply, type BucketObject } from './fixtures/data-cloud-portability.ts';

/**
 * A server that gives the objects below a folder as a bucket called `drop`, all of them changed at
 * one moment.
 */
export async function serveDrop(
  folder: () => string,
  changed: () => string,
): Promise<{ readonly endpoint: string; stop(): Promise<void> }> {
  const objects = async (): Promise<BucketObject[]> => {
    const entries = await readdir(folder(), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const files = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
    return Promise.all(
      files.map(async (file) => ({
        key: file.slice(folder().length + 1),
        text: await readFile(file, 'utf8'),
        changed: changed(),
      })),
    );
  };
  const server = createServer((request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
    objects().then(
      (found) => {
        const reply = bucketReply(
          { method: request.method ?? '', path, query, headers: request.headers, body: '' },
          found,
        );
        response
          .writeHead(reply?.status ?? 200, { 'content-type': reply?.type ?? 'text/plain' })
          .end(reply?.body);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}
