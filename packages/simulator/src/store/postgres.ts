import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  binaries,
  reachableTemporaryFolder,
  serverUser,
  type ServerUser,
} from './postgres-files.ts';

/** The simulator's own database server, on 127.0.0.1, with user `postgres`. */
export interface Postgres {
  readonly port: number;
  readonly password: string;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=2GB',
  'autovacuum=off',
  'shared_buffers=64MB',
  'work_mem=16MB',
  'max_connections=20',
  'max_parallel_workers_per_gather=0',
  'io_method=sync',
  'jit=off',
  'timezone=UTC',
  // Failing statements contain identifiers of people, so none is ever written to a log.
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_statement=none',
];

// The server and its files end with the pipe that this process holds, so a killed parent leaves
// nothing behind. The shell ends after the removal. So a next cluster in the same folder is never
// removed by mistake.
const WATCHDOG = `exec 3<&0; "$@" & server=$!
  (cat <&3 >/dev/null; kill -0 $server && : >"$DATA/ending.$$" && kill -INT $server) 2>/dev/null &
  wait $server; status=$?
  if [ -e "$DATA/ending.$$" ]; then rm -rf "$DATA"/*; fi
  exit $status`;

/**
 * Starts PostgreSQL in a fresh cluster under `folder`. If this process is root, the server runs as
 * the user `postgres` or `nobody`. Its folder is then one for temporary files that this user can
 * reach.
 *
 * @throws Error if the platform has no binaries, or the server does not start
 */
export async function startPostgres(
  folder: string,
  log: (line: string) => void,
): Promise<Postgres> {
  const user = serverUser();
  const home = user
    ? join(
        reachableTemporaryFolder(),
        `dossier-postgres-${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16)}`,
      )
    : join(folder, 'postgres');
  const data = join(home, 'data');
  await endForgotten(data);
  await removeOwn(home);
  await mkdir(home, { recursive: true, mode: 0o711 });
  await chmod(home, 0o711);
  await mkdir(data, { mode: 0o700 });
  if (user) await chown(data, user.uid, user.gid);
  const native = await binaries(home, user !== undefined);
  const password = randomBytes(18).toString('base64url');
  await initialise(native, data, password, user);
  const { child, port } = await launch(native, data, user);
  log(`simulator: PostgreSQL listens on 127.0.0.1:${port}`);
  return {
    port,
    password,
    stop: async () => {
      await end(child);
      await removeOwn(home);
    },
  };
}

async function initialise(
  native: string,
  data: string,
  password: string,
  user: ServerUser | undefined,
): Promise<void> {
  const passwordFile = `${data}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      // The full case rules of Unicode, which Hyper and JavaScript use: also for İ and the final
      // sigma.
      '--builtin-locale=PG_UNICODE_FAST',
      '--no-sync',
      '--no-instructions',
    ],
    { ...user, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, cwd: '/' },
  );
  await unlink(passwordFile);
  if (made.status !== 0) {
    throw new Error(
      `PostgreSQL cannot make its cluster in ${data}: ${(made.stderr ?? String(made.error)).trim()}`,
    );
  }
}

async function launch(
  native: string,
  data: string,
  user: ServerUser | undefined,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const command = [
      join(native, 'bin', 'postgres'),
      '-D',
      data,
      '-p',
      String(port),
      ...SETTINGS.flatMap((setting) => ['-c', setting]),
    ];
    const child = spawn('/bin/sh', ['-c', WATCHDOG, 'sh', ...command], {
      ...user,
      detached: true,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C', DATA: data },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const problem = await ready(child);
    if (problem === undefined) return { child, port };
    if (attempt === 5 || !problem.includes('Address already in use')) {
      throw new Error(`PostgreSQL did not start: ${problem.trim()}`);
    }
  }
}

/** Resolves with nothing when the server is ready, else with its output. */
function ready(child: ChildProcess): Promise<string | undefined> {
  return new Promise((done) => {
    let said = '';
    child.stdin?.on('error', () => undefined);
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString('utf8');
      if (said.includes('ready to accept connections')) done(undefined);
    });
    child.once('error', (error) => done(error.message));
    child.once('exit', () => {
      child.stdin?.destroy();
      done(said || 'it ended without a word');
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    child.stdin?.destroy();
    return;
  }
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
  });
  child.stdin?.end();
  const inTime = await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })]);
  if (inTime || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

/**
 * Ends a server that an earlier run left in the same folder because its watchdog was killed too.
 */
async function endForgotten(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  const isOurs = () =>
    spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.includes(
      data,
    ) ?? false;
  if (!Number.isInteger(pid) || pid <= 1 || !isOurs()) return;
  process.kill(pid, 'SIGQUIT');
  for (let waited = 0; waited < 100 && isOurs(); waited += 1) {
    await sleep(50);
  }
}

async function removeOwn(home: string): Promise<void> {
  const found = await lstat(home).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid())) {
    throw new Error(
      `${home} is in the way and belongs to somebody else; remove it, or set TMPDIR to another folder`,
    );
  }
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
