import { open } from 'node:fs/promises';
import { OWN_NAMES } from './contents.ts';
import type { PackageFile } from './build.ts';
import { parseManifest, type ReadManifest } from './manifest-check.ts';
import {
  BrokenArchive,
  byteSource,
  longestText,
  mostUnpacked,
  readEntry,
  readList,
} from './zip-reader.ts';

/**
 * What a package says about itself, from its manifest. Only the structure is verified on the way.
 */
export interface ListedPackage {
  readonly name: string;
  /** The request's ID as it was given; the name is in lower case, because the standard asks so. */
  readonly requestId?: string;
  readonly created: string;
  readonly files: readonly PackageFile[];
  readonly gaps: readonly { readonly system: string; readonly because: string }[];
}

/**
 * Lists the files of a package, without unpacking it.
 *
 * @throws BrokenArchive if it is no package
 */
export async function listPackage(path: string): Promise<ListedPackage> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const { entries, when } = await readList(handle, size);
    const source = byteSource(handle);
    for (const entry of entries.slice(0, 2)) {
      if (
        entry.bytes >
        (entry.name === OWN_NAMES.manifest ? longestText(entries.length) : mostUnpacked(size))
      ) {
        throw new BrokenArchive(`claims ${entry.bytes} bytes, more than is looked at`, entry.name);
      }
      const text: Uint8Array[] = [];
      for await (const chunk of readEntry(source, entry, when, complain(entry.name))) {
        if (entry.name === OWN_NAMES.manifest) text.push(chunk);
      }
      if (entry.name !== OWN_NAMES.manifest) continue;
      const manifest = parseManifest(Buffer.concat(text).toString('utf8'), complain(entry.name));
      if (manifest) return listed(manifest);
    }
    throw new BrokenArchive('is missing', OWN_NAMES.manifest);
  } finally {
    await handle.close();
  }
}

const complain =
  (name: string) =>
  (problem: string): never => {
    throw new BrokenArchive(problem, name);
  };

function listed({ name, created, resources, dossier }: ReadManifest): ListedPackage {
  const { requestId } = ((dossier as { request?: unknown }).request ?? {}) as {
    requestId?: unknown;
  };
  return {
    name,
    ...(typeof requestId === 'string' && { requestId }),
    created,
    files: resources.map(({ path, bytes, hash, rows, mediatype, title }) => ({
      path,
      bytes,
      sha256: hash.slice('sha256:'.length),
      ...(rows !== undefined && { rows }),
      mediaType: mediatype,
      ...(title !== undefined && { title }),
    })),
    gaps: dossier.gaps,
  };
}
