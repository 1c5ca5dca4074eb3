import { isLakeObject, spellingsOf, type Edge, type ModelObject } from '../store/data-space.ts';
import type { ObjectNotes } from '../seed/shape.ts';
import { declaredFields, linesOf, resolutionOf, STANDARD_OBJECTS } from './standard-model.ts';

const INDIVIDUAL = spellingsOf('Individual');
const PERSON_FIELD =
  /(?:^|_)(?:PartyId__c|IndividualId__c|SoldToCustomerId__c)$|(?:PartyId|IndividualId)__c$/;
/**
 * The edges that start at an object. If the seed has notes of edges, those. Else the edges of the
 * standard model; for fields that it does not have, edges that follow from the field names.
 */
export function edgesOf(
  object: ModelObject,
  objects: ReadonlyMap<string, ModelObject>,
  notes: ObjectNotes | undefined,
): Edge[] {
  const keyOf = (name: string) => objects.get(name)?.primaryKey ?? 'ssot__Id__c';
  const edge = (fromField: string, to: string, rest: Partial<Edge> = {}): Edge => ({
    from: object.name,
    fromField,
    to,
    toField: keyOf(to),
    cardinality: 'NTOONE',
    active: true,
    ...rest,
  });
  if (notes?.relationships) {
    return notes.relationships.map(({ field, to, toField, cardinality, active }) =>
      edge(field, to, {
        ...(toField !== undefined && { toField }),
        ...(active !== undefined && { active }),
        ...(cardinality && { cardinality }),
      }),
    );
  }
  if (isLakeObject(object)) return [];
  const standard = STANDARD_OBJECTS[object.name];
  if (standard) {
    const declared = (standard.edges === undefined ? [] : linesOf(standard.edges))
      .map((line) => {
        const [, field = '', to = '', inactive] = /^(\S+) > (\S+)( inactive)?$/.exec(line) ?? [];
        return edge(field, to, { active: inactive === undefined });
      })
      .filter(({ to, active }) => objects.has(to) || !active);
    const known = new Set(declared.map(({ fromField }) => fromField));
    return [
      ...declared,
      ...inferredEdges(object, objects, edge).filter(
        ({ fromField }) => !known.has(fromField) && !standardField(object.name, fromField),
      ),
    ];
  }
  const resolution = resolutionOf(object.name);
  if (resolution?.kind === 'unified') return [];
  if (resolution) {
    const stem = resolution.source.slice('ssot__'.length, -'__dlm'.length);
    const source = spellingsOf(stem).find((name) => objects.has(name)) ?? resolution.source;
    return [
      {
        from: source,
        fromField: keyOf(source),
        to: object.name,
        toField: fieldOf(object, 'SourceRecordId__c'),
        cardinality: 'ONETOONE',
        active: true,
      },
      ...(objects.has(resolution.unified)
        ? [edge(fieldOf(object, 'UnifiedRecordId__c'), resolution.unified)]
        : []),
    ];
  }
  return inferredEdges(object, objects, edge);
}

/** A field name in the spelling of its object: bare, or with the prefix of the standard names. */
const fieldOf = ({ fields }: ModelObject, name: string): string =>
  fields.find((field) => field.name === `std__${name}`)?.name ?? name;

const standardField = (object: string, field: string): boolean =>
  declaredFields(object).some((line) => line.startsWith(`${field}:`));

function inferredEdges(
  object: ModelObject,
  objects: ReadonlyMap<string, ModelObject>,
  edge: (field: string, to: string) => Edge,
): Edge[] {
  const individual = INDIVIDUAL.find((name) => objects.has(name));
  return object.fields
    .filter(
      ({ name }) =>
        (name !== object.primaryKey || object.name.endsWith('__cio')) &&
        !/^(?:std__)?KQ_/.test(name),
    )
    .flatMap(({ name }) => {
      if (PERSON_FIELD.test(name)) {
        return individual === undefined || individual === object.name
          ? []
          : [edge(name, individual)];
      }
      const stem = /^(?:ssot__|std__)?(\w+)Id__c$/.exec(name)?.[1];
      const target =
        stem &&
        spellingsOf(stem).find((candidate) => objects.has(candidate) && candidate !== object.name);
      return target ? [edge(name, target)] : [];
    });
}
