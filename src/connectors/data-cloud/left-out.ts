import type { ListedObject, ObjectMap, SourceFeed } from '../../domain/object-map.ts';
import type { Edge, Entity } from '../../salesforce/metadata.ts';
import { looksLikePerson } from './model-names.ts';
import { isUnified } from './resolution-names.ts';
import { isSharedOwner } from './shared-objects.ts';
import type { SpaceModel } from './space-model.ts';

/** What is known and not exported, in three lists. */
export function leftOut(entities: readonly Entity[], edges: readonly Edge[], reached: ReadonlySet<string>, individual: string): Pick<ObjectMap, 'shared' | 'guessed' | 'unreachable'> {
  const lists = { shared: [] as ListedObject[], guessed: [] as ListedObject[], unreachable: [] as ListedObject[] };
  const shared = sharedObjects(entities, edges, reached, individual);
  for (const { name, label, fields, relatesTo = [] } of entities.filter((entity) => !reached.has(entity.name))) {
    const person = fields.find((field) => looksLikePerson(field.name));
    if (isUnified(name)) lists.unreachable.push({ object: name, label, why: 'identity resolution makes it from the profiles, which are exported themselves' });
    else if (person !== undefined && !isSharedOwner(name)) lists.guessed.push({ object: name, label, why: `its field ${person.name} may hold a person, but no relationship says so` });
    else if (shared.has(name) || relatesTo.some((other) => shared.has(other))) lists.shared.push({ object: name, label, why: 'reached only through an account or household' });
    else lists.unreachable.push({ object: name, label, why: 'no relationship leads there from the individual' });
  }
  return lists;
}

/** Accounts and households, and all whose key leads to them. */
function sharedObjects(entities: readonly Entity[], edges: readonly Edge[], reached: ReadonlySet<string>, individual: string): ReadonlySet<string> {
  const found = new Set(entities.map(({ name }) => name).filter(isSharedOwner));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { from, to } of edges) if (found.has(to) && !reached.has(from) && !isUnified(from) && from !== individual) found.add(from);
  }
  return found;
}

/** Lake objects that are mapped to no object that is reached or excluded: they may hold people whom no identity leads to. */
export function unmappedLakes({ lakes, streams, mappings }: SpaceModel, reached: ReadonlySet<string>): ListedObject[] {
  const mapped = new Set(Object.entries(mappings).filter(([object]) => reached.has(object)).flatMap(([, some]) => some.map(({ lake }) => lake)));
  const all = new Map([...lakes.map(({ name, label }) => [name, label] as const), ...streams.map(({ lake, label }) => [lake, label] as const)]);
  return [...all].filter(([lake]) => !mapped.has(lake)).map(([object, label]) => {
    const sources = [...new Set(streams.filter(({ lake, source }) => lake === object && source !== '').map(({ source }) => source))];
    return { object, label, why: `a lake object${sources.length === 0 ? '' : ` of ${sources.join(', ')}`} that is mapped to no object of people: no identity leads there` };
  }).toSorted(byName);
}

/** Maps of data spaces without the lake objects that another of them reaches: these are the org's, and every space lists them all. */
export function withoutReached(maps: readonly ObjectMap[]): ObjectMap[] {
  const reached = new Set(maps.flatMap(({ unreachable, sources = [], fedLakes = sources.flatMap(({ lakes }) => lakes) }) => {
    const lost = new Set(unreachable.map(({ object }) => object));
    return fedLakes.filter((lake) => !lost.has(lake));
  }));
  return maps.map((map) => ({ ...map, unreachable: map.unreachable.filter(({ object }) => !reached.has(object)) }));
}

const byName = (a: ListedObject, b: ListedObject): number => (a.object < b.object ? -1 : 1);

/** Every source system that feeds Data Cloud, with what it feeds. */
export function sourceFeeds({ streams, mappings }: SpaceModel): SourceFeed[] {
  const objectsOf = (lakes: readonly string[]) => Object.entries(mappings).filter(([, some]) => some.some(({ lake }) => lakes.includes(lake))).map(([object]) => object).toSorted();
  return [...new Set(streams.map(({ source }) => source).filter((source) => source !== ''))].toSorted().map((source) => {
    const own = streams.filter((stream) => stream.source === source);
    const lakes = [...new Set(own.map(({ lake }) => lake))].toSorted();
    return { source, connector: own.find(({ connector }) => connector !== '')?.connector ?? '', lakes, objects: objectsOf(lakes) };
  });
}

/** What else data streams tell: those without a source, and every lake object that is fed. */
export const unnamedFeeds = ({ streams }: SpaceModel): Pick<ObjectMap, 'unnamedStreams' | 'fedLakes'> => ({
  unnamedStreams: [...new Set(streams.filter(({ source }) => source === '').map(({ name }) => name))].toSorted(),
  fedLakes: [...new Set(streams.map(({ lake }) => lake))].toSorted(),
});
