import type { ConnectorContext } from '../../domain/connector.ts';
import type { FileReceipt } from '../../domain/receipt.ts';
import type { SObjectDescription, SObjectRecord } from '../../salesforce/soql.ts';
import { openTables } from '../shared/table-files.ts';
import type { CrmScope } from './find-people.ts';

/** Records that one query asks for, and bytes of its list of fields: together they fit a URI. */
const IDS = 200;
const FIELD_BYTES = 5500;

/** Exports records of one object to `systems/<id>/<object>.ndjson` and `.csv`. */
export async function exportRecords(scope: CrmScope, context: ConnectorContext, description: SObjectDescription, ids: readonly string[]): Promise<FileReceipt[]> {
  const names = description.fields.map(({ name }) => name);
  const tables = await openTables(context.sink, description.name, names);
  try {
    for (let start = 0; start < ids.length; start += IDS) {
      const records = await readRecords(scope, description.name, names, ids.slice(start, start + IDS));
      await tables.add(`systems/${context.system}/${description.name}`, records.map((record) => names.map((name) => record[name] ?? null)));
      context.heartbeat({ object: description.name, records: start + records.length });
    }
    return await tables.finish();
  } catch (error) {
    await tables.discard();
    throw error;
  }
}

/** Whole records. Where an object has more fields than a URI holds, they come by several queries and are joined. */
async function readRecords({ salesforce, system, signal }: CrmScope, object: string, names: readonly string[], ids: readonly string[]): Promise<SObjectRecord[]> {
  const list = ids.map((id) => salesforce.soqlText(id)).join(',');
  const joined = new Map<string, SObjectRecord>();
  for (const group of groups(names)) {
    for await (const { records } of salesforce.soql(`SELECT ${group.join(',')} FROM ${object} WHERE Id IN (${list}) ORDER BY Id`, { system, signal })) {
      for (const record of records) joined.set(String(record.Id), { ...joined.get(String(record.Id)), ...record });
    }
  }
  return [...joined.values()];
}

function groups(names: readonly string[]): string[][] {
  const made: string[][] = [['Id']];
  let bytes = 0;
  for (const name of names) {
    if (name === 'Id') continue;
    bytes += encodeURIComponent(`${name},`).length;
    if (bytes > FIELD_BYTES) {
      made.push(['Id']);
      bytes = encodeURIComponent(`${name},`).length;
    }
    made.at(-1)?.push(name);
  }
  return made;
}
