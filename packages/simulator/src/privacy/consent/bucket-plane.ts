import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { CloudPlane } from '../../clouds/cloud-plane.ts';
import { escaped } from '../../server/xml.ts';
import type { ErrorShape } from '../../server/faults.ts';
import { empty, Refusal, type Answer, type Call } from '../../server/http.ts';

const PAGE = 1_000;
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * The buckets of drops, path-style in S3's own protocol: list (version 2), get, head, put, delete.
 * Every signed call is accepted; signatures are not checked. `folder` returns the folder of
 * `<bucket>/<key>`.
 */
export function bucketPlane(folder: () => string): CloudPlane {
  const fileOf = (call: Call): string => {
    signed(call);
    const root = resolve(folder());
    const file = resolve(root, call.params.bucket ?? '', ...(call.params['*'] ?? '').split('/'));
    if (!file.startsWith(`${root}${sep}`)) {
      throw refusal(400, 'InvalidURI', 'Could not parse the specified URI.');
    }
    return file;
  };
  const get = async (call: Call): Promise<Answer> => {
    const file = fileOf(call);
    const found = await readFile(file).catch(unlessMissing);
    if (found === undefined) throw refusal(404, 'NoSuchKey', 'The specified key does not exist.');
    const { mtime } = await stat(file);
    return {
      status: 200,
      headers: {
        'content-type': 'binary/octet-stream',
        etag: etagOf(found),
        'last-modified': mtime.toUTCString(),
      },
      text: found,
    };
  };
  const put = async (call: Call): Promise<Answer> => {
    const file = fileOf(call);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, call.body, { mode: 0o600 });
    return { ...empty(200), headers: { etag: etagOf(call.body) } };
  };
  const remove = async (call: Call): Promise<Answer> => {
    await rm(fileOf(call), { force: true });
    return empty(204);
  };
  const list = async (call: Call): Promise<Answer> => {
    const root = fileOf(call);
    const prefix = call.query.get('prefix') ?? '';
    const from = Buffer.from(call.query.get('continuation-token') ?? '', 'base64url').toString(
      'utf8',
    );
    const asked = Number(call.query.get('max-keys') ?? PAGE);
    const size = Math.min(Number.isInteger(asked) && asked > 0 ? asked : PAGE, PAGE);
    const keys = (await keysBelow(root)).filter(
      (key) => key.startsWith(prefix) && (from === '' || key > from),
    );
    const page = keys.slice(0, size);
    const contents = await Promise.all(
      page.map(async (key) => {
        const { mtime, size: bytes } = await stat(join(root, key));
        return `<Contents><Key>${escaped(key)}</Key><LastModified>${mtime.toISOString()}</LastModified><Size>${bytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
      }),
    );
    const more = keys.length > page.length;
    const next = more
      ? `<NextContinuationToken>${Buffer.from(page.at(-1) ?? '').toString('base64url')}</NextContinuationToken>`
      : '';
    return xml(
      200,
      '<ListBucketResult ' +
        `xmlns="${NAMESPACE}"><Name>${escaped(call.params.bucket ?? '')}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${size}</MaxKeys><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    );
  };
  return {
    error,
    routes: [
      { method: 'GET', path: '/:bucket', handle: list },
      { method: 'GET', path: '/:bucket/*', handle: get },
      { method: 'HEAD', path: '/:bucket/*', handle: get },
      { method: 'PUT', path: '/:bucket/*', handle: put },
      { method: 'DELETE', path: '/:bucket/*', handle: remove },
    ],
    expireAll: () => 0,
  };
}

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

function signed({ headers, query }: Call): void {
  if (
    (headers.authorization ?? '').startsWith('AWS4-HMAC-SHA256') ||
    query.has('X-Amz-Signature')
  ) {
    return;
  }
  throw refusal(403, 'AccessDenied', 'Access Denied');
}

async function keysBelow(root: string): Promise<string[]> {
  const entries =
    (await readdir(root, { recursive: true, withFileTypes: true }).catch(unlessMissing)) ?? [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

function unlessMissing(error: unknown): undefined {
  if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
    return undefined;
  }
  throw error;
}

const error: ErrorShape = ({ status, code, message }) =>
  xml(status, `<Error><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error>`);

const refusal = (status: number, code: string, message: string): Refusal =>
  new Refusal(xml(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`));

const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  text: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
});
