import { open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { isPackagePath } from '../contract/package-path.ts';
import { OWN_NAMES } from './contents.ts';
import { compareManifest, parseManifest, type ReadManifest } from './manifest-check.ts';
import { formatOf, measure, type Measured } from './measure.ts';
import { Problems, type Problem } from './problems.ts';
import {
  BrokenArchive,
  byteSource,
  longestText,
  mostUnpacked,
  readEntry,
  readList,
  type ZipList,
} from './zip-reader.ts';

/** The result of verifying a package. */
export interface Verified {
  /** Whether every byte is accounted for and right. */
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  /** What could not be checked, through no fault of the archive. */
  readonly notes: readonly string[];
  /** Entries, with the package's own three. */
  readonly files: number;
  readonly bytes: number;
  /** SHA-256 of the archive; empty if it could not be read to its end. */
  readonly sha256: string;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  /** Called on the way: bytes of the archive read, and in all. */
  readonly progress?: (doneBytes: number, total: number) => void;
}

/** The most bytes of the file beside the archive: a hash and a name. */
const LONGEST_BESIDE = 1024;

/**
 * Checks every byte of a package: the archive's structure, each file against `SHA256SUMS` and the
 * manifest, and the archive against the `.sha256` file beside it. Memory does not grow with the
 * files. Neither does the list of problems, even if an archive was made to exhaust its reader.
 */
export async function verifyPackage(path: string, options: VerifyOptions = {}): Promise<Verified> {
  const problems = new Problems();
  const notes: string[] = [];
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      ok: false,
      problems: [
        {
          problem:
            code === 'ENOENT' ? `there is no file at ${path}` : `${path} cannot be read (${code})`,
        },
      ],
      notes,
      files: 0,
      bytes: 0,
      sha256: '',
    };
  }
  let files = 0;
  let sha256 = '';
  let bytes = 0;
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw new BrokenArchive(`${path} is no file`);
    bytes = facts.size;
    const list = await readList(handle, bytes);
    files = list.entries.length;
    sha256 = await verifyEntries(handle, bytes, list, problems, options);
    await compareBeside(path, sha256, problems, notes);
  } catch (error) {
    if (!(error instanceof BrokenArchive)) throw error;
    problems.push({
      ...(error.entry !== undefined && { entry: error.entry }),
      problem: error.message,
    });
  } finally {
    await handle.close();
  }
  return { ok: problems.length === 0, problems: problems.told(), notes, files, bytes, sha256 };
}

async function verifyEntries(
  handle: FileHandle,
  size: number,
  { entries, when, end }: ZipList,
  problems: Problems,
  { signal, progress }: VerifyOptions,
): Promise<string> {
  const source = byteSource(handle, signal);
  const found = new Map<string, Measured>();
  const inSmall = new Map<string, string>();
  let manifest: ReadManifest | undefined;
  let sums = '';
  const claimed = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (claimed > mostUnpacked(size)) {
    throw new BrokenArchive(
      `its entries claim ${claimed} bytes, more than a package of ${size} bytes unpacks to`,
    );
  }
  for (const [index, entry] of entries.entries()) {
    const { name } = entry;
    const report = (problem: string): void => problems.push({ entry: name, problem });
    if (found.has(name)) report('stands twice in the archive');
    if (!isOwn(name) && !isPackagePath(name)) {
      report('has a name that no package has: it could lead out of the folder it is unpacked to');
    }
    const isLast = index === entries.length - 1;
    if (isLast !== (entry.seal !== undefined)) {
      report(
        isLast
          ? 'is the last entry and carries no seal'
          : 'carries a seal, and is not the last entry',
      );
    }
    if (entry.seal !== undefined && !source.sha256().equals(entry.seal)) {
      report('its seal does not fit the bytes before it: some of them were changed');
    }
    const twin = inSmall.get(plainName(name));
    if (twin !== undefined && twin !== name) {
      report(
        `differs from ${twin} only in case or in how letters are written, and would ` +
          'overwrite it on some systems',
      );
    }
    inSmall.set(plainName(name), name);
    const measured = measure(formatOf(name));
    const text: Uint8Array[] | undefined =
      isText(name) && entry.bytes <= longestText(entries.length) ? [] : undefined;
    if (isText(name) && text === undefined) {
      report(`claims ${entry.bytes} bytes, more than can be checked`);
    }
    for await (const chunk of readEntry(source, entry, when, report)) {
      measured.update(chunk);
      text?.push(chunk);
      progress?.(source.position(), size);
    }
    found.set(name, measured.result());
    if (name === OWN_NAMES.manifest && text) {
      manifest = parseManifest(Buffer.concat(text).toString('utf8'), report);
    }
    if (name === OWN_NAMES.sums && text) sums = Buffer.concat(text).toString('utf8');
  }
  if (source.position() !== end) {
    throw new BrokenArchive(
      `the last entry ends at byte ${source.position()} and the list of entries begins at ${end}`,
    );
  }
  compareOrder([...found.keys()], problems);
  compareSums(sums, found, problems);
  if (manifest) compareManifest(manifest, found, when, problems);
  await drain(source, size);
  return source.sha256().toString('hex');
}

