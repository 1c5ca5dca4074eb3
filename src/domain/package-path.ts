const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/** Names that Windows keeps for devices, whatever their ending: a package must open there too. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Whether `name` may be one step of a package path: 1 to 128 ASCII letters, digits, `.`, `_` and `-`, the first no `.`
 * or `-`, the last no `.`, and no device name of Windows.
 */
export const isSafeName = (name: string): boolean => SEGMENT.test(name) && !name.endsWith('.') && !DEVICE.test(name);

/** Whether `path` may name a file in a package: safe names joined by `/`, 512 characters at most; never absolute, never `..`. */
export const isPackagePath = (path: string): boolean => path.length <= 512 && path.split('/').every(isSafeName);

/** A safe name that still reads like `name`; `file` where nothing of it is left. Two names may become one. */
export function safeNameFor(name: string): string {
  const ascii = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/[.-]+$/, '');
  const [, start = '', ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,12})?$/.exec(ascii) ?? [];
  const stem = start.replace(/^[.-]+/, '').slice(0, 100).replace(/[.-]+$/, '');
  const short = `${stem === '' ? 'file' : stem}${ending}`;
  return isSafeName(short) ? short : `file-${short}`;
}

/** The folder of a system's files, in the inbox and in a package: its ID, unsafe characters such as the `:` of `data-source:X` as `_` and two hex digits. */
export function folderOfSystem(id: string): string {
  if (isSafeName(id)) return id;
  const folder = [...new TextEncoder().encode(id)].map((byte) => (/[A-Za-z0-9-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `_${byte.toString(16).padStart(2, '0')}`)).join('');
  return isSafeName(folder) ? folder : `s-${folder}`.slice(0, 120);
}
