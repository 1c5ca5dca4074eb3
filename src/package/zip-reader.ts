import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { createInflateRaw, crc32 } from 'node:zlib';
import {
  centralHeader,
  END_BYTES,
  endOf,
  localHeader,
  LONGEST_END,
  readCentral,
  readEnd,
  type DosTime,
  type ZipEntry,
} from './zip-format.ts';

/**
 * The file is no archive, or its structure is so broken that nothing after this place can be
 * trusted.
 */
export class BrokenArchive extends Error {
  readonly entry: string | undefined;
  constructor(problem: string, entry?: string) {
    super(problem);
    this.name = 'BrokenArchive';
    this.entry = entry;
  }
}

/** A larger list of entries belongs to no package. */
const LONGEST_LIST = 64 * 1024 * 1024;
const MIB = 1024 * 1024;

/**
 * The most bytes of a text that is read whole to be compared: some lines for each entry, and room
 * for the rest of a manifest.
 */
export const longestText = (entries: number): number => 16 * MIB + entries * 2048;
/**
 * The most bytes that an archive may unpack to. Texts of one record over and over shrink some
 * hundred times, and no table of a person packs tighter.
 */
export const mostUnpacked = (size: number): number => Math.max(4096 * MIB, size * 250);
const PIECE = 1024 * 1024;
/** DEFLATE cannot pack tighter. */
const DENSEST = 1032;

/** The entries in the order of their bytes, and the offset of their end. */
export interface ZipList {
  readonly entries: readonly ZipEntry[];
  readonly when: DosTime;
  readonly end: number;
}

/**
 * Reads the list of entries and checks that every byte of it has the canonical form.
 *
 * @throws BrokenArchive that says where it differs
 */
export async function readList(handle: FileHandle, size: number): Promise<ZipList> {
  const tail = await readAt(handle, Math.max(0, size - LONGEST_END), Math.min(size, LONGEST_END));
  const directory = readEnd(tail);
  if (directory === undefined) {
    throw new BrokenArchive(
      `no end record in the last ${END_BYTES} bytes: it is no package, it is cut off, or something was added`,
    );
  }
  const end = endOf(directory);
  if (directory.offset + directory.bytes + end.length !== size) {
    throw new BrokenArchive(
      'the list of entries does not end where the end record begins: bytes were added or removed',
    );
  }
  if (!tail.subarray(tail.length - end.length).equals(end)) {
    throw new BrokenArchive('the end record was changed, or holds a comment');
  }
  if (directory.bytes > LONGEST_LIST) {
    throw new BrokenArchive(
      `the list of entries claims ${directory.bytes} bytes, more than any package has`,
    );
  }
  const list = await readAt(handle, directory.offset, directory.bytes);
  const entries: ZipEntry[] = [];
  let when: DosTime | undefined;
  for (let at = 0; at < list.length;) {
    const header = readCentral(list, at);
    if (header === undefined) {
      throw new BrokenArchive('the list of entries is broken', entries.at(-1)?.name);
    }
    when ??= header.when;
    const wanted = centralHeader(header.entry, when);
    const found = list.subarray(at, at + header.length);
    if (!found.equals(wanted)) {
      throw new BrokenArchive(
        `its header in the list ${difference(found, wanted, 2)}`,
        header.entry.name,
      );
    }
    entries.push(header.entry);
    at += header.length;
  }
  if (entries.length !== directory.entries) {
    throw new BrokenArchive(
      `the end record counts ${directory.entries} entries, and ${entries.length} are listed`,
    );
  }
  return { entries, when: when ?? { date: 0, time: 0 }, end: directory.offset };
}

/** Reads bytes one after the other, and hashes each on its way. */
export interface ByteSource {
  position(): number;
  read(length: number): Promise<Buffer>;
  pieces(length: number): AsyncGenerator<Buffer>;
  /** SHA-256 of all bytes so far. */
  sha256(): Buffer;
}

/** @throws BrokenArchive if the file ends too early */
export function byteSource(handle: FileHandle, signal?: AbortSignal): ByteSource {
  const hash = createHash('sha256');
  let position = 0;
  const read = async (length: number) => {
    signal?.throwIfAborted();
    const bytes = await readAt(handle, position, length);
    hash.update(bytes);
    position += length;
    return bytes;
  };
  return {
    position: () => position,
    read,
    async *pieces(length) {
      for (let left = length; left > 0;) {
        const piece = await read(Math.min(PIECE, left));
        left -= piece.length;
        yield piece;
      }
    },
    sha256: () => hash.copy().digest(),
  };
}

