import type { PersonObject } from '../../../contract/object-map.ts';
import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import {
  baseName,
  childrenOf,
  dataSourceFieldOf,
  keyFieldOf,
  primaryKeyOf,
} from './model-names.ts';

/** One more way to an object's rows. */
type Way = NonNullable<PersonObject['otherWays']>[number];

/**
 * Whether an object is a part of a conversation with an AI agent: a session, a participant, a turn,
 * a message, or what was concluded of these. Tags and their definitions belong to everybody.
 *
 * @see Data 360 DMO and Mapping Guide, "Ai Agent Session", "… Session Participant", "…
 *   Interaction", "… Interaction Message" and "… Moment" DMO; read 2026-11
 */
export const isConversation = (name: string): boolean =>
  /^AiAgent(?!Tag(?!Association)|GenerativeAiUsage)/i.test(baseName(name));

/**
 * The ways to the rows of a part of a conversation by way of its other parts: its own parent, which
 * names the person, or its parent's. So what the agent said is found too. The ways lead only
 * through parts. A row that names a person itself is found by that name alone.
 *
 * @param direct fields that hold a party ID, by the names of the parts that have such
 */
export function conversationWays(
  entity: Entity,
  known: ReadonlyMap<string, Entity>,
  edges: readonly Edge[],
  direct: ReadonlyMap<string, PersonObject>,
): Way[] {
  const unlessNamed = direct.get(entity.name)?.personFields;
  const own = { ...(unlessNamed && { unlessNamed }), reach: 'through' as const };
  const parents = (child: Entity): { parent: Entity; field: string }[] =>
    [...known.values()]
      .filter(({ name }) => isConversation(name) && name !== entity.name && name !== child.name)
      .flatMap((parent) =>
        childrenOf(parent.name, primaryKeyOf(parent), edges)
          .filter(({ object }) => object === child.name)
          .map(({ field }) => ({ parent, field })),
      );
  return parents(entity).flatMap(({ parent, field }): Way[] => {
    const link = {
      object: parent.name,
      key: keyFieldOf(parent, primaryKeyOf(parent)),
      childField: keyFieldOf(entity, field),
      dataSourceField: dataSourceFieldOf(parent),
    };
    const named = direct.get(parent.name);
    const far = parents(parent).flatMap(({ parent: above, field: upward }): Way[] => {
      const people = direct.get(above.name);
      if (people === undefined) return [];
      const via = {
        object: above.name,
        key: keyFieldOf(above, primaryKeyOf(above)),
        sourceField: keyFieldOf(parent, upward),
        dataSourceField: dataSourceFieldOf(above),
      };
      // If a turn names a person, it is theirs, with all that was said in it, even in another
      // person's session.
      return [
        {
          ...own,
          ...(named && { parentUnlessNamed: named.personFields }),
          parent: { ...link, via },
          personFields: people.personFields,
        },
      ];
    });
    return [
      ...(named === undefined ? [] : [{ ...own, parent: link, personFields: named.personFields }]),
      ...far,
    ];
  });
}
