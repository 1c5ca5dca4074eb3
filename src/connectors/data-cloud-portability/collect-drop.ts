import type { ConnectorContext } from '../spi.ts';
import { foldedPath, isPackagePath, safeNameFor } from '../../contract/package-path.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import { saveFile } from '../shared/cloud-files.ts';
import { mediaTypeForName, mediaTypeOf } from '../shared/media-type.ts';
import type { Bucket, Dropped } from './bucket.ts';

/**
 * Streams what was dropped for one profile into the package, each file under a name like its own.
 * @throws SystemFailure
 */
export async function collectDrop(
  context: ConnectorContext,
  bucket: Bucket,
  {
    profile,
    prefix,
    dropped,
  }: {
    profile: number;
    prefix: string;
    dropped: readonly Dropped[];
  },
): Promise<FileReceipt[]> {
  const files: FileReceipt[] = [];
  const taken = new Set<string>();
  for (const { key } of dropped.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const path = freePath(
      `systems/${context.system}/profile-${profile}`,
      key.slice(prefix.length),
      taken,
    );
    const stream = await bucket.open(key);
    const said = mediaTypeOf(stream.contentType);
    files.push(
      await saveFile(
        context,
        path,
        stream,
        said.endsWith('octet-stream') ? mediaTypeForName(path) : said,
      ),
    );
  }
  return files;
}

/** A package path that reads like the key; different keys never share one. */
function freePath(folder: string, key: string, taken: Set<string>): string {
  const steps = key
    .split('/')
    .filter((step) => step !== '')
    .map(safeNameFor);
  const whole = [folder, ...steps].join('/');
  const base = isPackagePath(whole) ? whole : `${folder}/${safeNameFor(steps.at(-1) ?? 'file')}`;
  const [, stem = base, ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,12})?$/.exec(base) ?? [];
  let path = base;
  for (let number = 2; taken.has(foldedPath(path)); number += 1) {
    path = `${stem}-${number}${ending}`;
  }
  taken.add(foldedPath(path));
  return path;
}
