import { fileURLToPath } from 'node:url';

/** The folder of this package: two above, whether this file was compiled or bundled. */
const ROOT = new URL('../../', import.meta.url);

/** The absolute path of a file of this package, such as `samples/seed-demo.json`. */
export const packageFile = (path: string): string => fileURLToPath(new URL(path, ROOT));
