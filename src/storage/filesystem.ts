import { constants, createReadStream } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FileSink } from '../connectors/spi.ts';
import { folderOfSystem } from '../contract/package-path.ts';
import type { Receipt, ReceiptRef } from '../contract/receipt.ts';
import { sinkIn } from './file-sink.ts';
import { makeFolder } from './make-folder.ts';
import { measureHeld, requestsHeld, type Held } from './held.ts';
import { copyToInbox, receiveInboxFile, type InboxFile, type Received } from './inbox.ts';
import {
  closeToOthers,
  FOLDER_MODE,
  makeFolderOf,
  NO_FOLLOW,
  packagePath,
  placesIn,
  safeName,
} from './places.ts';
import { keep, readKept } from './kept.ts';
import {
  aboutTheSame,
  ownPersonKey,
  rememberPerson,
  type AboutTheSame,
  type Remembered,
} from './people.ts';
import { getReceipt, putReceipt } from './receipts.ts';
import {
  claimRecord,
  noteDelivered,
  putDeletionReceipt,
  readDeletionReceipt,
  readDelivered,
  readRecord,
  type Claim,
  type Delivered,
  type RunRecord,
} from './records.ts';
import {
  removeAllButLetters,
  removePackages,
  removeRequest,
  removeWorking,
  type Removed,
} from './removal.ts';
import { writeWhole } from './write-file.ts';

/**
 * The files of all requests, in one data directory on a local or shared disk. Only the owner may
 * read folders and files (0700, 0600). Every function throws a RangeError for a request ID that is
 * no safe name.
 */
