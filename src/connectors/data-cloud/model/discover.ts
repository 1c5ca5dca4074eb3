import type { ContactPoints, ObjectMap, PersonObject } from '../../../contract/object-map.ts';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';
import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import { conversationWays, isConversation } from './conversations.ts';
import { coverageOf } from './coverage.ts';
import { isInference } from './inferences.ts';
import { insightObjects } from './insights.ts';
import { leftOut, sourceFeeds, unmappedLakes, unnamedFeeds } from './left-out.ts';
import { individualOf } from './individual-object.ts';
import {
  childrenOf,
  dataSourceFieldOf,
  entityNamed,
  fieldNamed,
  keyFieldOf,
  primaryKeyOf,
} from './model-names.ts';
import { isUnified } from './resolution-names.ts';
import { sharedTest } from './shared-objects.ts';
import { readModel, type SpaceModel } from './space-model.ts';
import { rulesetsOf, unifiedObjects } from './unified-objects.ts';

export interface DiscoverOptions {
  /** Objects that are never exported, by API name. */
  readonly exclude: readonly string[];
  /** Rulesets that count: their IDs, or all that exist. */
  readonly rulesets: 'auto' | readonly string[];
}

/**
 * Every object of a data space that relates to a person, from metadata alone, read now.
 *
 * @throws SystemFailure; `rejected` if the data space has no individual object
 */
export async function discover(
  salesforce: Salesforce,
  dataSpace: string,
  options: DiscoverOptions,
  signal?: AbortSignal,
): Promise<ObjectMap> {
  return mapObjects(await readModel(salesforce, dataSpace, signal), options);
}

/**
 * The map of a model. Pure.
 *
 * `direct`: an edge leads to the individual's key. `through`: an edge leads to the key of a direct
 * object. No way leads through what many people share, such as an account, a product or a campaign.
 * Objects more than two steps away are listed as unreachable.
 *
 * @throws RangeError if the model has no individual object
 */
export function mapObjects(
  model: SpaceModel,
  { exclude, rulesets: wanted }: DiscoverOptions,
): ObjectMap {
  const { dataSpace, entities, insights } = model;
  const edges = distinct([...entities.flatMap((entity) => entity.edges), ...model.moreEdges]);
  const { individual, others } = individualOf(
    entities,
    entities.flatMap((entity) => entity.edges),
  );
  if (individual === undefined) {
    throw new RangeError(`The model of ${dataSpace} has no individual object.`);
  }
  const known = new Map(entities.map((entity) => [entity.name, entity]));
  const key = primaryKeyOf(individual);
  const allRulesets = rulesetsOf(entities, edges, individual);
  const rulesets = allRulesets.filter(({ id }) => wanted === 'auto' || wanted.includes(id));
  const byInsight = insightObjects(insights, individual, rulesets, known);
  const reached = [
    ...objectsByEdges(known, individual, key, edges),
    ...rulesets.flatMap((ruleset) => unifiedObjects(entities, edges, ruleset)),
    ...byInsight.reached,
  ];
  const names = new Set(reached.map(({ name }) => name));
  const account = entityNamed(entities, 'Account');
  const unclear = new Set(byInsight.unclear.map(({ object }) => object));
  const lakes = unmappedLakes(model, names);
  const out = leftOut(
    [...entities, ...insights.filter(({ name }) => !unclear.has(name))],
    edges,
    names,
    individual.name,
  );
  const lists = {
    objects: reached
      .filter(({ name }) => !exclude.includes(name))
      .map((object) => ({ ...object, ...(isInference(object) && { inferred: true }) })),
    shared: out.shared,
    guessed: [...out.guessed, ...byInsight.unclear],
    unreachable: [...out.unreachable, ...lakes.unreachable],
    unstructured: [...out.unstructured, ...lakes.unstructured],
    excluded: reached
      .filter(({ name }) => exclude.includes(name))
      .map(({ name, label }) => ({ object: name, label, why: 'left out by the configuration' })),
  };
  return {
    dataSpace,
    individual: {
      object: individual.name,
      key: keyFieldOf(individual, key),
      dataSourceField: dataSourceFieldOf(individual),
      dataSourceObjectField:
        fieldNamed(individual, 'DataSourceObjectId') ?? fieldNamed(individual, 'DataSourceObject'),
      givenName: fieldNamed(individual, 'FirstName'),
      familyName: fieldNamed(individual, 'LastName'),
      birthDate: fieldNamed(individual, 'BirthDate'),
    },
    ...lists,
    coverage: coverageOf(model, lists),
    rulesets,
    otherRulesets: allRulesets.filter((ruleset) => !rulesets.includes(ruleset)).map(({ id }) => id),
    emails: contactPoints(entities, 'ContactPointEmail', ['EmailAddress']),
    phones: contactPoints(entities, 'ContactPointPhone', [
      'FormattedE164PhoneNumber',
      'TelephoneNumber',
    ]),
    identifications: identificationsOf(entities),
    account:
      account === undefined
        ? null
        : { object: account.name, key: keyFieldOf(account, primaryKeyOf(account)) },
    sources: sourceFeeds(model),
    ...unnamedFeeds(model),
    readAt: model.readAt,
    notes: [
      ...model.notes,
      ...missingRulesets(
        dataSpace,
        wanted,
        allRulesets.map(({ id }) => id),
      ),
      ...others.map((name) => secondIndividual(dataSpace, individual.name, name)),
    ],
  };
}