/**
 * Returns the bytes of one entry, and checks its local header, its size and its CRC. The entry must
 * begin at the source's position. Afterwards the source is at the end of the entry.
 *
 * @throws BrokenArchive if the structure is broken; problems of the content alone go to `report`
 */
export async function* readEntry(
  source: ByteSource,
  entry: ZipEntry,
  when: DosTime,
  report: (problem: string) => void,
): AsyncGenerator<Uint8Array> {
  if (entry.offset !== source.position()) {
    throw new BrokenArchive(
      `begins at byte ${entry.offset}, where byte ${source.position()} was expected: entries ` +
        'overlap, leave a gap, or stand in another order than their list',
      entry.name,
    );
  }
  const wanted = localHeader(entry, when);
  const found = await source.read(wanted.length);
  if (!found.equals(wanted)) {
    throw new BrokenArchive(
      `its own header ${difference(found, wanted, 0)}, so it disagrees with the list`,
      entry.name,
    );
  }
  if (entry.bytes > Math.max(entry.compressed * DENSEST, 64)) {
    report(`claims ${entry.bytes} bytes, more than ${entry.compressed} packed bytes can hold`);
    await skip(source, entry.compressed);
    return;
  }
  let crc = 0;
  let bytes = 0;
  const packed = source.pieces(entry.compressed);
  for await (const chunk of entry.method === 0 ? packed : unpacked(packed, entry, report)) {
    bytes += chunk.length;
    if (bytes > entry.bytes) break;
    crc = crc32(chunk, crc);
    yield chunk;
  }
  await skip(source, entry.offset + wanted.length + entry.compressed - source.position());
  if (bytes !== entry.bytes) {
    report(
      bytes > entry.bytes
        ? `unpacks to more than the ${entry.bytes} bytes that it claims`
        : `unpacks to ${bytes} bytes and claims ${entry.bytes}`,
    );
  } else if (crc !== entry.crc) report('has another CRC than its header says: bytes were changed');
}

/** Feeds the inflater by hand: no read may be in progress when the source is used again. */
async function* unpacked(
  packed: AsyncGenerator<Buffer>,
  entry: ZipEntry,
  report: (problem: string) => void,
): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  let goOn: (() => void) | undefined;
  for (const event of ['drain', 'close']) {
    inflate.on(event, () => goOn?.());
  }
  const feed = async () => {
    for await (const piece of packed) {
      if (inflate.destroyed) return;
      if (!inflate.write(piece)) {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
      }
    }
    inflate.end();
  };
  const feeding = feed().catch((error: Error) => {
    inflate.destroy(error);
  });
  try {
    for await (const chunk of inflate) {
      yield chunk as Uint8Array;
    }
    if (inflate.bytesWritten !== entry.compressed) {
      report(`holds ${entry.compressed - inflate.bytesWritten} bytes behind its packed content`);
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    report('cannot be unpacked: bytes were changed');
  } finally {
    inflate.destroy();
    await feeding;
  }
}

async function skip(source: ByteSource, length: number): Promise<void> {
  const pieces = source.pieces(length);
  while (!(await pieces.next()).done) {}
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(buffer, at, length - at, position + at);
    if (bytesRead === 0) {
      throw new BrokenArchive(
        `ends at byte ${position + at}, in the middle of something: it is cut off`,
      );
    }
    at += bytesRead;
  }
  return buffer;
}

const FIELDS: readonly (readonly [name: string, from: number])[] = [
  ['is no header', 0],
  ['has another version', 4],
  ['has flags that no package has (encrypted, or sizes elsewhere)', 6],
  ['has an unknown method', 8],
  ['has another time', 10],
  ['has another CRC', 14],
  ['has another packed size', 18],
  ['has another size', 22],
  ['has another length of its name', 26],
  ['has another length of its extra fields', 28],
];
const CENTRAL_FIELDS: readonly (readonly [name: string, from: number])[] = [
  ['has a comment', 32],
  ['names another disk', 34],
  ['has other attributes', 36],
  ['has another offset', 42],
  ['has another name or extra fields', 46],
];

/**
 * Names the first field that differs. `shift`: the list's headers hold one more field of two bytes
 * at byte 4.
 */
function difference(found: Buffer, wanted: Buffer, shift: 0 | 2): string {
  let at = 0;
  while (at < found.length && at < wanted.length && found[at] === wanted[at]) {
    at++;
  }
  const fields =
    shift === 0
      ? [...FIELDS, ['has another name or extra fields', 30] as const]
      : [
          ...FIELDS.map(([name, from]) => [name, from > 4 ? from + 2 : from] as const),
          ...CENTRAL_FIELDS,
        ];
  return fields.findLast(([, from]) => at >= from)?.[0] ?? 'differs';
}