/** A name as file systems that ignore case compare it. */
const plainName = (name: string): string => name.normalize('NFC').toLowerCase();
const isText = (name: string) => name === OWN_NAMES.manifest || name === OWN_NAMES.sums;
const isOwn = (name: string) => Object.values<string>(OWN_NAMES).includes(name);

function compareOrder(names: readonly string[], problems: Problems): void {
  const places: readonly (readonly [string, number])[] = [
    [OWN_NAMES.index, 0],
    [OWN_NAMES.manifest, 1],
    [OWN_NAMES.sums, names.length - 1],
  ];
  for (const [name, place] of places) {
    if (names[place] !== name) {
      problems.push({
        entry: name,
        problem: names.includes(name) ? 'does not stand in its place' : 'is missing',
      });
    }
  }
}

/** `SHA256SUMS` must be exactly the text that follows from the entries before it. */
function compareSums(text: string, found: ReadonlyMap<string, Measured>, problems: Problems): void {
  const listed = new Map<string, string>();
  for (const line of linesOf(text)) {
    if (problems.isFull) return;
    const [, sha256, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined) {
      problems.push({
        entry: OWN_NAMES.sums,
        problem: `holds a line that is none of "<SHA-256>  <file>"`,
      });
    } else if (listed.has(name)) {
      problems.push({ entry: name, problem: `stands twice in ${OWN_NAMES.sums}` });
    } else listed.set(name, sha256);
  }
  for (const [name, { sha256 }] of found) {
    if (name === OWN_NAMES.sums) continue;
    const said = listed.get(name);
    if (said === undefined) {
      problems.push({ entry: name, problem: `is not listed in ${OWN_NAMES.sums}` });
    } else if (said !== sha256) {
      problems.push({
        entry: name,
        problem: `has the SHA-256 ${sha256}, and ${OWN_NAMES.sums} says ${said}`,
      });
    }
  }
  for (const name of listed.keys()) {
    if (!found.has(name) || name === OWN_NAMES.sums) {
      problems.push({
        entry: name,
        problem: `is listed in ${OWN_NAMES.sums} and missing in the archive`,
      });
    }
  }
  const wanted = [...found]
    .filter(([name]) => name !== OWN_NAMES.sums)
    .map(([name, { sha256 }]) => `${sha256}  ${name}\n`)
    .join('');
  if (problems.length === 0 && text !== wanted) {
    problems.push({
      entry: OWN_NAMES.sums,
      problem: 'does not list the files in their order, one a line',
    });
  }
}

/** The lines of a text that end with a break, one at a time: there may be millions. */
function* linesOf(text: string): Generator<string> {
  for (
    let from = 0, end = text.indexOf('\n');
    end !== -1;
    from = end + 1, end = text.indexOf('\n', from)
  ) {
    yield text.slice(from, end);
  }
}

async function compareBeside(
  path: string,
  sha256: string,
  problems: Problems,
  notes: string[],
): Promise<void> {
  let text: string;
  try {
    text =
      (await stat(`${path}.sha256`)).size > LONGEST_BESIDE
        ? ''
        : await readFile(`${path}.sha256`, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    notes.push(
      code === 'ENOENT'
        ? `There is no ${basename(path)}.sha256 beside it, so the archive's own hash could not be compared.`
        : `${basename(path)}.sha256 cannot be read (${code}), so the archive's own hash could ` +
            'not be compared.',
    );
    return;
  }
  if (text !== `${sha256}  ${basename(path)}\n`) {
    problems.push({
      problem: `the archive has the SHA-256 ${sha256}, and ${basename(path)}.sha256 says otherwise`,
    });
  }
}

async function drain(source: ReturnType<typeof byteSource>, size: number): Promise<void> {
  const rest = source.pieces(size - source.position());
  while (!(await rest.next()).done) {}
}
