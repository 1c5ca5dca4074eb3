/**
 * The bytes of a package's archive: ZIP (PKWARE APPNOTE 6.3.10) in one canonical form. Every header
 * follows from the entry, so a reader can make it again and compare byte by byte. Local headers
 * hold the sizes, so there are no data descriptors. ZIP64 fields are there only if they are needed.
 * Names are UTF-8.
 *
 * The last entry carries a *seal*: an extra field with the SHA-256 of every byte before that entry.
 * Other programs skip it. Without it some bytes would be free: one text has several DEFLATE forms,
 * so a changed byte may unpack to the very same file.
 */

/** Stored as it is, or DEFLATE. */
export type Method = 0 | 8;

/** One file in the archive. */
export interface ZipEntry {
  readonly name: string;
  readonly method: Method;
  readonly crc: number;
  readonly compressed: number;
  readonly bytes: number;
  /** The offset of its local header. */
  readonly offset: number;
  /** Only the last entry: SHA-256 of all bytes before `offset`. */
  readonly seal?: Uint8Array;
}

/** Time of the archive's entries: date and time of MS-DOS, in UTC, to two seconds. */
export interface DosTime {
  readonly date: number;
  readonly time: number;
}

export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR = 0x07064b50;
const UTF8 = 0x0800;
const SEAL = 0xd055;
const MAX16 = 0xffff;
const MAX32 = 0xffffffff;
/**
 * Files from this size on get ZIP64 sizes: below it even bytes that do not compress stay under 4
 * GiB.
 */
const LARGE = 0xff000000;
/** A regular file that only its owner may read and write. */
const MODE = 0o100600;
const UNIX = 3;

/** The smallest archive: an end record alone. */
export const END_BYTES = 22;
/** The largest end: ZIP64 record, its locator, the end record. */
export const LONGEST_END = 56 + 20 + END_BYTES;

