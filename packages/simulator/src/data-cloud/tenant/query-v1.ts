import { randomUUID } from 'node:crypto';
import { jsonText, type Answer, type Call, type Route } from '../../server/http.ts';
import { positive } from '../../core/query-sql.ts';
import { quoted, schemaOf } from '../../store/rows.ts';
import { sqlOf, tenantRefusal, tenantSqlRefusal, type Serving } from './serving.ts';
import { v2Metadata, v2WriterOf } from './v2-values.ts';

const MOST_ROWS = 49_999;

/** Query V1: rows as objects. `orderby` and `offset` lead to the next page. */
export function queryV1Routes({ results, forms, clock, paging, spaceOf }: Serving): Route[] {
  const query = async (call: Call): Promise<Answer> => {
    const startedAt = new Date(clock.now()).toISOString();
    const schema = schemaOf(spaceOf(call).name);
    const sql = sqlOf(call);
    const limit = Math.min(positive(call.query.get('limit')) ?? MOST_ROWS, MOST_ROWS, paging.page);
    const offset = Number(call.query.get('offset') ?? 0);
    if (!Number.isInteger(offset) || offset < 0) {
      throw tenantRefusal(400, 'offset must be a whole number from 0', call);
    }
    const order = orderOf(call.query.get('orderby'));
    const page = `SELECT * FROM (${sql}) q${order} OFFSET ${offset} LIMIT ${limit + 1}`;
    const { result } = await results
      .open({ schema, sql: page, values: [] }, limit + 1)
      .catch((error: unknown) => {
        throw tenantSqlRefusal(error, sql, call);
      });
    await result.complete;
    const found = await result.read(0, limit + 1);
    await results.drop(result.id);
    const writers = result.columns.map((column) => v2WriterOf(column, forms));
    const rows = found.slice(0, limit).map((row) => {
      const cells = row.map(
        (value, index) =>
          `${JSON.stringify(result.columns[index]?.name)}:${writers[index]?.(value)}`,
      );
      return `{${cells.join(',')}}`;
    });
    const rest = {
      startTime: startedAt,
      endTime: new Date(clock.now()).toISOString(),
      rowCount: rows.length,
      queryId: randomUUID(),
      done: found.length <= limit,
      metadata: v2Metadata(result.columns),
    };
    return jsonText(200, `{"data":[${rows.join(',')}],${JSON.stringify(rest).slice(1)}`);
  };
  return [{ method: 'POST', path: '/api/v1/query', handle: query }];
}

/** ` ORDER BY …` for `Field__c`, `Field__c DESC` or several of them. */
function orderOf(orderBy: string | null): string {
  if (orderBy === null || orderBy.trim() === '') return '';
  const parts = orderBy.split(',').map((part) => {
    const [name = '', direction = ''] = part.trim().split(/\s+/);
    return `${quoted(name.replaceAll('"', ''))}${/^desc$/i.test(direction) ? ' DESC' : ''}`;
  });
  return ` ORDER BY ${parts.join(', ')}`;
}
