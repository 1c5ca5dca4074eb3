import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { encodeSegment, signedHeaders, type AwsCredentials } from './aws-signature.ts';

/** A bucket to put objects into. */
export interface Bucket {
  /**
   * @throws Error if the bucket did not accept the object; the message names no key and no
   *   credential
   */
  put(key: string, body: string): Promise<void>;
}

/**
 * A bucket of an S3 server, path-style: `PUT <endpoint>/<bucket>/<key>`, signed with the caller's
 * credentials.
 */
export function s3Bucket(endpoint: string, bucket: string, credentials: AwsCredentials): Bucket {
  return {
    put: async (key, text) => {
      const path = [bucket, ...key.split('/')].map(encodeSegment).join('/');
      const url = new URL(`${endpoint.replace(/(?<!\/)\/+$/, '')}/${path}`);
      const body = Buffer.from(text);
      const headers = signedHeaders(url, body, credentials, new Date());
      const answer = await fetch(url, {
        method: 'PUT',
        headers,
        body,
        signal: AbortSignal.timeout(30_000),
      });
      if (!answer.ok) throw new Error(`the bucket answered ${answer.status}`);
    },
  };
}

/**
 * A bucket in a folder: `<folder>/<bucket>/<key>`.
 *
 * @throws Error if a key leads out of the bucket
 */
export function folderBucket(folder: string, bucket: string): Bucket {
  const root = resolve(folder);
  return {
    put: async (key, text) => {
      const file = resolve(root, bucket, ...key.split('/'));
      if (!file.startsWith(`${root}${sep}`)) throw new Error('the key leads out of the folder');
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { mode: 0o600 });
    },
  };
}
