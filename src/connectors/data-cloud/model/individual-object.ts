import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import { entitiesNamed, fieldNamed, primaryKeyOf } from './model-names.ts';
import { isSharedOwner } from './shared-objects.ts';

/**
 * The object whose rows are people, and the names of further ones that are called so; an org has
 * one as a rule.
 */
export interface IndividualObject {
  readonly individual: Entity | undefined;
  readonly others: readonly string[];
}

/**
 * The object that people are told by: among those that are named so, in any generation of names,
 * the one that most edges lead to; where none is, the one that the parties of e-mail addresses are.
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
