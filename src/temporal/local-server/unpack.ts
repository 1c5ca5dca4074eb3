import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import yauzl from 'yauzl';

const TAR_BLOCK = 512;
const executable = { mode: 0o755 };

/**
 * Writes the one file of an archive whose path ends in `ending` to `target`, as an executable.
 * Wheels and `.zip` are read as zip; everything else as `.tar.gz`.
 *
 * @throws Error if the archive has no such file
 */
export async function unpackOne(archive: string, ending: string, target: string): Promise<void> {
  const found = /\.(whl|zip)$/.test(archive)
    ? await unzipOne(archive, ending, target)
    : await untarOne(archive, ending, target);
  if (!found) throw new Error(`the archive holds no ${ending}`);
}

async function unzipOne(archive: string, ending: string, target: string): Promise<boolean> {
  const zip = await yauzl.openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith(ending)) continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, executable));
      return true;
    }
    return false;
  } finally {
    zip.close();
  }
}

async function untarOne(archive: string, ending: string, target: string): Promise<boolean> {
  const tar = await promisify(gunzip)(await readFile(archive));
  const text = (from: number, length: number) =>
    tar
      .toString('utf8', from, from + length)
      .replace(/\0.*$/s, '')
      .trim();
  for (let at = 0; at + TAR_BLOCK <= tar.length && tar[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const content = at + TAR_BLOCK;
    if (text(at, 100).endsWith(ending)) {
      await writeFile(target, tar.subarray(content, content + size), executable);
      return true;
    }
    at = content + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  return false;
}