export function dosTime(at: string): DosTime {
  const moment = new Date(at);
  const year = Math.min(Math.max(moment.getUTCFullYear(), 1980), 2107);
  return {
    date: ((year - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
    time:
      (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1),
  };
}

const isLarge = ({ bytes }: ZipEntry) => bytes >= LARGE;
const versionOf = (entry: ZipEntry) => (isLarge(entry) || entry.offset >= MAX32 ? 45 : 20);

export function localHeader(entry: ZipEntry, when: DosTime): Buffer {
  const name = Buffer.from(entry.name);
  const extra = Buffer.concat([
    ...(isLarge(entry) ? [zip64(entry.bytes, entry.compressed)] : []),
    ...sealField(entry),
  ]);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(LOCAL, 0);
  writeShared(header, 4, entry, when);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

export function centralHeader(entry: ZipEntry, when: DosTime): Buffer {
  const name = Buffer.from(entry.name);
  const far = entry.offset >= MAX32;
  const wide = [
    ...(isLarge(entry) ? [entry.bytes, entry.compressed] : []),
    ...(far ? [entry.offset] : []),
  ];
  const extra = Buffer.concat([...(wide.length > 0 ? [zip64(...wide)] : []), ...sealField(entry)]);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(CENTRAL, 0);
  header.writeUInt16LE((UNIX << 8) | versionOf(entry), 4);
  writeShared(header, 6, entry, when);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE((MODE << 16) >>> 0, 38);
  header.writeUInt32LE(far ? MAX32 : entry.offset, 42);
  return Buffer.concat([header, name, extra]);
}

/**
 * Version, flags, method, time, CRC and sizes: the fields that both headers hold in the same order.
 */
function writeShared(header: Buffer, at: number, entry: ZipEntry, { date, time }: DosTime): void {
  const large = isLarge(entry);
  header.writeUInt16LE(versionOf(entry), at);
  header.writeUInt16LE(UTF8, at + 2);
  header.writeUInt16LE(entry.method, at + 4);
  header.writeUInt16LE(time, at + 6);
  header.writeUInt16LE(date, at + 8);
  header.writeUInt32LE(entry.crc, at + 10);
  header.writeUInt32LE(large ? MAX32 : entry.compressed, at + 14);
  header.writeUInt32LE(large ? MAX32 : entry.bytes, at + 18);
}

function zip64(...values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, index) => field.writeBigUInt64LE(BigInt(value), 4 + 8 * index));
  return field;
}

function sealField({ seal }: ZipEntry): Buffer[] {
  if (seal === undefined) return [];
  const head = Buffer.alloc(4);
  head.writeUInt16LE(SEAL, 0);
  head.writeUInt16LE(seal.length, 2);
  return [head, Buffer.from(seal)];
}

/** How many entries there are, and the place of their list. */
export interface Directory {
  readonly entries: number;
  readonly bytes: number;
  readonly offset: number;
}

/** What follows the list of entries: no comment, one disk. */
export function endOf({ entries, bytes, offset }: Directory): Buffer {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(Math.min(entries, MAX16), 8);
  end.writeUInt16LE(Math.min(entries, MAX16), 10);
  end.writeUInt32LE(Math.min(bytes, MAX32), 12);
  end.writeUInt32LE(Math.min(offset, MAX32), 16);
  if (entries < MAX16 && bytes < MAX32 && offset < MAX32) return end;
  const wide = Buffer.alloc(56);
  wide.writeUInt32LE(END64, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE((UNIX << 8) | 45, 12);
  wide.writeUInt16LE(45, 14);
  wide.writeBigUInt64LE(BigInt(entries), 24);
  wide.writeBigUInt64LE(BigInt(entries), 32);
  wide.writeBigUInt64LE(BigInt(bytes), 40);
  wide.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(LOCATOR, 0);
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([wide, locator, end]);
}

/** Reads the last bytes of an archive. Returns undefined if they are no end record. */
export function readEnd(tail: Buffer): Directory | undefined {
  const at = tail.length - END_BYTES;
  if (at < 0 || tail.readUInt32LE(at) !== END) return undefined;
  const directory = {
    entries: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  if (directory.entries < MAX16 && directory.bytes < MAX32 && directory.offset < MAX32) {
    return directory;
  }
  if (tail.length < LONGEST_END || tail.readUInt32LE(tail.length - LONGEST_END) !== END64) {
    return undefined;
  }
  const wide = tail.length - LONGEST_END;
  return {
    entries: safe(tail, wide + 32),
    bytes: safe(tail, wide + 40),
    offset: safe(tail, wide + 48),
  };
}

/**
 * What one header of the list says, its own length, and the time. Not yet checked against the
 * canonical form.
 */
export interface CentralHeader {
  readonly entry: ZipEntry;
  readonly when: DosTime;
  readonly length: number;
}

/**
 * Reads the header that begins at `at`. Returns undefined if there is none, or if it is cut off.
 */
export function readCentral(list: Buffer, at: number): CentralHeader | undefined {
  if (at + 46 > list.length || list.readUInt32LE(at) !== CENTRAL) return undefined;
  const nameLength = list.readUInt16LE(at + 28);
  const extraLength = list.readUInt16LE(at + 30);
  const length = 46 + nameLength + extraLength + list.readUInt16LE(at + 32);
  if (at + length > list.length) return undefined;
  const extra = list.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
  let bytes = list.readUInt32LE(at + 24);
  let compressed = list.readUInt32LE(at + 20);
  let offset = list.readUInt32LE(at + 42);
  let seal: Uint8Array | undefined;
  for (let field = 0; field + 4 <= extra.length; field += 4 + extra.readUInt16LE(field + 2)) {
    const value = extra.subarray(field + 4, field + 4 + extra.readUInt16LE(field + 2));
    if (extra.readUInt16LE(field) === SEAL) seal = value;
    if (extra.readUInt16LE(field) !== 1) continue;
    let next = 0;
    const wide = () => (next + 8 <= value.length ? safe(value, (next += 8) - 8) : MAX32);
    if (bytes === MAX32) bytes = wide();
    if (compressed === MAX32) compressed = wide();
    if (offset === MAX32) offset = wide();
  }
  return {
    entry: {
      name: list.toString('utf8', at + 46, at + 46 + nameLength),
      method: list.readUInt16LE(at + 10) as Method,
      crc: list.readUInt32LE(at + 16),
      compressed,
      bytes,
      offset,
      ...(seal && { seal }),
    },
    when: { time: list.readUInt16LE(at + 12), date: list.readUInt16LE(at + 14) },
    length,
  };
}

/**
 * A 64-bit number. Beyond 2^53 it cannot be a size of ours: it becomes Infinity, which fits no
 * file.
 */
function safe(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(value);
}
