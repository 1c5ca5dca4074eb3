import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DossierError } from '../../client/dossier-error.ts';
import { makeFolderSync } from '../../storage/make-folder.ts';

/**
 * Claims a data directory for this process, so that two stacks never share a database. Returns the
 * function that frees it. The claim of a dead process does not count.
 *
 * @throws DossierError `not-allowed` if another stack runs on the directory; `usage` if it cannot
 *   be written
 */
export function claimDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'stack.lock');
  try {
    makeFolderSync(dataDir, 0o700);
    // Also if it existed before, because it contains personal data.
    chmodSync(dataDir, 0o700);
    const owner = ownerOf(file);
    if (owner !== undefined) {
      throw new DossierError({
        code: 'not-allowed',
        message: `Another stack runs on ${dataDir} (process ${owner}).`,
        where: dataDir,
        actions: [
          'Stop it first, or name another directory by --data-dir.',
          `If process ${owner} is none of Dossier's, remove ${file}.`,
        ],
      });
    }
    rmSync(file, { force: true });
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error instanceof DossierError) throw error;
    throw new DossierError(
      {
        code: 'usage',
        message: `${dataDir} cannot be used as data directory (${(error as NodeJS.ErrnoException).code}).`,
        where: dataDir,
        actions: ['Name one that can be written by --data-dir.'],
      },
      error,
    );
  }
  return () => rmSync(file, { force: true });
}

function ownerOf(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8'));
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
  // Systems reuse process numbers. If the command line is known, the claim must be that of a Node
  // process.
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && !readFileSync(commandLine, 'utf8').includes('node')
    ? undefined
    : pid;
}