/** The individual, and all objects with edges to it. */
function objectsByEdges(
  known: ReadonlyMap<string, Entity>,
  individual: Entity,
  key: string,
  edges: readonly Edge[],
): PersonObject[] {
  const direct = childrenOf(individual.name, key, edges).filter(
    ({ object }) => known.has(object) && !isUnified(object),
  );
  const directNames = new Set(direct.map(({ object }) => object));
  const isShared = sharedTest(individual, edges);
  const through = [...directNames]
    .filter((name) => !isShared(name))
    .flatMap((parent) => {
      const entity = known.get(parent);
      return entity === undefined
        ? []
        : childrenOf(parent, primaryKeyOf(entity), edges).map((child) => ({
            ...child,
            parent: entity,
          }));
    })
    .filter(
      ({ object }) =>
        known.has(object) &&
        !directNames.has(object) &&
        object !== individual.name &&
        !isShared(object),
    );
  const reached: PersonObject[] = [
    personObject(individual, 'self', [key]),
    ...[...directNames].map((name) =>
      personObject(
        known.get(name) as Entity,
        'direct',
        direct.filter(({ object }) => object === name).map(({ field }) => field),
      ),
    ),
  ];
  for (const object of new Set(through.map((child) => child.object))) {
    const child = known.get(object) as Entity;
    const ways = through
      .filter((it) => it.object === object)
      .map(({ field, parent }) => ({
        parent: {
          object: parent.name,
          key: keyFieldOf(parent, primaryKeyOf(parent)),
          childField: keyFieldOf(child, field),
          dataSourceField: dataSourceFieldOf(parent),
        },
        personFields: (reached.find(({ name }) => name === parent.name) as PersonObject)
          .personFields,
      }));
    const [first, ...otherWays] = ways;
    reached.push({
      ...personObject(child, 'through', []),
      ...first,
      ...(otherWays.length > 0 && { otherWays }),
    });
  }
  return withConversations(reached, known, edges);
}

/**
 * Adds the parts of conversations with AI agents: the turns of a session, and what was said in
 * these, by any speaker.
 */
function withConversations(
  reached: readonly PersonObject[],
  known: ReadonlyMap<string, Entity>,
  edges: readonly Edge[],
): PersonObject[] {
  const direct = new Map(
    reached
      .filter(({ reach, name }) => reach === 'direct' && isConversation(name))
      .map((object) => [object.name, object]),
  );
  const others = reached.filter(({ name }) => !isConversation(name));
  const parts = [...known.values()]
    .filter(({ name }) => direct.size > 0 && isConversation(name))
    .flatMap((entity): PersonObject[] => {
      const ways = conversationWays(entity, known, edges, direct);
      const own = direct.get(entity.name);
      if (own !== undefined) return [{ ...own, ...(ways.length > 0 && { otherWays: ways }) }];
      const [first, ...otherWays] = [
        ...ways,
        ...waysFromOutside(reached.find(({ name }) => name === entity.name)),
      ];
      return first === undefined
        ? []
        : [
            {
              ...personObject(entity, 'through', []),
              ...first,
              ...(otherWays.length > 0 && { otherWays }),
            },
          ];
    });
  const lost = reached.filter(
    ({ name }) => isConversation(name) && !parts.some((part) => part.name === name),
  );
  return [...others, ...lost, ...parts];
}

/**
 * Ways to a part of a conversation from objects outside of it, such as a case that names its
 * session.
 */
function waysFromOutside(
  part: PersonObject | undefined,
): NonNullable<PersonObject['otherWays']>[number][] {
  if (part?.parent === undefined) return [];
  const { parent, personFields, otherWays = [] } = part;
  return [{ reach: 'through' as const, parent, personFields }, ...otherWays].filter(
    (way) => !isConversation(way.parent.object),
  );
}

const distinct = (edges: readonly Edge[]): Edge[] => [
  ...new Map(
    edges.map((edge) => [`${edge.from}.${edge.fromField} ${edge.to}.${edge.toField}`, edge]),
  ).values(),
];

const personObject = (
  entity: Entity,
  reach: PersonObject['reach'],
  personFields: readonly string[],
): PersonObject => ({
  name: entity.name,
  label: entity.label,
  reach,
  personFields: personFields.map((field) => keyFieldOf(entity, field)),
  dataSourceField: dataSourceFieldOf(entity),
  fields: entity.fields.map(({ name, label, type }) => ({ name, label, type })),
});

const secondIndividual = (dataSpace: string, chosen: string, other: string): string =>
  `The data space ${dataSpace} holds people in ${chosen} and in ${other}; those that only ` +
  `${other} holds are not looked for.`;

const missingRulesets = (
  dataSpace: string,
  wanted: DiscoverOptions['rulesets'],
  there: readonly string[],
): string[] =>
  wanted === 'auto'
    ? []
    : wanted
        .filter((id) => !there.includes(id))
        .map((id) => `The data space ${dataSpace} has no ruleset ${id}.`);

function contactPoints(
  entities: readonly Entity[],
  base: string,
  values: readonly string[],
): ContactPoints | null {
  const entity = entityNamed(entities, base);
  const party = entity && fieldNamed(entity, 'PartyId');
  const found =
    entity === undefined ? [] : values.flatMap((value) => fieldNamed(entity, value) ?? []);
  if (!entity || !party || found.length === 0) return null;
  return {
    object: entity.name,
    party: keyFieldOf(entity, party),
    values: found,
    dataSourceField: dataSourceFieldOf(entity),
  };
}

function identificationsOf(entities: readonly Entity[]): ObjectMap['identifications'] {
  const points = contactPoints(entities, 'PartyIdentification', ['IdentificationNumber']);
  const entity = entityNamed(entities, 'PartyIdentification');
  if (points === null || entity === undefined) return null;
  return {
    ...points,
    names: ['IdentificationName', 'PartyIdentificationTypeId'].flatMap(
      (name) => fieldNamed(entity, name) ?? [],
    ),
  };
}
