import { cancellationSignal } from '@temporalio/activity';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discover } from '../connectors/data-cloud/discover.ts';
import { exportObject as exportRows } from '../connectors/data-cloud/export-object.ts';
import type { RecordKey } from '../connectors/data-cloud/fit.ts';
import { siblings } from '../connectors/data-cloud/individuals.ts';
import type { ObjectMap } from '../domain/object-map.ts';
import { safeNameFor } from '../domain/package-path.ts';
import type { Salesforce } from '../salesforce/create-salesforce.ts';
import type { Store } from '../storage/filesystem.ts';
import { writeWhole } from '../storage/write-file.ts';
import { makeFolderOf } from '../storage/places.ts';
import { alive, withContext } from './alive.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import { putCosted } from './put-costed.ts';
import type { Activities, NumberedProfile } from './orders.ts';

/** What exporting one object needs; it rests beside the working files, for it would be repeated in every order. */
interface SpaceMap { readonly map: ObjectMap; readonly profiles: readonly NumberedProfile[]; readonly siblings: readonly RecordKey[] }

/** Finds out which objects of a data space relate to the profiles, and keeps the map in storage. */
export const mapObjects = ({ config, salesforce, store }: Dependencies): Activities['mapObjects'] => ({ requestId, dataSpace, profiles }) =>
  translated(() => alive(async (_tell, spent) => {
    const client = connected(salesforce);
    const { exclude, rulesets } = config.salesforce ?? { exclude: [], rulesets: 'auto' as const };
    const signal = cancellationSignal();
    const map = await discover(client, dataSpace, { exclude, rulesets }, signal);
    const kept: SpaceMap = { map, profiles, siblings: await siblings(client, map, profiles, signal) };
    const file = mapFile(store, requestId, dataSpace);
    await makeFolderOf(store.directory, file);
    await writeWhole(file, JSON.stringify(kept));
    const notIncluded = [...map.shared, ...map.excluded, ...map.guessed].map((it) => ({ dataSpace, ...it }));
    return { objects: map.objects.map(({ name, label }) => ({ name, label })), notIncluded, cost: spent() };
  }));

/** Exports one object for all profiles of a data space by one query. */
export const exportObject = ({ salesforce, store }: Dependencies): Activities['exportObject'] => ({ requestId, dataSpace, object: name, at }) =>
  translated(() => withContext(store, { requestId, system: 'data-cloud', at }, async (context, spent) => {
    const { map, profiles, siblings } = JSON.parse(await readFile(mapFile(store, requestId, dataSpace), 'utf8')) as SpaceMap;
    const object = map.objects.find((it) => it.name === name);
    if (object === undefined) throw new Error(`The map of data space ${dataSpace} does not hold the object that was ordered.`);
    const { rowsPerProfile, ...receipt } = await exportRows(connected(salesforce), { object, dataSpace, profiles, siblings }, context);
    return { receipt: await putCosted(store, requestId, receipt, spent()), rowsPerProfile };
  }));

const mapFile = (store: Store, requestId: string, dataSpace: string): string =>
  join(store.directory, 'work', requestId, 'maps', `${safeNameFor(dataSpace)}.json`);

function connected(salesforce: Salesforce | null): Salesforce {
  if (salesforce === null) throw new Error('The request was planned with Data Cloud, and dossier.yaml has no salesforce section any more.');
  return salesforce;
}
