import { REFUSED, type RefusedReason } from '../../../contract/gap-texts.ts';
import { SystemFailure } from '../../../http/failure.ts';
import type { Instant } from '@dossier/law';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';
import type { DataStream, Mapping } from '../../../salesforce/lineage.ts';
import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import { isConversation } from './conversations.ts';
import { explained } from '../locate/explain.ts';
import { individualOf } from './individual-object.ts';
import { childrenOf, primaryKeyOf } from './model-names.ts';
import { isUnified } from './resolution-names.ts';
import { sharedTest } from './shared-objects.ts';
import { unstructuredKindOf, type UnstructuredKind } from './unstructured.ts';

/**
 * All metadata of a data space. It holds no personal data, and depends on no configuration, so it
 * can be kept for a while.
 */
export interface SpaceModel {
  readonly dataSpace: string;
  readonly readAt: Instant;
  readonly entities: readonly Entity[];
  readonly insights: readonly Entity[];
  /**
   * Further edges beside those of the entities: from the other listing, or not switched on although
   * a source fills their field.
   */
  readonly moreEdges: readonly Edge[];
  /** Lake objects that are mapped to an object of people, by the object. */
  readonly mappings: Readonly<Record<string, readonly Mapping[]>>;
  readonly streams: readonly DataStream[];
  /** Lake objects that metadata lists. */
  readonly lakes: readonly {
    readonly name: string;
    readonly label: string;
    readonly kind?: UnstructuredKind;
  }[];
  /** What could not be read, in words. */
  readonly notes: readonly string[];
}

/** Objects whose edges and mappings are read at the same time. */
const AT_ONCE = 6;

/**
 * Reads the model of a data space. Insights, lake objects and data streams only add to a report. If
 * we may not read them, it adds a note, and is never silent.
 *
 * @throws SystemFailure; `rejected` if there is no such data space, or no individual object in it
 */
export async function readModel(
  salesforce: Salesforce,
  dataSpace: string,
  signal?: AbortSignal,
): Promise<SpaceModel> {
  const readAt = new Date().toISOString() as Instant;
  const entities = await salesforce.entities(dataSpace, signal).catch(async (error: unknown) => {
    throw await explained(salesforce, dataSpace, error, signal);
  });
  const { individual } = individualOf(
    entities,
    entities.flatMap((entity) => entity.edges),
  );
  if (individual === undefined) {
    throw new SystemFailure({
      kind: 'rejected',
      system: 'data-cloud',
      code: 'NO_INDIVIDUAL',
      action:
        `The data space "${dataSpace}" has no individual object: take it out of ` +
        'salesforce.dataSpaces, or map one.',
    });
  }
  const notes: string[] = [];
  const optional = async <Read>(
    what: string,
    without: string,
    read: () => Promise<Read[]>,
  ): Promise<Read[]> => {
    try {
      return await read();
    } catch (error) {
      if (
        !(error instanceof SystemFailure) ||
        !['denied', 'rejected', 'unreadable'].includes(error.facts.kind)
      ) {
        throw error;
      }
      notes.push(
        `The ${what} of data space ${dataSpace} could not be read ` +
          `(${REFUSED[error.facts.kind as RefusedReason]}): ${without}`,
      );
      return [];
    }
  };
  const insights = await optional('calculated insights', 'none of them is exported.', () =>
    salesforce.entities(dataSpace, signal, 'CalculatedInsight'),
  );
  const lakes = await optional(
    'lake objects',
    'those that only data streams name are listed.',
    () => salesforce.entities(dataSpace, signal, 'DataLakeObject'),
  );
  const streams = await optional(
    'data streams',
    'which source feeds what is not known, and lake objects that no mapping reaches may not be listed.',
    () => salesforce.dataStreams(signal),
  );
  const unreadEdges = refusedObjects();
  const { edges, people } = await edgesOfPeople({
    salesforce,
    dataSpace,
    entities,
    individual,
    signal,
    unless: unreadEdges.unless,
  });
  const mappings: Record<string, readonly Mapping[]> = {};
  const unmapped = refusedObjects();
  await inParallel(people, async (name) => {
    mappings[name] =
      (await unmapped.unless(name, () => salesforce.mappings(dataSpace, name, signal))) ?? [];
  });
  return {
    dataSpace,
    readAt,
    entities,
    insights,
    streams,
    notes: [
      ...notes,
      ...unreadEdges.note(
        `relationships in data space ${dataSpace}`,
        'objects that these alone lead to are not exported.',
      ),
      ...unmapped.note(
        `mappings in data space ${dataSpace}`,
        'which lake objects fill them is not known.',
      ),
    ],
    lakes: lakes.map((lake) => {
      const kind = unstructuredKindOf(lake);
      return { name: lake.name, label: lake.label, ...(kind && { kind }) };
    }),
    moreEdges: edges.filter(
      (edge) =>
        edge.active || mappings[edge.from]?.some(({ fields }) => fields.includes(edge.fromField)),
    ),
    mappings: Object.fromEntries(Object.entries(mappings).filter(([, some]) => some.length > 0)),
  };
}

