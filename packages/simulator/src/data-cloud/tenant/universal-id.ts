import { json, type Answer, type Call, type Route } from '../../server/http.ts';
import { quoted, schemaOf } from '../../store/rows.ts';
import { resolutionOf } from '../standard-model.ts';
import { tenantRefusal, type Serving } from './serving.ts';

const FIELDS = [
  'SourceRecordId__c',
  'UnifiedRecordId__c',
  'ssot__DataSourceId__c',
  'ssot__DataSourceObjectId__c',
];

/**
 * Universal ID lookup: every source record of the unified record that one source record belongs to.
 * That one is included.
 */
export function universalIdRoutes({ results, spaceOf }: Serving): Route[] {
  const lookup = async (call: Call): Promise<Answer> => {
    const space = spaceOf(call);
    const { link = '', source = '', object = '', record = '' } = call.params;
    if (resolutionOf(link)?.kind !== 'link' || !space.objects.has(link)) {
      throw tenantRefusal(404, `${link} is no link object`, call);
    }
    const known = space.objects.get(link)?.fields.map(({ name }) => name) ?? [];
    const columns = FIELDS.map((field) =>
      known.includes(field) ? quoted(field) : `NULL AS ${quoted(field)}`,
    );
    const sql = `SELECT ${columns.join(', ')} FROM ${quoted(link)} WHERE "UnifiedRecordId__c" IN (
      SELECT "UnifiedRecordId__c" FROM ${quoted(link)} WHERE "SourceRecordId__c" = $1
        AND "ssot__DataSourceId__c" = $2 AND "ssot__DataSourceObjectId__c" = $3)`;
    const { result } = await results.open(
      { schema: schemaOf(space.name), sql, values: [record, source, object] },
      1_000,
    );
    await result.complete;
    const rows = await result.read(0, result.count() ?? 0);
    await results.drop(result.id);
    return json(200, {
      data: rows.map((row) => Object.fromEntries(FIELDS.map((field, at) => [field, row[at]]))),
    });
  };
  return [
    {
      method: 'GET',
      path: '/api/v1/universalIdLookup/:link/:source/:object/:record',
      handle: lookup,
    },
  ];
}
