import type { CoreObject } from './model.ts';
import { CORE_SCHEMA, recordWriter, type SoqlParts } from './soql.ts';
import { json, jsonText, Refusal, type Answer, type Call, type Route } from '../server/http.ts';
import { findObject, toSql, UnknownNameError, type Translated } from './soql-to-sql.ts';

/**
 * One record by its ID, whole or with `fields=A,B`. `attributes.url` of every record leads here.
 *
 * @see REST API Developer Guide, "sObject Rows", `/vXX.X/sobjects/sObject/id`; "Status Codes and
 *   Error Responses"; read 2026-11
 */
export function recordRoutes({ objects, results, milliseconds }: Omit<SoqlParts, 'page'>): Route[] {
  const read = async (call: Call): Promise<Answer> => {
    const { name = '', id = '', version = '' } = call.params;
    const object = findObject(objects, name);
    if (object === undefined) {
      throw refused(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id)) {
      throw refused(
        404,
        'NOT_FOUND',
        `Provided external ID field does not exist or is not accessible: ${id}`,
      );
    }
    const asked = selection(objects, object, id, call.query.get('fields'));
    const statement = { schema: CORE_SCHEMA, sql: asked.sql, values: asked.values };
    const { result } = await results.open(statement, 1);
    await result.complete;
    const [row] = await result.read(0, 1);
    await results.drop(result.id);
    if (row === undefined) throw refused(404, 'NOT_FOUND', 'The requested resource does not exist');
    const deletedAt = asked.paths.findIndex((path) => path.join('.') === 'IsDeleted');
    if (row[deletedAt] === 't') throw refused(404, 'ENTITY_IS_DELETED', 'entity is deleted');
    const shown = { ...asked, paths: asked.paths.slice(0, namesIsDeleted(call) ? undefined : -1) };
    return jsonText(200, recordWriter(result, shown, version, milliseconds)(row));
  };
  return [{ method: 'GET', path: '/services/data/:version/sobjects/:name/:id', handle: read }];
}

/**
 * Whether the call names the field that says that a record is deleted. The query reads it in any
 * case, as the last field.
 */
const namesIsDeleted = (call: Call): boolean =>
  /(?:^|,)\s*IsDeleted\s*(?:,|$)/i.test(call.query.get('fields') ?? 'IsDeleted');

/**
 * SQL for one record. `Id` is always among the fields, because the writer needs it for the record's
 * address.
 */
function selection(
  objects: ReadonlyMap<string, CoreObject>,
  object: CoreObject,
  id: string,
  fields: string | null,
): Translated {
  const asked = fields === null ? ['FIELDS(ALL)'] : fields.split(',').map((field) => field.trim());
  try {
    return toSql(
      {
        fields: [...new Set([...asked, 'Id', 'IsDeleted'])],
        object: object.name,
        where: { kind: 'compare', field: 'Id', operator: '=', value: { text: id } },
        orderBy: [],
        limit: 1,
        offset: 0,
      },
      objects,
      true,
    );
  } catch (error) {
    if (error instanceof UnknownNameError) throw refused(400, error.code, error.message);
    throw error;
  }
}

const refused = (status: number, errorCode: string, message: string): Refusal =>
  new Refusal(json(status, [{ message, errorCode }]));
