import type { S3Client } from '@aws-sdk/client-s3';
import { SystemFailure } from '../../http/failure.ts';
import { kindOfStatus, safeCode } from '../../http/status.ts';
import { failureOfConnection } from '../../http/response-failure.ts';
import type { HttpStream } from '../../http/transport.ts';
import { count } from '../../http/meter.ts';

/**
 * The settings for reading the bucket. `endpoint`: a server that speaks S3, instead of Amazon's.
 */
export interface BucketReader {
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly endpoint?: string;
}

/** An object of the bucket. `changedAt` in milliseconds. */
export interface Dropped {
  readonly key: string;
  readonly bytes: number;
  readonly changedAt: number;
}

/** The bucket that receives the files. It repeats nothing: only Temporal does. */
export interface Bucket {
  /** Everything below a prefix, without the entries of folders. @throws SystemFailure */
  list(prefix: string): Promise<Dropped[]>;
  /** @throws SystemFailure; `rejected` with status 404 if it is gone */
  open(key: string): Promise<HttpStream>;
}

/** Opens a bucket for the time of `work`. */
export async function withBucket<Result>(
  reader: BucketReader,
  { system, signal }: { system: string; signal: AbortSignal },
  work: (bucket: Bucket) => Promise<Result>,
): Promise<Result> {
  // Loaded when it is first needed: it is large, and most companies have no bucket here. The pinned
  // version runs on every Node that we support, and its warning would appear amid our own output.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const {
    GetObjectCommand,
    ListObjectsV2Command,
    S3Client: Client,
  } = await import('@aws-sdk/client-s3');
  const { bucket, region, accessKeyId, secretAccessKey, endpoint } = reader;
  const client: S3Client = new Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
  });
  const asked = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw failureOf(system, error);
    }
  };
  try {
    return await work({
      async list(prefix) {
        const found: Dropped[] = [];
        for (let token: string | undefined; ;) {
          count('calls', 1);
          const page = await asked(() =>
            client.send(
              new ListObjectsV2Command({
                Bucket: bucket,
                Prefix: prefix,
                ContinuationToken: token,
              }),
              { abortSignal: signal },
            ),
          );
          if (page.KeyCount === undefined && page.IsTruncated === undefined) {
            throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_SHAPE' });
          }
          for (const { Key: key, Size: bytes = 0, LastModified: changed } of page.Contents ?? []) {
            if (key !== undefined && !key.endsWith('/')) {
              found.push({ key, bytes, changedAt: changed?.getTime() ?? 0 });
            }
          }
          if (page.IsTruncated !== true) return found;
          if (page.NextContinuationToken === undefined || page.NextContinuationToken === token) {
            throw new SystemFailure({ kind: 'unreadable', system, code: 'PAGE_REPEATED' });
          }
          token = page.NextContinuationToken;
        }
      },
      async open(key) {
        count('calls', 1);
        const { Body: body, ContentType: contentType = '' } = await asked(() =>
          client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal }),
        );
        if (body === undefined) {
          throw new SystemFailure({ kind: 'unreadable', system, code: 'NO_BODY' });
        }
        const pieces = body as unknown as AsyncIterable<Uint8Array> & { destroy(): void };
        return {
          status: 200,
          contentType,
          headers: {},
          body: Object.assign(piecesOf(pieces, asked), {
            destroy: () => {
              pieces.destroy();
            },
          }),
        };
      },
    });
  } finally {
    client.destroy();
  }
}

async function* piecesOf(
  body: AsyncIterable<Uint8Array>,
  asked: <Answer>(call: () => Promise<Answer>) => Promise<Answer>,
): AsyncGenerator<Uint8Array, void> {
  const pieces = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await asked(() => pieces.next());
    if (next.done === true) return;
    count('bytes', next.value.length);
    yield next.value;
  }
}

function failureOf(system: string, error: unknown): unknown {
  if (error instanceof SystemFailure) return error;
  const { name, $metadata } = (error ?? {}) as {
    name?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) {
    return name === 'TimeoutError'
      ? new SystemFailure({ kind: 'unavailable', system, code: 'TIMEOUT' })
      : failureOfConnection(system, error);
  }
  const code = safeCode(name);
  if (status >= 200 && status < 300) {
    return new SystemFailure({ kind: 'unreadable', system, status, code: 'FOREIGN_SHAPE' });
  }
  const kind = status === 301 || status === 307 ? 'rejected' : kindOfStatus(status);
  return new SystemFailure({
    kind,
    system,
    status,
    ...(code !== undefined && { code }),
    ...(kind === 'denied' || kind === 'rejected'
      ? { action: 'Check bucket, region and the credentials that read it, then retry the system.' }
      : {}),
  });
}
