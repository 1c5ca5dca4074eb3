import { foldedPath, isPackagePath } from '../contract/package-path.ts';
import type { FileReceipt, Receipt, ReceiptRef, TableDescription } from '../contract/receipt.ts';

/** What packaging reads; a `Store` is one. */
export interface PackageSource {
  getReceipt(ref: ReceiptRef): Promise<Receipt>;
  readFile(requestId: string, packagePath: string): AsyncIterable<Uint8Array>;
}

/** A file that an operator leaves out, and the reason that the package states. */
export interface Withheld {
  readonly path: string;
  readonly reason: string;
  readonly cite?: string;
}

/** One file that the package will hold, with its receipt. */
export interface Content extends FileReceipt {
  readonly receipt: Receipt;
  readonly description?: TableDescription;
}

/** All that the receipts name, less what is withheld. */
export interface Contents {
  readonly receipts: readonly Receipt[];
  readonly files: readonly Content[];
  readonly withheld: readonly Withheld[];
}

/** A package cannot be made, or not honestly. The message names the file. */
export class PackageError extends Error {
  /** The package path at fault. */
  readonly path: string;
  constructor(path: string, what: string) {
    super(`${path}: ${what}`);
    this.name = 'PackageError';
    this.path = path;
  }
}

/** The names that the package itself takes. */
export const OWN_NAMES = {
  index: 'index.html',
  manifest: 'datapackage.json',
  sums: 'SHA256SUMS',
} as const;

/**
 * The files of a package in their order: profiles by number, then systems, each by path. A table is
 * withheld whole: if its NDJSON is withheld, so is its CSV.
 *
 * @throws PackageError if a path is unsafe, if two receipts name it, or if it differs from another
 *   by capitals alone
 */
export async function contentsOf(
  source: PackageSource,
  refs: readonly ReceiptRef[],
  withheld: readonly Withheld[],
): Promise<Contents> {
  const receipts: Receipt[] = [];
  for (const ref of refs) {
    receipts.push(await source.getReceipt(ref));
  }
  const left = new Map(withheld.map((each) => [stemOf(each.path), each]));
  const files = new Map<string, Content>();
  const unpacked = new Map<string, string>();
  const out: Withheld[] = [];
  for (const receipt of receipts) {
    const tables = new Map(receipt.tables.map((table) => [table.name, table]));
    for (const file of receipt.files) {
      if (!isPackagePath(file.path) || !/^(?:profiles|systems)\//.test(file.path)) {
        throw new PackageError(
          file.path,
          'is no path for a package: it must lie under profiles/ or systems/, in safe characters.',
        );
      }
      const why = left.get(stemOf(file.path));
      if (why !== undefined) {
        out.push({ ...why, path: file.path });
        continue;
      }
      if (files.has(file.path)) {
        throw new PackageError(
          file.path,
          `is named by two receipts, "${files.get(file.path)?.receipt.name}" and "${receipt.name}".`,
        );
      }
      const other = unpacked.get(unpackedName(file.path));
      if (other !== undefined) {
        throw new PackageError(
          file.path,
          `differs from ${other} by capitals alone: on Windows and macOS one would replace ` +
            'the other. Have its system named otherwise, or withhold one of them.',
        );
      }
      unpacked.set(unpackedName(file.path), file.path);
      const description = file.table === undefined ? undefined : tables.get(file.table);
      files.set(file.path, { ...file, receipt, ...(description && { description }) });
    }
  }
  return {
    receipts,
    files: [...files.values()].toSorted(inOrder),
    withheld: out.toSorted(inOrder),
  };
}

/** One name for all paths that are one file on file systems that ignore case. */
export const unpackedName = foldedPath;

/** Step by step; numbers by their value, so that profile 10 comes after profile 9. */
function inOrder(a: { readonly path: string }, b: { readonly path: string }): number {
  const [left, right] = [a.path.split('/'), b.path.split('/')];
  for (const [index, step] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (step === other) continue;
    if (/^\d+$/.test(step) && /^\d+$/.test(other)) return Number(step) - Number(other);
    return step < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** The path of a table without its format. */
export const stemOf = (path: string): string => path.replace(/\.(?:ndjson|csv)$/, '');
