import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../src/temporal/local-server/find-server.ts';

const run = promisify(execFile);
/** The versions that the script was written for. */
const PACKAGES = [
  'temporalio==1.35.0',
  'protobuf==7.36.2',
  'nexus-rpc==1.4.0',
  'typing-extensions==4.16.0',
  'types-protobuf==7.35.1.20260906',
];
const INSTALL_WITHIN = 180_000;

/**
 * Runs a script as Python does, and ends without taking the interpreter down: threads of the SDK's
 * native part are still there then, and now and then abort a process that has done its work.
 */
const RUN = `
import os, runpy, sys
sys.argv = sys.argv[1:]
sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))
runpy.run_path(sys.argv[0], run_name='__main__')
sys.stdout.flush()
os._exit(0)
`;

/** Python with Temporal's SDK, or why there is none. */
export type Python =
  | { readonly missing: string }
  | { readonly missing?: undefined; run(script: string, args: readonly string[]): Promise<string> };

/** Python 3 with Temporal's SDK, installed once into the cache. */
export async function pythonWithTemporal(): Promise<Python> {
  const folder = join(cacheFolder(), `python-${PACKAGES[0]?.replace('==', '-')}`);
  try {
    if (!existsSync(folder)) await install(folder);
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    const said = stderr?.trim().split('\n').at(-1);
    return {
      missing:
        code === 'ENOENT'
          ? 'python3 is not installed'
          : `pip cannot install ${PACKAGES[0]}: ${said || String(code)}`,
    };
  }
  return {
    run: async (script, args) =>
      (
        await run('python3', ['-c', RUN, script, ...args], {
          env: { PATH: process.env.PATH, HOME: process.env.HOME, PYTHONPATH: folder },
          timeout: 60_000,
        })
      ).stdout,
  };
}

async function install(folder: string): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  const scratch = await mkdtemp(join(cacheFolder(), '.fetching-'));
  try {
    const args = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-deps',
      '--no-input',
      '--disable-pip-version-check',
      '--only-binary=:all:',
      '--timeout',
      '15',
      '--retries',
      '1',
      '--target',
      scratch,
      ...PACKAGES,
    ];
    await run('python3', args, {
      timeout: INSTALL_WITHIN,
      env: { ...process.env, PIP_ROOT_USER_ACTION: 'ignore' },
    });
    await rename(scratch, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
