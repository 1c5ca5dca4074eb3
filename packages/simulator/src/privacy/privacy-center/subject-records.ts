import type { CoreObject } from '../../core/model.ts';
import { CORE_SCHEMA } from '../../core/soql.ts';
import type { Results, TextRow } from '../../data-cloud/results.ts';
import { quoted } from '../../store/rows.ts';

/** The records of one object in a file. */
export interface SubjectRecords {
  readonly object: string;
  readonly columns: readonly string[];
  readonly rows: readonly TextRow[];
}

/** A record and those that refer to it, object by object. Empty if the record does not exist. */
export async function subjectRecords(
  results: Results,
  objects: ReadonlyMap<string, CoreObject>,
  root: CoreObject,
  id: string,
): Promise<SubjectRecords[]> {
  const [own] = await read(results, root.name, ['Id'], id);
  if (own === undefined) return [];
  const fields = new Map<string, string[]>();
  for (const { childSObject, field } of root.children) {
    if (objects.has(childSObject)) {
      fields.set(childSObject, [...(fields.get(childSObject) ?? []), field]);
    }
  }
  const found = [own];
  for (const [object, names] of fields) {
    found.push(...(await read(results, object, names, id)));
  }
  return found;
}

async function read(
  results: Results,
  object: string,
  fields: readonly string[],
  id: string,
): Promise<SubjectRecords[]> {
  const conditions = fields
    .map((field) => `left(${quoted(field)}, 15) = left($1, 15)`)
    .join(' OR ');
  const sql = `SELECT * FROM ${quoted(object)} WHERE (${conditions}) AND "IsDeleted" IS NOT TRUE`;
  const { result } = await results.open({ schema: CORE_SCHEMA, sql, values: [id] }, 1_000);
  await result.complete;
  const rows = await result.read(0, result.count() ?? 0);
  const columns = result.columns.map(({ name }) => name);
  await results.drop(result.id);
  return rows.length === 0 ? [] : [{ object, columns, rows }];
}
