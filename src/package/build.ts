import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forSubject } from '../contract/gap-texts.ts';
import type { ReceiptRef } from '../contract/receipt.ts';
import {
  contentsOf,
  OWN_NAMES,
  PackageError,
  type Content,
  type PackageSource,
  type Withheld,
} from './contents.ts';
import type { PackageFacts } from './facts.ts';
import { indexPage } from './index-page.ts';
import { manifest } from './manifest.ts';
import { formatOf, measure, type Measure, type Measured } from './measure.ts';
import type { Method } from './zip-format.ts';
import { zipWriter } from './zip-writer.ts';

/** What packaging needs of a store: files to read and a place to write to. */
export interface PackageStore extends PackageSource {
  packageFile(requestId: string, supplement?: number): string;
}

/** What one package is made from. */
export interface ToPackage extends PackageFacts {
  readonly store: PackageStore;
  readonly receipts: readonly ReceiptRef[];
  readonly withheld: readonly Withheld[];
  readonly signal?: AbortSignal;
  /** Called as files are packed: bytes of files done, and of all files. */
  readonly progress?: (doneBytes: number, total: number) => void;
}

/** The finished archive. `files` counts all its entries. */
export interface BuiltPackage {
  readonly path: string;
  readonly uri: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
}

/** A file that a package would hold. */
export interface PackageFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows?: number;
  readonly mediaType: string;
  readonly title?: string;
}

/** The files that a package of these receipts would hold, for an operator who reviews it. */
export async function previewFiles(
  store: PackageSource,
  receipts: readonly ReceiptRef[],
  withheld: readonly Withheld[] = [],
): Promise<PackageFile[]> {
  const { files } = await contentsOf(store, receipts, withheld);
  return files.map(({ path, bytes, sha256, rows, mediaType, description }) => ({
    path,
    bytes,
    sha256,
    ...(rows !== undefined && { rows }),
    mediaType,
    ...(description && { title: description.label }),
  }));
}

/**
 * Packs the files that the receipts name into one archive, and hashes each again on its way. The
 * same input makes the same bytes, so it may be repeated. The archive appears whole or not at all,
 * with `<name>.sha256` beside it.
 *
 * @throws PackageError that names the file, if one is missing or is not what its receipt says
 * @throws ReceiptLost if a receipt is missing or was changed
 */
export async function buildPackage(order: ToPackage): Promise<BuiltPackage> {
  const { store, request, supplement } = order;
  const target = store.packageFile(request.requestId, supplement);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await removeLeftovers(target);
  const part = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.part`);
  const handle = await open(part, 'wx+', 0o600);
  try {
    const { bytes, sha256, files } = await pack(handle, order);
    await handle.close();
    await rename(part, target);
    await writeSum(target, sha256);
    return { path: target, uri: pathToFileURL(target).href, sha256, bytes, files };
  } finally {
    await handle.close();
    await rm(part, { force: true });
  }
}

/**
 * Removes what an attempt that was killed left behind. An attempt that still runs loses its file
 * too, and gives up: the last attempt wins.
 */
async function removeLeftovers(target: string): Promise<void> {
  const names = await readdir(dirname(target));
  for (const name of names) {
    if (name.startsWith(`.${basename(target)}.`) && name.endsWith('.part')) {
      await rm(join(dirname(target), name), { force: true });
    }
  }
}

async function pack(handle: FileHandle, order: ToPackage): Promise<Measured & { files: number }> {
  const { store, request, signal, progress, ...told } = order;
  const facts = { ...told, gaps: told.gaps.map(forSubject) };
  const contents = await contentsOf(store, order.receipts, order.withheld);
  const read = (path: string) => present(path, store.readFile(request.requestId, path));
  const zip = zipWriter(handle, order.at, signal);
  const sums: string[] = [];
  const text = async (name: string, pieces: AsyncIterable<string> | Iterable<string>) => {
    const measured = measure();
    await zip.add(name, watched(encoded(pieces), measured), { method: 8 });
    const result = measured.result();
    sums.push(`${result.sha256}  ${name}\n`);
    return result;
  };

  const index = await text(OWN_NAMES.index, indexPage(contents, { request, ...facts }, read));
  await text(OWN_NAMES.manifest, manifest(contents, { request, ...facts }, index));
  const total = contents.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const file of contents.files) {
    const onward = (bytes: number) => progress?.((done += bytes), total);
    await zip.add(file.path, checked(file, read(file.path), onward), {
      method: methodFor(file),
      bytes: file.bytes,
    });
    sums.push(`${file.sha256}  ${file.path}\n`);
  }
  return {
    ...(await zip.close(OWN_NAMES.sums, Buffer.from(sums.join('')))),
    files: sums.length + 1,
  };
}

/** The bytes of a file. @throws PackageError if they are not those of its receipt */
async function* checked(
  file: Content,
  content: AsyncIterable<Uint8Array>,
  onward: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const measured = measure(file.rows === undefined ? undefined : formatOf(file.path));
  let bytes = 0;
  for await (const chunk of content) {
    measured.update(chunk);
    bytes += chunk.length;
    if (bytes > file.bytes) {
      throw new PackageError(
        file.path,
        `is longer than its receipt says (${file.bytes} bytes). Collect ${file.receipt.system} again.`,
      );
    }
    yield chunk;
    onward(chunk.length);
  }
  const found = measured.result();
  if (found.bytes !== file.bytes || found.sha256 !== file.sha256) {
    throw new PackageError(
      file.path,
      `was changed after its receipt was made (${found.bytes} bytes, SHA-256 ` +
        `${found.sha256}; the receipt says ${file.bytes}, ${file.sha256}). Collect ` +
        `${file.receipt.system} again.`,
    );
  }
  if (found.rows !== undefined && found.rows !== file.rows) {
    throw new PackageError(
      file.path,
      `holds ${found.rows} records where its receipt counts ${file.rows}.`,
    );
  }
}

/** The bytes of a file that must be there. @throws PackageError */
async function* present(
  path: string,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? new PackageError(path, 'is missing in the store. Collect its system again.')
      : error;
  }
}

async function* watched(
  content: AsyncIterable<Uint8Array>,
  measured: Measure,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    measured.update(chunk);
    yield chunk;
  }
}

/** Text as UTF-8 in pieces of 64 KB and more. */
async function* encoded(
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Uint8Array> {
  let gathered: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    gathered.push(piece);
    length += piece.length;
    if (length < 64 * 1024) continue;
    yield Buffer.from(gathered.join(''));
    gathered = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(gathered.join(''));
}

const COMPRESSED = new Set([
  '.zip',
  '.gz',
  '.7z',
  '.png',
  '.jpg',
  '.jpeg',
  '.gif',
  '.webp',
  '.mp3',
  '.mp4',
  '.xlsx',
  '.docx',
  '.parquet',
]);
/** Stored as it is, if it is compressed already, or empty. */
const methodFor = ({ path, bytes }: Content): Method =>
  bytes === 0 || COMPRESSED.has(extname(path).toLowerCase()) ? 0 : 8;

/** Writes the line that `sha256sum -c` reads into a file beside the archive. */
async function writeSum(target: string, sha256: string): Promise<void> {
  const part = join(
    dirname(target),
    `.${basename(target)}.sha256.${randomBytes(6).toString('hex')}.part`,
  );
  const handle = await open(part, 'wx', 0o600);
  try {
    await handle.writeFile(`${sha256}  ${basename(target)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, `${target}.sha256`);
  if (process.platform === 'win32') return;
  const folder = await open(dirname(target), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
