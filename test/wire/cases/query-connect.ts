import type { WireStand } from '../wire-stand.ts';
import { json, type Source, type WireApi } from '../wire-case.ts';

const mcpQuery: Source = { of: 'github.com/forcedotcom/datacloud-mcp-query', at: 'connect_api_dc_sql.py', version: '295ecb3', read: '2026-11-28' };

/** Every row of a query, page after page. */
async function rowsOf(at: WireStand): Promise<unknown> {
  const rows: unknown[] = [];
  for await (const page of at.salesforce.query({ text: 'SELECT "Id__c" FROM "T__dlm"', parameters: {} }, { dataSpace: 'default' })) {
    for (let row = 0; row < page.values.count; row += 1) rows.push(page.columns.map((_, column) => JSON.parse(page.values.json(row, column))));
  }
  return rows;
}

const metadata = [{ name: 'Id__c', type: 'Varchar', nullable: true }];

export default {
  api: 'Query Connect: /ssot/query-sql',
  connectors: ['data-cloud'],
  ask: rowsOf,
  cases: [
    {
      rule: 'gives the rows that came with the answer',
      source: mcpQuery,
      answers: { 'POST ssot/query-sql': json(201, { data: [['a']], metadata, returnedRows: 1, status: { queryId: 'q-1', completionStatus: 'Finished', rowCount: 1, chunkCount: 1, progress: 1 } }) },
      gives: [['a']],
    },
  ],
} satisfies WireApi;
