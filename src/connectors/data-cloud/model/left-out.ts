import type { ListedObject, ObjectMap, SourceFeed } from '../../../contract/object-map.ts';
import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import { looksLikePerson } from './model-names.ts';
import { isUnified } from './resolution-names.ts';
import { isSharedOwner, isThing } from './shared-objects.ts';
import type { SpaceModel } from './space-model.ts';
import { unstructuredKindOf, UNSTRUCTURED_WORDS } from './unstructured.ts';

/** Lists of what exists and is not exported. */
export function leftOut(
  entities: readonly Entity[],
  edges: readonly Edge[],
  reached: ReadonlySet<string>,
  individual: string,
): Pick<ObjectMap, 'shared' | 'guessed' | 'unreachable'> & {
  readonly unstructured: readonly ListedObject[];
} {
  const lists = {
    unstructured: [] as ListedObject[],
    shared: [] as ListedObject[],
    guessed: [] as ListedObject[],
    unreachable: [] as ListedObject[],
  };
  const shared = sharedObjects(entities, edges, reached, individual);
  for (const entity of entities.filter(({ name }) => !reached.has(name))) {
    const { name, label, fields, relatesTo = [] } = entity;
    const unstructured = unstructuredKindOf(entity);
    const person = fields.find((field) => looksLikePerson(field.name));
    if (isUnified(name)) {
      lists.unreachable.push({
        object: name,
        label,
        why: 'identity resolution makes it from the profiles, which are exported themselves',
      });
    } else if (person !== undefined && !isSharedOwner(name)) {
      lists.guessed.push({
        object: name,
        label,
        why: `its field ${person.name} may hold a person, but no relationship says so`,
      });
    } else if (unstructured !== undefined) {
      lists.unstructured.push({ object: name, label, why: UNSTRUCTURED_WORDS[unstructured] });
    } else if (shared.has(name) || relatesTo.some((other) => shared.has(other))) {
      lists.shared.push({
        object: name,
        label,
        why: 'reached only through an account or household',
      });
    } else if (isThing(name)) {
      lists.unreachable.push({
        object: name,
        label,
        why: 'things that the records of many people refer to, and no person',
        about: 'nobody',
      });
    } else {
      lists.unreachable.push({
        object: name,
        label,
        why: 'no relationship leads there from the individual',
      });
    }
  }
  return lists;
}

/** Accounts and households, and all objects whose key leads to them. */
function sharedObjects(
  entities: readonly Entity[],
  edges: readonly Edge[],
  reached: ReadonlySet<string>,
  individual: string,
): ReadonlySet<string> {
  const found = new Set(entities.map(({ name }) => name).filter(isSharedOwner));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { from, to } of edges) {
      if (found.has(to) && !reached.has(from) && !isUnified(from) && from !== individual) {
        found.add(from);
      }
    }
  }
  return found;
}

/** Lake objects that are mapped to one of these objects. */
export const lakesUnder = ({ mappings }: SpaceModel, objects: ReadonlySet<string>): Set<string> =>
  new Set(
    Object.entries(mappings)
      .filter(([object]) => objects.has(object))
      .flatMap(([, some]) => some.map(({ lake }) => lake)),
  );

/** All lake objects: those that metadata lists, and those that streams feed. */
export const lakesOf = ({ lakes, streams }: SpaceModel): SpaceModel['lakes'] =>
  [
    ...new Map(
      [...streams.map(({ lake, label }) => ({ name: lake, label })), ...lakes].map((it) => [
        it.name,
        it,
      ]),
    ).values(),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));

/**
 * Lake objects that are mapped to no object that is reached or excluded: they may hold people
 * without any identity that leads there.
 */
export function unmappedLakes(
  model: SpaceModel,
  reached: ReadonlySet<string>,
): Pick<ObjectMap, 'unreachable'> & { readonly unstructured: readonly ListedObject[] } {
  const mapped = lakesUnder(model, reached);
  const all = lakesOf(model).filter(({ name }) => !mapped.has(name));
  return {
    unstructured: all.flatMap(({ name, label, kind }) =>
      kind === undefined ? [] : [{ object: name, label, why: UNSTRUCTURED_WORDS[kind] }],
    ),
    unreachable: all
      .filter(({ kind }) => kind === undefined)
      .map(({ name, label }) => {
        const sources = [
          ...new Set(
            model.streams
              .filter(({ lake, source }) => lake === name && source !== '')
              .map(({ source }) => source),
          ),
        ];
        return {
          object: name,
          label,
          why:
            `a lake object${sources.length === 0 ? '' : ` of ${sources.join(', ')}`} that is ` +
            'mapped to no object of people: no identity leads there',
        };
      }),
  };
}

/**
 * Maps of data spaces without the lake objects that another of them reaches. Lake objects are the
 * org's, and every space lists them all.
 */
export function withoutReached(maps: readonly ObjectMap[]): ObjectMap[] {
  const reached = new Set(
    maps.flatMap(
      ({ unreachable, sources = [], fedLakes = sources.flatMap(({ lakes }) => lakes) }) => {
        const lost = new Set(unreachable.map(({ object }) => object));
        return fedLakes.filter((lake) => !lost.has(lake));
      },
    ),
  );
  return maps.map(({ coverage, ...map }) => ({
    ...map,
    unreachable: map.unreachable.filter(({ object }) => !reached.has(object)),
    ...(coverage && {
      coverage: coverage.map((it) =>
        it.verdict === 'unknown' && reached.has(it.object)
          ? {
              ...it,
              verdict: 'exported' as const,
              why: 'mapped to an object of people in another data space',
            }
          : it,
      ),
    }),
  }));
}

/** Every source system that feeds Data Cloud, with what it feeds. */
export function sourceFeeds({ streams, mappings }: SpaceModel): SourceFeed[] {
  const objectsOf = (lakes: readonly string[]) =>
    Object.entries(mappings)
      .filter(([, some]) => some.some(({ lake }) => lakes.includes(lake)))
      .map(([object]) => object)
      .toSorted();
  return [...new Set(streams.map(({ source }) => source).filter((source) => source !== ''))]
    .toSorted()
    .map((source) => {
      const own = streams.filter((stream) => stream.source === source);
      const lakes = [...new Set(own.map(({ lake }) => lake))].toSorted();
      return {
        source,
        connector: own.find(({ connector }) => connector !== '')?.connector ?? '',
        lakes,
        objects: objectsOf(lakes),
      };
    });
}

/** Further facts from data streams: those without a source, and every lake object that is fed. */
export const unnamedFeeds = ({
  streams,
}: SpaceModel): Pick<ObjectMap, 'unnamedStreams' | 'fedLakes'> => ({
  unnamedStreams: [
    ...new Set(streams.filter(({ source }) => source === '').map(({ name }) => name)),
  ].toSorted(),
  fedLakes: [...new Set(streams.map(({ lake }) => lake))].toSorted(),
});
