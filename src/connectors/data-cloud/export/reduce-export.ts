import { SystemFailure } from '../../../http/failure.ts';
import type { PersonObject } from '../../../contract/object-map.ts';
import { allRows, type Sql } from '../../../salesforce/data-cloud-query.ts';
import { exportQuery, waysTo } from './export-query.ts';
import type { Place } from '../locate/individuals.ts';
import { isCastable } from '../key-form.ts';
import { quoted } from '../sql.ts';

/** How an object must be queried, if not as its metadata say. */
export interface OtherThanTold {
  /** Fields that the engine refuses to return; it returns the others. */
  readonly without: string[];
  /**
   * Whether its person fields hold numbers: the engine refuses to compare them with IDs that are
   * none.
   */
  readonly numbers: boolean;
}

/** Whether the engine understood a query and said no. */
const isRefused = (error: unknown): error is SystemFailure =>
  error instanceof SystemFailure &&
  (error.facts.kind === 'rejected' ||
    (error.facts.kind === 'denied' && error.facts.status === 403));

/**
 * How a refused export can be queried instead, so that one field, or one ID, costs no more than
 * itself. It is found by queries that read no row. Undefined if the object itself is refused, or
 * the reason is not found.
 *
 * @throws SystemFailure for any failure but a refusal
 */
export async function reducedExport(
  place: Place,
  object: PersonObject,
  told: OtherThanTold,
  ids: readonly string[],
  error: unknown,
): Promise<OtherThanTold | undefined> {
  if (!isRefused(error)) return undefined;
  const fields = object.fields
    .map(({ name }) => name)
    .filter((name) => !told.without.includes(name));
  if (!(await isGiven(place, object, []))) return undefined;
  const refused = await refusedAmong(place, object, fields);
  if (refused.length > 0) {
    return refused.length === fields.length
      ? undefined
      : { ...told, without: [...told.without, ...refused] };
  }
  const [numbers, others] = [ids.filter(isCastable), ids.filter((id) => !isCastable(id))];
  if (told.numbers || numbers.length === 0 || others.length === 0) return undefined;
  return (await isTaken(place, object, numbers)) && !(await isTaken(place, object, others))
    ? { ...told, numbers: true }
    : undefined;
}

/**
 * Whether the engine compares an object's person fields with these IDs: it casts them before it
 * reads any row.
 */
async function isTaken(
  place: Place,
  object: PersonObject,
  ids: readonly string[],
): Promise<boolean> {
  for (const way of waysTo(object)) {
    const { text, parameters } = exportQuery({ ...way, fields: [] }, ids, { distinct: false });
    if (!(await runs(place, { text: `${text} AND FALSE`, parameters }))) return false;
  }
  return true;
}

async function refusedAmong(
  place: Place,
  object: PersonObject,
  fields: readonly string[],
): Promise<string[]> {
  if (fields.length === 0 || (await isGiven(place, object, fields))) return [];
  if (fields.length === 1) return [...fields];
  const half = Math.ceil(fields.length / 2);
  return [
    ...(await refusedAmong(place, object, fields.slice(0, half))),
    ...(await refusedAmong(place, object, fields.slice(half))),
  ];
}

const isGiven = (
  place: Place,
  { name }: PersonObject,
  fields: readonly string[],
): Promise<boolean> =>
  runs(place, {
    text:
      `SELECT ${fields.length === 0 ? '1' : fields.map(quoted).join(', ')} FROM ` +
      `${quoted(name)} WHERE FALSE`,
    parameters: {},
  });

async function runs({ salesforce, map, signal }: Place, sql: Sql): Promise<boolean> {
  try {
    await allRows(salesforce.query(sql, { dataSpace: map.dataSpace, signal }));
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}
