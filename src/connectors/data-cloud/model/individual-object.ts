import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import { entitiesNamed, fieldNamed, primaryKeyOf } from './model-names.ts';
import { isSharedOwner } from './shared-objects.ts';

/**
 * The object whose rows are people, and the names of further objects with that name; an org has one
 * as a rule.
 */
export interface IndividualObject {
  readonly individual: Entity | undefined;
  readonly others: readonly string[];
}

/**
 * The object whose rows are people. Among those with the name, in any generation of names, it is
 * the one with the most edges to it. If none has the name, it is the one that e-mail addresses name
 * as their party.
 */
export function individualOf(
  entities: readonly Entity[],
  edges: readonly Edge[],
): IndividualObject {
  const named = entitiesNamed(entities, 'Individual');
  const found = named.length > 0 ? named : byParties(entities, edges);
  const [individual, ...others] = found.toSorted((a, b) => incoming(edges, b) - incoming(edges, a));
  return { individual, others: others.map(({ name }) => name) };
}

const incoming = (edges: readonly Edge[], entity: Entity): number =>
  edges.filter(
    ({ from, to, toField }) =>
      to === entity.name && from !== entity.name && toField === primaryKeyOf(entity),
  ).length;

function byParties(entities: readonly Entity[], edges: readonly Edge[]): Entity[] {
  const parties = new Set(
    entitiesNamed(entities, 'ContactPointEmail').flatMap((points) => {
      const party = fieldNamed(points, 'PartyId');
      return edges
        .filter(({ from, fromField }) => from === points.name && fromField === party)
        .map(({ to }) => to);
    }),
  );
  return entities.filter(({ name }) => parties.has(name) && !isSharedOwner(name));
}
