const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/** Names that Windows reserves for devices, with any extension. A package must open there too. */
const DEVICE = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

/**
 * Whether `name` may name a request, a system or a reply, and a folder after it. It has 1 to 128
 * ASCII letters, digits, `.`, `_` and `-`. It does not start with `.` or `-`, does not end with
 * `.`, and is no device name of Windows.
 */
export const isSafeName = (name: string): boolean =>
  SEGMENT.test(name) && !name.endsWith('.') && !DEVICE.test(name);

/**
 * Letters of every script, their marks and numbers. No space, no control that turns the direction
 * of writing, nothing that is special to a shell or a URL.
 */
const STEP = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u;
/**
 * What file systems accept at most, minus room for what storage appends: 255 bytes (ext4) or UTF-16
 * units (NTFS, APFS).
 */
const MOST = { characters: 128, bytes: 200, path: 512, pathBytes: 1000 };

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Whether `name` may be one step of a package path. It is like a safe name, in the letters of any
 * script, with at most 128 characters and 200 bytes. It must be composed (NFC), because some file
 * systems take a composed and a decomposed letter for the same.
 *
 * @see Microsoft Learn, "Naming Files, Paths, and Namespaces" (reserved names, trailing period);
 *   Unicode Standard Annex #15 (NFC); read 2026-11
 */
export const isPackageName = (name: string): boolean =>
  STEP.test(name) &&
  name.length <= MOST.characters &&
  bytesOf(name) <= MOST.bytes &&
  name === name.normalize('NFC') &&
  !name.endsWith('.') &&
  !DEVICE.test(name);

/**
 * Whether `path` may name a file in a package: package names joined by `/`, with at most 512
 * characters and 1,000 bytes; never absolute, never `..`.
 */
export const isPackagePath = (path: string): boolean =>
  path.length <= MOST.path &&
  bytesOf(path) <= MOST.pathBytes &&
  path.split('/').every(isPackageName);

/** A path as case-insensitive file systems compare it. Two paths of one package never share it. */
export const foldedPath = (path: string): string =>
  path.normalize('NFC').toUpperCase().toLowerCase();

/**
 * A package name that still reads like `name`, in its own script; `file` if nothing of it is left.
 * Two names may become one.
 */
export function safeNameFor(name: string): string {
  const plain = name
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/(?<![.-])[.-]+$/, '');
  const [, start = '', ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,12})?$/.exec(plain) ?? [];
  const stem = shortened(start.replace(/^[.\-\p{M}]+/u, '')).replace(/(?<![.-])[.-]+$/, '');
  const short = `${stem === '' ? 'file' : stem}${ending}`.normalize('NFC');
  return isPackageName(short) ? short : `file-${short}`;
}

/** The first 100 characters, or fewer if they take more than 170 bytes. Never half a character. */
function shortened(text: string): string {
  let length = 0;
  let bytes = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (length + character.length > 100 || bytes > 170) break;
    length += character.length;
  }
  return text.slice(0, length);
}

/**
 * The folder of a system's files, in the inbox and in a package. It is the system's ID, with unsafe
 * characters such as the `:` of `data-source:X` as `_` and two hex digits.
 */
export function folderOfSystem(id: string): string {
  if (isSafeName(id)) return id;
  const folder = [...new TextEncoder().encode(id)]
    .map((byte) =>
      /[A-Za-z0-9-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `_${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
  return isSafeName(folder) ? folder : `s-${folder}`.slice(0, 120);
}
