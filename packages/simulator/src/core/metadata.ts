import { isModelObject, type DataSpace, type Edge } from '../store/data-space.ts';
import { TYPE_NAMES } from '../store/field-types.ts';
import { empty, json, Refusal, type Answer, type Call, type Route } from '../server/http.ts';
import { streamsOf } from '../data-cloud/data-streams.ts';
import { entitiesOf } from '../data-cloud/entities.ts';
import type { Wire } from '../seed/wire.ts';

const DATA = '/services/data/:version/ssot';
const notFound = (message: string): Refusal =>
  new Refusal(json(404, [{ message, errorCode: 'NOT_FOUND' }]));

/** The routes of the core plane that describe the data model. */
export function metadataRoutes(
  spaces: readonly DataSpace[],
  { streamSource }: Pick<Wire, 'streamSource'>,
): Route[] {
  const spaceOf = (call: Call): DataSpace => {
    const header = call.headers.dataspace;
    const name = call.query.get('dataspace') ?? (typeof header === 'string' ? header : 'default');
    const found = spaces.find((space) => space.name === name);
    if (!found) {
      throw new Refusal(
        json(400, [{ message: `Data space not found: ${name}`, errorCode: 'INVALID_ARGUMENT' }]),
      );
    }
    return found;
  };
  const entities = (call: Call): Answer =>
    json(200, { metadata: entitiesOf(spaceOf(call), call.query) });
  return [
    { method: 'GET', path: `${DATA}/metadata`, handle: entities },
    { method: 'GET', path: `${DATA}/metadata-entities`, handle: entities },
    {
      method: 'GET',
      path: `${DATA}/data-spaces`,
      handle: () =>
        json(200, {
          dataSpaces: spaces.map(({ name }, index) => ({
            id: `0vhxx00000000${String(index + 1).padStart(2, '0')}AAA`,
            name,
            label: name,
            prefix: name === 'default' ? null : name,
            status: 'Active',
          })),
          totalSize: spaces.length,
        }),
    },
    {
      method: 'GET',
      path: `${DATA}/data-model-objects`,
      handle: (call) => listObjects(spaceOf(call), call.query),
    },
    {
      method: 'GET',
      path: `${DATA}/data-model-objects/:name/relationships`,
      handle: (call) => relationships(spaceOf(call), call.params.name ?? ''),
    },
    {
      method: 'GET',
      path: `${DATA}/data-model-object-mappings`,
      handle: (call) => mappings(spaceOf(call), call.query.get('dmoDeveloperName') ?? ''),
    },
    {
      method: 'GET',
      path: `${DATA}/data-streams`,
      handle: (call) => dataStreams(spaces, call.query, streamSource),
    },
  ];
}

function listObjects(space: DataSpace, query: URLSearchParams): Answer {
  const limit = Math.min(Number(query.get('limit') ?? 100) || 100, 500);
  const offset = Number(query.get('offset') ?? 0) || 0;
  const page = [...space.objects.values()].filter(isModelObject).slice(offset, offset + limit);
  return json(200, {
    dataModelObject: page.map((object) => ({
      name: object.name,
      label: object.label,
      category: object.category,
      isEnabled: object.enabled,
      creationType: object.creation,
      fields: object.fields.map(({ name, label, type }) => ({
        name,
        label,
        dataType: TYPE_NAMES[type].model,
        isPrimaryKey: name === object.primaryKey,
      })),
    })),
  });
}

function relationships(space: DataSpace, name: string): Answer {
  if (!space.objects.has(name) || !isModelObject({ name })) {
    throw notFound('The requested resource does not exist');
  }
  const edges = space.edges.filter(
    ({ from, to }) => (from === name || to === name) && isModelObject({ name: from }),
  );
  return edges.length === 0
    ? empty(204)
    : json(200, { relationships: edges.map((edge) => relationshipOf(space, edge)) });
}

function relationshipOf(space: DataSpace, edge: Edge): object {
  const oneToOne = edge.cardinality === 'ONETOONE';
  const object = (name: string) => ({ name, label: space.objects.get(name)?.label ?? name });
  return {
    name: `${bare(edge.from)}_${bare(edge.fromField)}_map_${bare(edge.to)}_Id_${oneToOne ? '1_1' : 'N_1'}`,
    cardinality: oneToOne ? 'OneToOne' : 'ManyToOne',
    status: edge.active ? 'ACTIVE' : 'INACTIVE',
    sourceObject: object(edge.from),
    sourceField: field(edge.fromField),
    targetObject: object(edge.to),
    targetField: field(edge.toField),
  };
}

const field = (name: string): object => ({ name, type: 'MktDataModelField' });
const bare = (name: string): string => name.replace(/^ssot__/, '').replace(/(Id)?__(c|dlm)$/, '');

function mappings(space: DataSpace, name: string): Answer {
  const streams = streamsOf(space).filter(
    ({ object }) => object.name === name && isModelObject(object),
  );
  if (streams.length === 0) throw notFound('Object Source Target Map not found');
  return json(200, {
    objectSourceTargetMaps: streams.map(({ lake, object }) => ({
      sourceEntityDeveloperName: lake,
      sourceEntityLabel: object.label,
      targetEntityDeveloperName: object.name,
      fieldMappings: object.fields.map(({ name: field }) => ({
        sourceFieldDeveloperName: `${field.replaceAll('__', '_')}__c`,
        targetFieldDeveloperName: field,
      })),
    })),
  });
}

function dataStreams(
  spaces: readonly DataSpace[],
  query: URLSearchParams,
  named: Wire['streamSource'],
): Answer {
  const all = spaces.flatMap((space) => streamsOf(space));
  const limit = Math.min(Number(query.get('limit') ?? 10) || 10, 200);
  const offset = Number(query.get('offset') ?? 0) || 0;
  const page = all.slice(offset, offset + limit);
  const next =
    offset + limit < all.length
      ? {
          nextPageUrl: `/services/data/v67.0/ssot/data-streams?limit=${limit}&offset=${offset + limit}`,
        }
      : {};
  return json(200, {
    totalSize: all.length,
    ...next,
    dataStreams: page.map(({ lake, object, source }) => ({
      name: lake.replace(/__dll$/, ''),
      label: object.label,
      dataLakeObjectInfo: {
        name: lake,
        label: object.label,
        category: object.category,
        eventDateTimeFieldName: null,
        dataLakeFieldInfoRepresentation: object.fields.map(({ name, label, type }) => ({
          name: name.replaceAll('__', '_'),
          label,
          dataType: TYPE_NAMES[type].model,
          isPrimaryKey: name === object.primaryKey,
        })),
      },
      ...(named === 'data-source' && { dataSource: source }),
      connectorInfo: {
        connectorType: source.startsWith('Salesforce') ? 'SalesforceDotCom' : 'IngestApi',
        ...(named === 'connector'
          ? { name: source }
          : {
              connectorDetails: {
                name: source.replace(/^Salesforce_/, 'SalesforceDotCom_'),
                sourceObject: object.label,
              },
            }),
      },
      refreshConfig: { refreshMode: 'Incremental', frequency: { frequencyType: 'Hourly' } },
      sourceFields: object.fields.map(({ name }) => ({ name })),
    })),
  });
}