type ListedEdge = Edge & { readonly active: boolean };
interface EdgesOf {
  readonly salesforce: Salesforce;
  readonly dataSpace: string;
  readonly entities: readonly Entity[];
  readonly individual: Entity;
  readonly signal: AbortSignal | undefined;
  readonly unless: RefusedObjects['unless'];
}

/** Objects whose reading was refused while the rest went on. */
interface RefusedObjects {
  /**
   * Runs a piece of work about an object; returns nothing if it was refused. @throws SystemFailure
   * of any other kind
   */
  readonly unless: <Read>(object: string, work: () => Promise<Read>) => Promise<Read | undefined>;
  note(what: string, without: string): string[];
}

function refusedObjects(): RefusedObjects {
  const refused = new Map<string, string>();
  return {
    async unless(object, work) {
      try {
        return await work();
      } catch (error) {
        const { kind, status } = error instanceof SystemFailure ? error.facts : {};
        // A refused token says nothing about the object.
        if (kind !== 'rejected' && !(kind === 'denied' && status === 403)) throw error;
        refused.set(object, REFUSED[kind]);
        return undefined;
      }
    },
    note: (what, without) =>
      refused.size === 0
        ? []
        : [
            `The ${what} of ${[...refused]
              .map(([object, why]) => `${object} (${why})`)
              .toSorted()
              .join(', ')} could not be read: ${without}`,
          ],
  };
}

/**
 * The edges of the individual and of all objects that lead to it, even inactive ones. Also the
 * names of all objects that they touch.
 */
async function edgesOfPeople({
  salesforce,
  dataSpace,
  entities,
  individual,
  signal,
  unless,
}: EdgesOf): Promise<{ edges: ListedEdge[]; people: string[] }> {
  const known = new Map(entities.map((entity) => [entity.name, entity]));
  const own = (
    (await unless(individual.name, () =>
      salesforce.relationships(dataSpace, individual.name, signal),
    )) ?? []
  ).filter(({ to, from }) => to === individual.name && from !== individual.name && known.has(from));
  const told = entities.flatMap((entity) => entity.edges);
  const direct = [
    ...new Set(
      childrenOf(individual.name, primaryKeyOf(individual), [...told, ...own]).map(
        ({ object }) => object,
      ),
    ),
  ].filter((name) => known.has(name) && !isUnified(name));
  const edges = [...own];
  const isShared = sharedTest(individual, [...told, ...own]);
  const second = new Set<string>();
  await inParallel(
    direct.filter((name) => !isShared(name)),
    async (name) => {
      const listed =
        (await unless(name, () => salesforce.relationships(dataSpace, name, signal))) ?? [];
      edges.push(
        ...listed.filter(
          ({ to, from }) => to === name && from !== name && known.has(from) && !isShared(from),
        ),
      );
      for (const { object } of childrenOf(name, primaryKeyOf(known.get(name) as Entity), [
        ...told,
        ...listed,
      ])) {
        if (known.has(object) && !isUnified(object)) second.add(object);
      }
    },
  );
  // Parts of conversations are reached by further steps: their feeds are listed too.
  const parts = [...known.keys()].filter((name) => isConversation(name));
  return { edges, people: [...new Set([individual.name, ...direct, ...second, ...parts])] };
}

/**
 * Does a piece of work for each item, some at the same time. It fails when the first of them fails.
 */
async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, items.length) }, async () => {
      while (next < items.length) {
        next += 1;
        await work(items[next - 1] as Item);
      }
    }),
  );
}
