import { entitiesOf } from '../entities.ts';
import { positive } from '../../core/query-sql.ts';
import type { DataSpace, ModelObject } from '../../store/data-space.ts';
import { json, jsonText, type Answer, type Call, type Route } from '../../server/http.ts';
import { writerOf } from '../pages.ts';
import { quoted, schemaOf } from '../../store/rows.ts';
import { tenantRefusal, type Serving } from './serving.ts';

const ROOT = '/api/v1/profile';
const DEFAULT_LIMIT = 100;
/** Fields of a response if the call names none. The number is arbitrary. */
const SOME_FIELDS = 10;

/** A condition that a row must meet. */
interface Equal {
  readonly field: string;
  readonly value: string;
}

/** The Profile API: rows by equality, with chosen fields. An unknown ID returns an empty list. */
export function profileRoutes({ results, forms, spaceOf }: Serving): Route[] {
  const read = async (
    call: Call,
    object: ModelObject,
    where: readonly Equal[],
  ): Promise<Answer> => {
    const space = spaceOf(call);
    const asked = (call.query.get('fields') ?? '').split(',').map((field) => field.trim());
    const fields =
      asked[0] === '' ? object.fields.slice(0, SOME_FIELDS).map(({ name }) => name) : asked;
    const [orderBy = '', direction = ''] = (call.query.get('orderby') ?? '').trim().split(/\s+/);
    for (const field of [
      ...fields,
      ...where.map((it) => it.field),
      ...(orderBy === '' ? [] : [orderBy]),
    ]) {
      if (!object.fields.some(({ name }) => name === field)) {
        throw tenantRefusal(422, `Attribute ${field} does not exist on ${object.name}`, call);
      }
    }
    const limit = positive(call.query.get('limit')) ?? DEFAULT_LIMIT;
    const offset = positive(call.query.get('offset')) ?? 0;
    const conditions = where
      .map(({ field }, index) => `${quoted(field)}::text = $${index + 1}`)
      .join(' AND ');
    const order =
      orderBy === ''
        ? ''
        : ` ORDER BY ${quoted(orderBy)}${/^desc$/i.test(direction) ? ' DESC' : ''}`;
    const sql = `SELECT ${fields.map(quoted).join(', ')} FROM ${quoted(object.name)} WHERE ${conditions}${order}
      LIMIT ${limit + 1} OFFSET ${offset}`;
    const values = where.map(({ value }) => value);
    const { result } = await results.open({ schema: schemaOf(space.name), sql, values }, limit + 1);
    await result.complete;
    const rows = await result.read(0, limit + 1);
    await results.drop(result.id);
    const writers = result.columns.map((column) => writerOf(column, forms));
    const lines = rows
      .slice(0, limit)
      .map(
        (row) =>
          `{${row.map((value, at) => `${JSON.stringify(fields[at])}:${writers[at]?.(value)}`).join(',')}}`,
      );
    return jsonText(200, `{"data":[${lines.join(',')}],"done":${rows.length <= limit}}`);
  };

  const list = (call: Call): Promise<Answer> => {
    const filters = call.query.get('filters');
    if (filters === null) throw tenantRefusal(400, 'filters is required', call);
    return read(call, objectOf(spaceOf(call), call, call.params.dmo), filtersOf(filters, call));
  };
  const one = (call: Call): Promise<Answer> => {
    const object = objectOf(spaceOf(call), call, call.params.dmo);
    return read(call, object, [
      { field: call.query.get('searchKey') ?? object.primaryKey, value: call.params.id ?? '' },
    ]);
  };
  const child = (call: Call): Promise<Answer> => {
    const space = spaceOf(call);
    const parent = objectOf(space, call, call.params.dmo);
    const object = objectOf(space, call, call.params.child);
    const edge = space.edges.find(
      (it) => it.from === object.name && it.to === parent.name && it.active,
    );
    if (edge === undefined) {
      throw tenantRefusal(404, `${object.name} is no child of ${parent.name}`, call);
    }
    return read(call, object, [{ field: edge.fromField, value: call.params.id ?? '' }]);
  };
  const metadata = (call: Call): Answer => {
    const query = new URLSearchParams({ entityType: 'DataModelObject', entityCategory: 'Profile' });
    if (call.params.dmo) query.set('entityName', call.params.dmo);
    return json(200, { metadata: entitiesOf(spaceOf(call), query) });
  };

  return [
    { method: 'GET', path: `${ROOT}/metadata`, handle: metadata },
    { method: 'GET', path: `${ROOT}/metadata/:dmo`, handle: metadata },
    { method: 'GET', path: `${ROOT}/:dmo`, handle: list },
    { method: 'GET', path: `${ROOT}/:dmo/:id`, handle: one },
    { method: 'GET', path: `${ROOT}/:dmo/:id/calculated-insights/:child`, handle: child },
    { method: 'GET', path: `${ROOT}/:dmo/:id/:child`, handle: child },
  ];
}

function objectOf(space: DataSpace, call: Call, name: string | undefined): ModelObject {
  const object = space.objects.get(name ?? '');
  if (object === undefined) throw tenantRefusal(404, `${name} does not exist`, call);
  return object;
}

/** `[Field__c=VALUE,Other__c=V2]`, with or without brackets. */
function filtersOf(text: string, call: Call): Equal[] {
  return text
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((part) => {
      const at = part.indexOf('=');
      if (at <= 0) throw tenantRefusal(400, 'filters is no list of equalities', call);
      return { field: part.slice(0, at).trim(), value: part.slice(at + 1) };
    });
}
