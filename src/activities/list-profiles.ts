import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolderOf } from '../storage/places.ts';
import { writeWhole } from '../storage/write-file.ts';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './inputs.ts';

/**
 * Writes the profiles of a request beside its working files, as a JSON array, and returns a
 * reference.
 */
export const listProfiles =
  ({ store }: Dependencies): Activities['listProfiles'] =>
  async ({ requestId, profiles }) => {
    const file = join(store.directory, 'work', requestId, 'profiles.json');
    const text = JSON.stringify(profiles);
    await makeFolderOf(store.directory, file);
    await writeWhole(file, text);
    return {
      uri: pathToFileURL(file).href,
      sha256: createHash('sha256').update(text).digest('hex'),
      count: profiles.length,
    };
  };
