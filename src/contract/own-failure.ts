/**
 * A step of Dossier itself that fails: `storage` cannot be used, or `own-fault`, a fault of ours.
 * Stored in histories, so the names never change.
 */
export type OwnFailureType = 'storage' | 'own-fault';

/** Who must act on it, as the request's waits name it. */
export const OWN_WAITS: Readonly<Record<OwnFailureType, string>> = {
  storage: 'operator:storage',
  'own-fault': 'operator:worker',
};

/**
 * Attempts before the request shows such a failure; until then only the worker sees it. Afterwards
 * the step is still retried by itself.
 */
export const QUIET_ATTEMPTS = 3;
/**
 * The maximum of attempts, which no step reaches, says to the worker what the request can do with
 * such a failure. A step without it belongs to a request of 0.1.0, which cannot handle the failure,
 * so the step is retried without end.
 */
export const SHOWABLE_ATTEMPTS = 999_999;
/** The request already shows the failure. */
export const SHOWN_ATTEMPTS = 1_000_000;

/** What the file system's codes mean, and what fixes them. */
const STORAGE: Readonly<Record<string, readonly [what: string, cure: string]>> = {
  ENOSPC: ['its disk is full', 'Make room on it or make it larger'],
  EDQUOT: ['its quota is used up', 'Raise the quota or make room'],
  EROFS: [
    'it is mounted read-only',
    'Mount it for writing; after a fault of the disk have it checked first',
  ],
  EACCES: [
    "the worker's user may not read or write there",
    'Give that user the folder and all below it (chown -R)',
  ],
  EPERM: [
    "the worker's user may not read or write there",
    'Give that user the folder and all below it (chown -R)',
  ],
  EIO: ['its disk fails', 'Have the disk checked'],
  ENXIO: ['its disk is gone', 'Attach it again'],
  ENODEV: ['its disk is gone', 'Attach it again'],
  ESTALE: ['the network share was mounted anew', 'Start the worker again'],
  ENOTDIR: ['a file stands where a folder must be', 'Move that file away'],
  EEXIST: ['a file stands where a folder must be', 'Move that file away'],
  EISDIR: ['a folder stands where a file must be', 'Move that folder away'],
  ENAMETOOLONG: [
    'it refuses a name as too long',
    'Use a file system that takes names of 255 bytes, or a shorter path in storage.directory',
  ],
  EINVAL: ['it refuses a name', 'Use a file system that takes all names Dossier writes'],
  EMFILE: ['the worker has too many files open', 'Raise its limit (ulimit -n)'],
  ENFILE: ['the machine has too many files open', 'Raise the limit of the machine'],
  ENOENT: [
    'a file or folder that must be there is gone',
    'See that all workers have one and the same storage.directory, and that nothing else deletes there',
  ],
};

/** Words for a code of the file system; undefined for any other code. */
export function storageWords(
  code: unknown,
): { readonly what: string; readonly cure: string } | undefined {
  const words =
    typeof code === 'string' && Object.hasOwn(STORAGE, code) ? STORAGE[code] : undefined;
  return (
    words && {
      what: `The storage cannot be used: ${words[0]} (${code as string}).`,
      cure: `${words[1]}.`,
    }
  );
}
