import { SystemFailure } from '../../domain/failure.ts';
import type { PersonObject } from '../../domain/object-map.ts';
import { allRows } from '../../salesforce/data-cloud-query.ts';
import type { Place } from './individuals.ts';
import { isCastable } from './key-form.ts';
import { quoted } from './sql.ts';

/** How an object is asked for other than its metadata say. */
export interface OtherThanTold {
  /** Fields that the engine refuses to give; it gives the others. */
  readonly without: string[];
  /** Whether its person fields hold numbers: the engine refuses to compare them with IDs that are none. */
  readonly numbers: boolean;
}

/** Whether the engine understood a query and said no. */
const isRefused = (error: unknown): error is SystemFailure =>
  error instanceof SystemFailure && (error.facts.kind === 'rejected' || (error.facts.kind === 'denied' && error.facts.status === 403));

/**
 * How a refused export can be asked for instead, so that one field, or one ID, costs no more than itself. Found by queries that read no row.
 * Undefined where the object itself is refused, or nothing tells why.
 *
 * @throws SystemFailure for any failure but a refusal
 */
export async function mendedOrder(place: Place, object: PersonObject, told: OtherThanTold, ids: readonly string[], error: unknown): Promise<OtherThanTold | undefined> {
  if (!isRefused(error)) return undefined;
  const fields = object.fields.map(({ name }) => name).filter((name) => !told.without.includes(name));
  if (!(await isGiven(place, object, []))) return undefined;
  const refused = await refusedAmong(place, object, fields);
  if (refused.length > 0) return refused.length === fields.length ? undefined : { ...told, without: [...told.without, ...refused] };
  return !told.numbers && ids.some(isCastable) && !ids.every(isCastable) ? { ...told, numbers: true } : undefined;
}

async function refusedAmong(place: Place, object: PersonObject, fields: readonly string[]): Promise<string[]> {
  if (fields.length === 0 || (await isGiven(place, object, fields))) return [];
  if (fields.length === 1) return [...fields];
  const half = Math.ceil(fields.length / 2);
  return [...(await refusedAmong(place, object, fields.slice(0, half))), ...(await refusedAmong(place, object, fields.slice(half)))];
}

async function isGiven({ salesforce, map, signal }: Place, { name }: PersonObject, fields: readonly string[]): Promise<boolean> {
  const columns = fields.length === 0 ? '1' : fields.map(quoted).join(', ');
  try {
    await allRows(salesforce.query({ text: `SELECT ${columns} FROM ${quoted(name)} WHERE FALSE`, parameters: {} }, { dataSpace: map.dataSpace, signal }));
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}
