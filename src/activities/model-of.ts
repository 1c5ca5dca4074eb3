import { mapObjects } from '../connectors/data-cloud/model/discover.ts';
import { readModel, type SpaceModel } from '../connectors/data-cloud/model/space-model.ts';
import type { Config } from '../config/config.ts';
import type { ObjectMap } from '../contract/object-map.ts';
import type { Salesforce } from '../salesforce/create-salesforce.ts';
import type { Store } from '../storage/filesystem.ts';

/** What is needed to read a model. */
export interface ModelParts {
  readonly config: Pick<Config, 'salesforce'>;
  readonly salesforce: Salesforce;
  readonly store: Pick<Store, 'kept' | 'keep'>;
}

/**
 * Raise it with every change of `SpaceModel`: models that an earlier version kept are then read
 * again.
 */
const VERSION = 2;
const MINUTES = { m: 1, h: 60, d: 1440 } as const;

/** How a model is read. `fresh`: now, whatever is kept. */
export interface ModelOptions {
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The model of a data space. It is the one that any worker kept, if it is younger than
 * `salesforce.discoverEvery`; otherwise it is read now.
 *
 * @throws SystemFailure
 */
export async function modelOf(
  { config, salesforce, store }: ModelParts,
  dataSpace: string,
  { fresh = false, signal }: ModelOptions = {},
): Promise<SpaceModel> {
  const every = config.salesforce?.discoverEvery ?? '24h';
  const lasts =
    Number.parseInt(every, 10) * MINUTES[every.slice(-1) as keyof typeof MINUTES] * 60_000;
  const name = `model ${salesforce.host} ${dataSpace}`;
  if (!fresh) {
    const kept = (await store.kept(name)) as
      | { readonly version?: number; readonly model?: SpaceModel }
      | undefined;
    if (
      kept?.version === VERSION &&
      kept.model !== undefined &&
      Date.now() - Date.parse(kept.model.readAt) < lasts
    ) {
      return kept.model;
    }
  }
  const model = await readModel(salesforce, dataSpace, signal);
  await store.keep(name, { version: VERSION, model });
  return model;
}

/**
 * The objects of a data space for look-ups. Objects that the configuration excludes from exports
 * are looked into too. @throws SystemFailure
 */
export async function lookUpMap(
  parts: ModelParts,
  dataSpace: string,
  options: ModelOptions = {},
): Promise<ObjectMap> {
  return mapObjects(await modelOf(parts, dataSpace, options), {
    exclude: [],
    rulesets: parts.config.salesforce?.rulesets ?? 'auto',
  });
}
