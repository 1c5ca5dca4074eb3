import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordKey } from '../connectors/data-cloud/locate/fit.ts';
import { withoutReached } from '../connectors/data-cloud/model/left-out.ts';
import type { ObjectMap } from '../contract/object-map.ts';
import type { Store } from '../storage/filesystem.ts';
import { fileNameFor } from '../storage/kept.ts';
import { makeFolderOf } from '../storage/places.ts';
import { writeWhole } from '../storage/write-file.ts';
import type { NotIncluded, NumberedProfile } from './inputs.ts';

/**
 * What exporting one object needs. It is beside the working files, because it would otherwise be
 * repeated in every input.
 */
export interface SpaceMap {
  readonly map: ObjectMap;
  readonly profiles: readonly NumberedProfile[];
  readonly siblings: readonly RecordKey[];
}

export async function keepSpaceMap(
  { directory }: Store,
  requestId: string,
  kept: SpaceMap,
): Promise<void> {
  const file = fileOf(directory, requestId, kept.map.dataSpace);
  await makeFolderOf(directory, file);
  await writeWhole(file, JSON.stringify(kept));
}

export async function readSpaceMap(
  { directory }: Store,
  requestId: string,
  dataSpace: string,
): Promise<SpaceMap> {
  return JSON.parse(await readFile(fileOf(directory, requestId, dataSpace), 'utf8')) as SpaceMap;
}

/**
 * What no identity leads to, in all data spaces that were mapped for a request. It is too much for
 * an input: a large org has hundreds of objects.
 */
export async function unreachableOf(
  store: Store,
  requestId: string,
  dataSpaces: readonly string[],
): Promise<NotIncluded[]> {
  const maps: ObjectMap[] = [];
  for (const dataSpace of dataSpaces) {
    maps.push((await readSpaceMap(store, requestId, dataSpace)).map);
  }
  return withoutReached(maps).flatMap(({ dataSpace, unreachable }) =>
    unreachable.map((it) => ({ dataSpace, ...it, unreachable: true })),
  );
}

const fileOf = (directory: string, requestId: string, dataSpace: string): string =>
  join(directory, 'work', requestId, 'maps', fileNameFor(dataSpace));
