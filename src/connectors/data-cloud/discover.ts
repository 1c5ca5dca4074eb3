import { SystemFailure } from '../../domain/failure.ts';
import type { ContactPoints, KeyField, ListedObject, ObjectMap, PersonObject, Ruleset } from '../../domain/object-map.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import type { Edge, Entity } from '../../salesforce/metadata.ts';
import { baseName, dataSourceFieldOf, entityNamed, fieldNamed, isReference, isSharedOwner, isUnified, keyQualifierOf, looksLikePerson, primaryKeyOf, rulesetOfLink } from './model-names.ts';

export interface DiscoverOptions {
  /** Objects that are never exported, by API name. */
  readonly exclude: readonly string[];
  /** Rulesets that count: their IDs, or every one that there is. */
  readonly rulesets: 'auto' | readonly string[];
}

/**
 * Every object of a data space that relates to a person, from metadata alone.
 *
 * `direct`: an edge leads to the individual's key. `through`: an edge leads to the key of a direct object. Nothing is reached by way
 * of what many people share, such as an account, a product or a campaign. Objects more than two steps away are listed as unreachable.
 *
 * @throws SystemFailure; `rejected` where the data space has no individual object
 */
export async function discover(salesforce: Salesforce, dataSpace: string, options: DiscoverOptions, signal?: AbortSignal): Promise<ObjectMap> {
  const entities = await salesforce.entities(dataSpace, signal);
  const individual = entityNamed(entities, 'Individual');
  if (individual === undefined) {
    throw new SystemFailure({ kind: 'rejected', system: 'data-cloud', code: 'NO_INDIVIDUAL', action: `The data space "${dataSpace}" has no individual object: take it out of salesforce.dataSpaces, or map one.` });
  }
  const listed = await salesforce.relationships(dataSpace, individual.name, signal);
  const switchedOff = listed.filter(({ active, from, to }) => !active && to === individual.name && from !== individual.name);
  const mapped = await mappedAmong(salesforce, dataSpace, switchedOff, signal);
  return mapObjects(entities, individual, [...listed.filter(({ active }) => active), ...mapped], { dataSpace, ...options });
}

/** Edges that nobody switched on, although a source fills their field. */
async function mappedAmong(salesforce: Salesforce, dataSpace: string, edges: readonly Edge[], signal?: AbortSignal): Promise<Edge[]> {
  const found: Edge[] = [];
  for (const edge of edges) if ((await salesforce.mappedFields(dataSpace, edge.from, signal)).has(edge.fromField)) found.push(edge);
  return found;
}

/** The map that metadata gives. Pure. */
export function mapObjects(entities: readonly Entity[], individual: Entity, moreEdges: readonly Edge[], { dataSpace, exclude, rulesets: wanted }: DiscoverOptions & { dataSpace: string }): ObjectMap {
  const known = new Map(entities.map((entity) => [entity.name, entity]));
  const edges = distinct([...entities.flatMap((entity) => entity.edges), ...moreEdges]);
  const key = primaryKeyOf(individual);
  const direct = childrenOf(individual.name, key, edges).filter(({ object }) => known.has(object) && !isUnified(object));
  const directNames = new Set(direct.map(({ object }) => object));
  const through = [...directNames].filter((name) => !isReference(name)).flatMap((parent) => {
    const entity = known.get(parent);
    return entity === undefined ? [] : childrenOf(parent, primaryKeyOf(entity), edges).map((child) => ({ ...child, parent: entity }));
  }).filter(({ object }) => known.has(object) && !directNames.has(object) && object !== individual.name && !isReference(object));

  const reached: PersonObject[] = [
    personObject(individual, 'self', [key]),
    ...[...directNames].map((name) => personObject(known.get(name) as Entity, 'direct', direct.filter(({ object }) => object === name).map(({ field }) => field))),
  ];
  for (const object of new Set(through.map((child) => child.object))) {
    const child = known.get(object) as Entity;
    const ways = through.filter((it) => it.object === object).map(({ field, parent }) => ({
      parent: { object: parent.name, key: keyField(parent, primaryKeyOf(parent)), childField: keyField(child, field), dataSourceField: dataSourceFieldOf(parent) },
      personFields: (reached.find(({ name }) => name === parent.name) as PersonObject).personFields,
    }));
    const [first, ...otherWays] = ways;
    reached.push({ ...personObject(child, 'through', []), ...first, ...(otherWays.length > 0 && { otherWays }) });
  }
  const rulesets = rulesetsOf(entities).filter(({ id }) => wanted === 'auto' || wanted.includes(id));
  reached.push(...rulesets.flatMap((ruleset) => unifiedObject(known, ruleset)));
  const names = new Set(reached.map(({ name }) => name));
  const account = entityNamed(entities, 'Account');
  return {
    dataSpace,
    individual: {
      object: individual.name, key: keyField(individual, key), dataSourceField: dataSourceFieldOf(individual),
      givenName: fieldNamed(individual, 'FirstName'), familyName: fieldNamed(individual, 'LastName'), birthDate: fieldNamed(individual, 'BirthDate'),
    },
    objects: reached.filter(({ name }) => !exclude.includes(name)),
    rulesets,
    emails: contactPoints(entities, 'ContactPointEmail', ['EmailAddress']),
    phones: contactPoints(entities, 'ContactPointPhone', ['FormattedE164PhoneNumber', 'TelephoneNumber']),
    identifications: identificationsOf(entities),
    account: account === undefined ? null : { object: account.name, key: keyField(account, primaryKeyOf(account)) },
    ...leftOut(entities, edges, names),
    excluded: reached.filter(({ name }) => exclude.includes(name)).map(({ name, label }) => ({ object: name, label, why: 'left out by the configuration' })),
    notes: wanted === 'auto' ? [] : wanted.filter((id) => !rulesets.some((ruleset) => ruleset.id === id)).map((id) => `The data space ${dataSpace} has no ruleset ${id}.`),
  };
}

