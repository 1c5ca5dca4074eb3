import { cancellationSignal } from '@temporalio/activity';
import { mapObjects as mapModel } from '../connectors/data-cloud/model/discover.ts';
import { exportObject as exportRows } from '../connectors/data-cloud/export/export-object.ts';
import { siblings } from '../connectors/data-cloud/locate/individuals.ts';
import { readRestricted } from '../connectors/data-cloud/export/restricted.ts';
import type { Salesforce } from '../salesforce/create-salesforce.ts';
import { alive, withContext } from './alive.ts';
import { refuseTwice } from './answered-before.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import { putCosted } from './put-costed.ts';
import { keepSpaceMap, readSpaceMap, type SpaceMap } from './space-map.ts';
import { modelOf } from './model-of.ts';
import type { Activities } from './inputs.ts';

/** Finds out which objects of a data space relate to the profiles, and keeps the map in storage. */
export const mapObjects =
  ({ config, salesforce, store }: Dependencies): Activities['mapObjects'] =>
  ({ requestId, dataSpace, profiles, fresh = false, again }) =>
    translated(() =>
      alive(async (_tell, spent) => {
        await refuseTwice(store, requestId, again);
        const client = connected(salesforce);
        const { exclude, rulesets } = config.salesforce ?? {
          exclude: [],
          rulesets: 'auto' as const,
        };
        const signal = cancellationSignal();
        const map = mapModel(
          await modelOf({ config, salesforce: client, store }, dataSpace, { fresh, signal }),
          { exclude, rulesets },
        );
        const consent = await readRestricted(
          client,
          profiles.map(({ partyId }) => partyId),
          signal,
        );
        const kept: SpaceMap = {
          map,
          profiles,
          siblings: await siblings(client, map, profiles, signal),
        };
        await keepSpaceMap(store, requestId, kept);
        const notIncluded = [
          ...map.shared,
          ...map.excluded,
          ...map.guessed,
          ...(map.unstructured ?? []),
        ].map((it) => ({ dataSpace, ...it }));
        return {
          objects: map.objects.map(({ name, label }) => ({ name, label })),
          notIncluded,
          cost: spent(),
          restricted: profiles
            .filter(({ partyId }) => consent.ids.has(partyId))
            .map(({ number }) => number),
          ...(consent.unknown !== null && { consentUnknown: consent.unknown }),
        };
      }),
    );

/** Exports one object for all profiles of a data space by one query. */
export const exportObject =
  ({ salesforce, store }: Dependencies): Activities['exportObject'] =>
  ({ requestId, dataSpace, object: name, at, again }) =>
    translated(() =>
      withContext(store, { requestId, system: 'data-cloud', at }, async (context, spent) => {
        await refuseTwice(store, requestId, again);
        const { map, profiles, siblings } = await readSpaceMap(store, requestId, dataSpace);
        const object = map.objects.find((it) => it.name === name);
        if (object === undefined) {
          throw new Error(
            `The map of data space ${dataSpace} does not hold the object that was ordered.`,
          );
        }
        const { rowsPerProfile, ...receipt } = await exportRows(
          connected(salesforce),
          { object, dataSpace, profiles, siblings },
          context,
        );
        return { receipt: await putCosted(store, requestId, receipt, spent()), rowsPerProfile };
      }),
    );

function connected(salesforce: Salesforce | null): Salesforce {
  if (salesforce === null) {
    throw new Error(
      'The request was planned with Data Cloud, and dossier.yaml has no salesforce section any more.',
    );
  }
  return salesforce;
}
