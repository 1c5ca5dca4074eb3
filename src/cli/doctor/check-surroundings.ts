import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Config } from '../../config/config.ts';
import { KNOWN_CLOUDS } from '../../contract/contract.ts';
import { probeStorage, StorageUnusable } from '../../storage/probe.ts';
import { Finds, type Finding } from './finding.ts';

/** The oldest supported version of Node. */
const OLDEST_NODE = [20, 18, 1] as const;
/** With less free space, in bytes, a package may not fit. */
const LITTLE_SPACE = 1024 ** 3;

/** @throws Finds if this Node is too old */
export function checkNode(version: string = process.versions.node): string {
  const parts = version.split('.').map(Number);
  const at = OLDEST_NODE.findIndex((needed, index) => parts[index] !== needed);
  if (at !== -1 && (parts[at] ?? 0) < (OLDEST_NODE[at] ?? 0)) {
    throw new Finds(`Node ${version} is too old.`, [
      `Install Node ${OLDEST_NODE.join('.')} or later.`,
    ]);
  }
  return `Node ${version}`;
}

/**
 * Checks that every known cloud is configured, or listed as not used with a name.
 *
 * @throws Finds that names those that are neither
 */
export function checkClouds({ systems, notUsed }: Pick<Config, 'systems' | 'notUsed'>): string {
  const declared = new Set([
    ...systems.map(({ connector }) => connector),
    ...systems.map(({ id }) => id),
    ...Object.keys(notUsed),
  ]);
  const missing = KNOWN_CLOUDS.filter((cloud) => !declared.has(cloud));
  if (missing.length > 0) {
    throw new Finds(
      `${missing.join(', ')}: neither configured nor listed as not used. Every package names ` +
        'it as the gap not-declared.',
      [
        'Add a system for it, or under notUsed: write who said that it is not used, and when, such as',
        `  notUsed: { ${missing[0]}: "no licence; privacy team, 2026-11-01" }`,
      ],
    );
  }
  return `${KNOWN_CLOUDS.length} known clouds are configured or not used`;
}

/**
 * Which messages in clear are accepted. By default all. Then whoever may write to the namespace can
 * give commands, which are readable in the history.
 */
export function checkClear({ accept }: Pick<Config, 'accept'>): Finding {
  const check = 'messages in clear';
  if (accept.clear !== 'all') {
    return {
      check,
      ok: true,
      found:
        accept.clear === 'input'
          ? 'are refused; requests in clear are taken'
          : 'are refused, and so is what is encrypted for no request',
      actions: [],
    };
  }
  return {
    check,
    ok: true,
    warning: true,
    found:
      'are taken: whoever may write to the namespace starts requests, confirms identities and ' +
      'approves packages without a key, and what they send stands readable in the history.',
    actions: [
      'Set `accept: { clear: input }` once nothing but the start of requests is sent in ' +
        'clear, `accept: { clear: never }` once that is not either.',
    ],
  };
}

/**
 * Checks that the data directory can be written and has room.
 *
 * @throws Finds
 */
export async function checkStorage({
  storage: { directory },
}: Pick<Config, 'storage'>): Promise<string> {
  const there = existsSync(directory);
  await probeStorage(directory).catch((error: unknown) => {
    throw error instanceof StorageUnusable ? new Finds(error.message, error.actions) : error;
  });
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  if (free < LITTLE_SPACE) {
    throw new Finds(`${directory} has ${sized(free)} left.`, [
      'Make room: working files and packages need the size of the exports twice.',
    ]);
  }
  return `${directory}${there ? '' : ' (made just now)'}, ${sized(free)} free`;
}

const sized = (bytes: number): string =>
  bytes >= LITTLE_SPACE
    ? `${(bytes / LITTLE_SPACE).toFixed(1)} GiB`
    : `${Math.floor(bytes / 1024 ** 2)} MiB`;
