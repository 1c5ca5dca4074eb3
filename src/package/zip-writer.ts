import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';
import {
  centralHeader,
  dosTime,
  endOf,
  localHeader,
  type Method,
  type ZipEntry,
} from './zip-format.ts';

/** Fast, and 15 % larger than the default. */
const DEFLATE = { level: 1, chunkSize: 64 * 1024 };
const GATHERED = 1024 * 1024;
const SMALL = 64 * 1024;

/**
 * An archive that grows entry by entry. Its memory does not grow with the files, only with their
 * number.
 */
export interface ZipWriter {
  /**
   * Adds one file, and returns its size. `bytes`: its size, if it is known; from 4 GB on it must
   * be.
   */
  add(
    name: string,
    content: AsyncIterable<Uint8Array>,
    options: { method: Method; bytes?: number },
  ): Promise<number>;
  /**
   * Adds the last file with its seal, and the list of entries; writes all to the disk. Returns the
   * archive's size and hash.
   */
  close(name: string, content: Uint8Array): Promise<{ bytes: number; sha256: string }>;
}

/**
 * Writes an archive into an empty file that is open for reading and writing. The same entries in
 * the same order make the same bytes.
 */
export function zipWriter(handle: FileHandle, at: string, signal?: AbortSignal): ZipWriter {
  const when = dosTime(at);
  const file = gatheringFile(handle);
  const entries: ZipEntry[] = [];

  return {
    async add(name, content, { method, bytes: expected = 0 }) {
      const skeleton: ZipEntry = {
        name,
        method,
        crc: 0,
        compressed: 0,
        bytes: expected,
        offset: file.size(),
      };
      await file.append(localHeader(skeleton, when));
      let crc = 0;
      let bytes = 0;
      const seen = async function* () {
        for await (const chunk of content) {
          signal?.throwIfAborted();
          crc = crc32(chunk, crc);
          bytes += chunk.length;
          yield chunk;
        }
      };
      const begin = file.size();
      for await (const chunk of method === 0 ? seen() : deflated(seen(), expected)) {
        await file.append(chunk);
      }
      const entry = { ...skeleton, crc, bytes, compressed: file.size() - begin };
      const header = localHeader(entry, when);
      if (header.length !== begin - skeleton.offset) {
        throw new RangeError(`${name}: has ${bytes} bytes where ${expected} were announced.`);
      }
      await file.patch(skeleton.offset, header);
      entries.push(entry);
      return bytes;
    },

    async close(name, content) {
      await file.drain();
      const hash = await hashOf(handle, file.size(), signal);
      const last: ZipEntry = {
        name,
        method: 0,
        crc: crc32(content),
        compressed: content.length,
        bytes: content.length,
        offset: file.size(),
        seal: hash.copy().digest(),
      };
      const begin = [localHeader(last, when), content];
      const list = [...entries, last].map((entry) => centralHeader(entry, when));
      const bytes = list.reduce((sum, header) => sum + header.length, 0);
      const offset = begin.reduce((sum, part) => sum + part.length, file.size());
      for (const part of [...begin, ...list, endOf({ entries: list.length, bytes, offset })]) {
        hash.update(part);
        await file.append(part);
      }
      await file.drain();
      await handle.sync();
      return { bytes: file.size(), sha256: hash.digest('hex') };
    },
  };
}

async function* deflated(
  content: AsyncIterable<Uint8Array>,
  expected: number,
): AsyncGenerator<Uint8Array> {
  if (expected > 0 && expected <= SMALL) {
    const parts: Uint8Array[] = [];
    for await (const part of content) {
      parts.push(part);
    }
    yield deflateRawSync(Buffer.concat(parts), DEFLATE);
    return;
  }
  const deflate = createDeflateRaw(DEFLATE);
  const done = pipeline(content, deflate);
  done.catch(() => {}); // The loop below throws the same error.
  yield* deflate;
  await done;
}

/** Gathers small writes; `patch` changes bytes that were written before. */
function gatheringFile(handle: FileHandle) {
  const buffer = Buffer.allocUnsafe(GATHERED);
  let written = 0;
  let gathered = 0;
  const write = async (bytes: Uint8Array, position: number) => {
    for (let from = 0; from < bytes.length;) {
      from += (await handle.write(bytes, from, bytes.length - from, position + from)).bytesWritten;
    }
  };
  const drain = async () => {
    await write(buffer.subarray(0, gathered), written);
    written += gathered;
    gathered = 0;
  };
  return {
    size: () => written + gathered,
    drain,
    async append(bytes: Uint8Array) {
      if (gathered + bytes.length > GATHERED) await drain();
      if (bytes.length > GATHERED) {
        await write(bytes, written);
        written += bytes.length;
      } else {
        buffer.set(bytes, gathered);
        gathered += bytes.length;
      }
    },
    async patch(offset: number, bytes: Uint8Array) {
      if (offset >= written) buffer.set(bytes, offset - written);
      else {
        await drain();
        await write(bytes, offset);
      }
    },
  };
}

/** The hash of the bytes that are really in the file so far. */
async function hashOf(handle: FileHandle, size: number, signal?: AbortSignal) {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(GATHERED);
  for (let at = 0; at < size;) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, Math.min(GATHERED, size - at), at);
    if (bytesRead === 0) throw new Error('The archive became shorter while it was written.');
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return hash;
}