export interface Store {
  /** The data directory, absolute. */
  readonly directory: string;
  /** Takes working copies, by package path. */
  sink(requestId: string): FileSink;
  /** Writes a receipt beside the files, whole or not at all. */
  putReceipt(requestId: string, receipt: Receipt): Promise<ReceiptRef>;
  /** @throws ReceiptLost if it is missing or was changed */
  getReceipt(ref: ReceiptRef): Promise<Receipt>;
  /**
   * A working copy's bytes; a missing file is an `ENOENT` of the stream. @throws RangeError if the
   * path is no package path
   */
  readFile(requestId: string, packagePath: string): Readable;
  /** Claims a request ID for one run, for ever. */
  claimRecord(requestId: string, record: RunRecord): Promise<Claim>;
  readRecord(requestId: string): Promise<RunRecord | undefined>;
  /** Stores the hashes of a request's identifiers, until the request is removed. */
  rememberPerson(requestId: string, remembered: Remembered): Promise<void>;
  /** Other requests under one of these hashes, the newest first, 20 at most. */
  aboutTheSame(requestId: string, hashes: readonly string[]): Promise<readonly AboutTheSame[]>;
  /** The key of such hashes if payloads have none, 32 bytes. */
  ownPersonKey(): Promise<Buffer>;
  /** Takes a vendor's file, or says why it is quarantined. */
  receiveInboxFile(file: InboxFile): Promise<Received>;
  /**
   * Copies a file of this machine into the inbox of a request and system, and returns its new
   * place.
   */
  copyToInbox(
    requestId: string,
    system: string,
    localPath: string,
  ): Promise<{
    uri: string;
    path: string;
    sha256: string;
    bytes: number;
  }>;
  /** Makes the folder for a vendor's files of one request, and returns it. */
  inboxFolder(requestId: string, system: string): Promise<string>;
  removeWorking(requestId: string): Promise<Removed>;
  removePackages(requestId: string): Promise<Removed>;
  removeRequest(requestId: string): Promise<Removed>;
  /** Deletes all of a request but its records and the letters in its outbox. */
  removeAllButLetters(requestId: string): Promise<Removed>;
  /** The IDs of all requests that have files here. */
  requestsHeld(): Promise<string[]>;
  measureHeld(requestId: string): Promise<Held>;
  /** Stores what was deleted; returns its path. */
  putDeletionReceipt(
    requestId: string,
    receipt: Readonly<Record<string, unknown>>,
  ): Promise<string>;
  readDeletionReceipt(requestId: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Records that an archive was handed over, so that a request that is reset can see it. */
  noteDelivered(requestId: string, delivered: Delivered): Promise<void>;
  readDelivered(requestId: string): Promise<readonly Delivered[]>;
  /**
   * Writes a letter that an operator sends, into the outbox; returns its path. It never overwrites
   * another letter of that name.
   */
  writeLetter(requestId: string, name: string, markdown: string): Promise<string>;
  /** The path of a request's archive, or of one of its supplements. */
  packageFile(requestId: string, supplement?: number): string;
  /**
   * Something that is stored for all requests and workers, and can be read anew; undefined if it is
   * not there.
   */
  kept(name: string): Promise<unknown>;
  /** Stores such a thing. It must hold no personal data. */
  keep(name: string, value: unknown): Promise<void>;
  /** Bytes that may still be written. */
  freeSpace(): Promise<number>;
}

/** Opens a data directory. It makes nothing before it is needed. */
export function openStore(
  directory: string,
  { mostBytes }: { readonly mostBytes?: number } = {},
): Store {
  const places = placesIn(directory);
  const root = places.directory;
  const ready = async () => {
    await makeFolder(root, FOLDER_MODE);
    await closeToOthers(root);
  };
  const sink = (requestId: string) => sinkIn(root, places.files(requestId), mostBytes);
  return {
    directory: root,
    sink,
    putReceipt: (requestId, receipt) => putReceipt(places, requestId, receipt),
    getReceipt: (ref) => getReceipt(places, ref),
    readFile: (requestId, path) =>
      createReadStream(join(places.files(requestId), packagePath(path)), {
        flags: (constants.O_RDONLY | NO_FOLLOW) as unknown as string,
        highWaterMark: 256 * 1024,
      }),
    claimRecord: (requestId, record) => claimRecord(places, requestId, record),
    readRecord: (requestId) => readRecord(places, requestId),
    rememberPerson: (requestId, remembered) => rememberPerson(places, requestId, remembered),
    aboutTheSame: (requestId, hashes) => aboutTheSame(places, requestId, hashes),
    ownPersonKey: () => ownPersonKey(places),
    receiveInboxFile: (file) => receiveInboxFile(places, sink(file.requestId), file),
    copyToInbox: (requestId, system, localPath) =>
      copyToInbox(places, requestId, system, localPath),
    async inboxFolder(requestId, system) {
      const folder = join(places.inbox(requestId), folderOfSystem(system));
      await makeFolderOf(root, join(folder, 'any'));
      return folder;
    },
    removeWorking: (requestId) => removeWorking(places, requestId),
    removePackages: (requestId) => removePackages(places, requestId),
    removeRequest: (requestId) => removeRequest(places, requestId),
    removeAllButLetters: (requestId) => removeAllButLetters(places, requestId),
    requestsHeld: () => requestsHeld(places),
    measureHeld: (requestId) => measureHeld(places, requestId),
    kept: (name) => readKept(places, name),
    keep: (name, value) => keep(places, name, value),
    putDeletionReceipt: (requestId, receipt) => putDeletionReceipt(places, requestId, receipt),
    readDeletionReceipt: (requestId) => readDeletionReceipt(places, requestId),
    noteDelivered: (requestId, delivered) => noteDelivered(places, requestId, delivered),
    readDelivered: (requestId) => readDelivered(places, requestId),
    async writeLetter(requestId, name, markdown) {
      const file = await freeLetter(
        join(places.outbox(requestId), safeName(name, 'letter name')),
        markdown,
      );
      await makeFolderOf(root, file);
      await writeWhole(file, markdown);
      return file;
    },
    packageFile: (requestId, supplement) =>
      join(
        places.packages(),
        `${safeName(requestId, 'request ID')}${supplement === undefined ? '' : `.s${supplement}`}.zip`,
      ),
    async freeSpace() {
      await ready();
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
  };
}

/** The first name that no other letter has. */
async function freeLetter(file: string, text: string): Promise<string> {
  const end = extname(file);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? file : `${file.slice(0, -end.length)}-${number}${end}`;
    const there = await readFile(name, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there === undefined || there === text) return name;
  }
}