/** Objects with a field that points at the key of `parent`; an edge one to one may be told from either side. */
function childrenOf(parent: string, key: string, edges: readonly Edge[]): { object: string; field: string }[] {
  const found = edges.flatMap((edge) => {
    if (edge.to === parent && edge.toField === key && edge.from !== parent) return [{ object: edge.from, field: edge.fromField }];
    if (edge.from === parent && edge.fromField === key && edge.to !== parent && edge.cardinality.startsWith('ONETO')) return [{ object: edge.to, field: edge.toField }];
    return [];
  });
  return found.filter((child, index) => found.findIndex(({ object, field }) => object === child.object && field === child.field) === index);
}

const distinct = (edges: readonly Edge[]): Edge[] =>
  [...new Map(edges.map((edge) => [`${edge.from}.${edge.fromField} ${edge.to}.${edge.toField}`, edge])).values()];

const keyField = (entity: Entity, field: string): KeyField => ({ field, keyQualifier: keyQualifierOf(entity, field) });

const personObject = (entity: Entity, reach: PersonObject['reach'], personFields: readonly string[]): PersonObject => ({
  name: entity.name,
  label: entity.label,
  reach,
  personFields: personFields.map((field) => keyField(entity, field)),
  dataSourceField: dataSourceFieldOf(entity),
  fields: entity.fields.map(({ name, label, type }) => ({ name, label, type })),
});

/** The unified individuals of a ruleset: what identity resolution made of the profiles is about the person too. */
function unifiedObject(known: ReadonlyMap<string, Entity>, { link, linkKeyQualifier, linkDataSource, unified }: Ruleset): PersonObject[] {
  const entity = unified === null ? undefined : known.get(unified);
  if (entity === undefined) return [];
  return [{
    ...personObject(entity, 'unified', []),
    personFields: [{ field: 'SourceRecordId__c', keyQualifier: linkKeyQualifier }],
    parent: { object: link, key: { field: 'UnifiedRecordId__c', keyQualifier: null }, childField: { field: primaryKeyOf(entity), keyQualifier: null }, dataSourceField: linkDataSource },
  }];
}

function rulesetsOf(entities: readonly Entity[]): Ruleset[] {
  return entities.flatMap((link) => {
    const id = rulesetOfLink(link.name);
    if (id === undefined || !link.fields.some(({ name }) => name === 'SourceRecordId__c') || !link.fields.some(({ name }) => name === 'UnifiedRecordId__c')) return [];
    const suffix = id === 'default' ? '' : id;
    const unified = entities.find(({ name }) => name === `UnifiedssotIndividual${suffix}__dlm` || name === `UnifiedIndividual${suffix}__dlm`);
    return [{ id, link: link.name, linkKeyQualifier: keyQualifierOf(link, 'SourceRecordId__c'), linkDataSource: dataSourceFieldOf(link), unified: unified?.name ?? null }];
  });
}

function contactPoints(entities: readonly Entity[], base: string, values: readonly string[]): ContactPoints | null {
  const entity = entityNamed(entities, base);
  const party = entity && fieldNamed(entity, 'PartyId');
  const found = entity === undefined ? [] : values.flatMap((value) => fieldNamed(entity, value) ?? []);
  if (!entity || !party || found.length === 0) return null;
  return { object: entity.name, party: keyField(entity, party), values: found, dataSourceField: dataSourceFieldOf(entity) };
}

function identificationsOf(entities: readonly Entity[]): ObjectMap['identifications'] {
  const points = contactPoints(entities, 'PartyIdentification', ['IdentificationNumber']);
  const entity = entityNamed(entities, 'PartyIdentification');
  if (points === null || entity === undefined) return null;
  return { ...points, names: ['IdentificationName', 'PartyIdentificationTypeId'].flatMap((name) => fieldNamed(entity, name) ?? []) };
}

/** What is not exported, in three lists. */
function leftOut(entities: readonly Entity[], edges: readonly Edge[], reached: ReadonlySet<string>): Pick<ObjectMap, 'shared' | 'guessed' | 'unreachable'> {
  const lists = { shared: [] as ListedObject[], guessed: [] as ListedObject[], unreachable: [] as ListedObject[] };
  const shared = sharedObjects(entities, edges, reached);
  for (const { name, label, fields } of entities.filter((entity) => !reached.has(entity.name))) {
    const person = fields.find((field) => looksLikePerson(field.name));
    if (isUnified(name)) lists.unreachable.push({ object: name, label, why: 'identity resolution makes it from the profiles, which are exported themselves' });
    else if (person !== undefined && !isSharedOwner(name)) lists.guessed.push({ object: name, label, why: `its field ${person.name} may hold a person, but no relationship says so` });
    else if (shared.has(name)) lists.shared.push({ object: name, label, why: 'reached only through an account or household' });
    else lists.unreachable.push({ object: name, label, why: 'no relationship leads there from the individual' });
  }
  return lists;
}

/** Accounts and households, and all whose key leads to them. */
function sharedObjects(entities: readonly Entity[], edges: readonly Edge[], reached: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(entities.map(({ name }) => name).filter(isSharedOwner));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { from, to } of edges) if (found.has(to) && !reached.has(from) && !isUnified(from) && baseName(from) !== 'Individual') found.add(from);
  }
  return found;
}
