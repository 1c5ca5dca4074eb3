import {
  isLakeObject,
  isModelObject,
  type DataSpace,
  type ModelObject,
} from '../store/data-space.ts';
import { streamsOf } from './data-streams.ts';
import { TYPE_NAMES } from '../store/field-types.ts';

/**
 * Entities of a data space in the shape of `/api/v1/metadata`. `entityType`, `entityCategory` and
 * `entityName` filter them. Lake objects are included only if the call asks for them.
 */
export function entitiesOf(space: DataSpace, query: URLSearchParams): object[] {
  const type = query.get('entityType');
  const name = query.get('entityName');
  const category = query.get('entityCategory');
  const fits = (object: { readonly name: string; readonly category: string }): boolean =>
    (name === null || object.name === name) && (category === null || object.category === category);
  const objects = [...space.objects.values()];
  if (type === 'DataLakeObject') return lakeEntities(space, objects).filter(fits);
  const wanted = objects.filter((object) => {
    const insight = object.name.endsWith('__cio');
    return type === 'CalculatedInsight'
      ? insight
      : isModelObject(object) || (insight && type === null);
  });
  return ['DataModelObject', 'CalculatedInsight', null].includes(type)
    ? wanted.filter(fits).map((object) => entityOf(space, object))
    : [];
}

function lakeEntities(space: DataSpace, objects: readonly ModelObject[]): LakeEntity[] {
  const fed = streamsOf(space).map(({ lake, object }) => lakeEntity(lake, object));
  const known = new Set(fed.map(({ name }) => name));
  return [
    ...fed,
    ...objects.filter(isLakeObject).map((object) => lakeEntity(object.name, object)),
  ].filter(
    (entity, at, all) =>
      !known.has(entity.name) || all.findIndex(({ name }) => name === entity.name) === at,
  );
}

type LakeEntity = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly category: string;
};

const lakeEntity = (name: string, { label, category, fields }: ModelObject): LakeEntity => ({
  name,
  displayName: label,
  category,
  fields: fields.map((field) => ({
    name: field.name,
    displayName: field.label,
    type: TYPE_NAMES[field.type].metadata,
  })),
  indexes: [],
  primaryKeys: [],
  relationships: [],
});

function entityOf(space: DataSpace, object: ModelObject): object {
  const { name, label: displayName, category } = object;
  return object.name.endsWith('__cio')
    ? {
        name,
        displayName,
        category,
        ...insightParts(object),
        relationships: relationshipsOf(space, object),
      }
    : {
        name,
        displayName,
        category,
        fields: object.fields.map(({ name: field, label, type, keyQualifier }) => ({
          name: field,
          displayName: label,
          type: TYPE_NAMES[type].metadata,
          businessType: 'TEXT',
          ...(keyQualifier && { keyQualifier }),
        })),
        indexes: [],
        primaryKeys: [
          {
            name: object.primaryKey,
            displayName:
              object.fields.find((field) => field.name === object.primaryKey)?.label ??
              object.primaryKey,
            indexOrder: '1',
          },
        ],
        relationships: relationshipsOf(space, object),
      };
}

/** Instead of fields, a calculated insight has measures, which are its numbers, and dimensions. */
function insightParts({ fields }: ModelObject): object {
  const part = ({ name, label, type }: ModelObject['fields'][number]) => ({
    name,
    displayName: label,
    type: TYPE_NAMES[type].metadata,
  });
  return {
    dimensions: fields.filter(({ type }) => type !== 'NUMBER').map(part),
    measures: fields.filter(({ type }) => type === 'NUMBER').map(part),
  };
}

/** The active edges from or to an object. Those of calculated insights have no attributes. */
const relationshipsOf = (space: DataSpace, { name }: ModelObject): object[] =>
  space.edges
    .filter(({ from, to, active }) => active && (from === name || to === name))
    .map((edge) => ({
      fromEntity: edge.from,
      toEntity: edge.to,
      ...(!edge.from.endsWith('__cio') && {
        fromEntityAttribute: edge.fromField,
        toEntityAttribute: edge.toField,
      }),
      cardinality: edge.cardinality,
    }));
