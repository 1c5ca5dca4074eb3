import type { WireStand } from './wire-stand.ts';
import type { Salesforce, SalesforceSettings } from '../../src/salesforce/create-salesforce.ts';

/**
 * Every row of a query by one of the three APIs, its values as JSON. `resume`: goes on behind rows
 * that are there already.
 */
export const rowsBy =
  (
    query: NonNullable<SalesforceSettings['query']>,
    resume?: { readonly queryId: string; readonly offset: number },
  ) =>
  async (at: WireStand): Promise<unknown> => {
    const salesforce: Salesforce = at.connect({ query });
    const rows: unknown[] = [];
    const asked = {
      text: 'SELECT "Id__c" FROM "T__dlm" WHERE "Email__c" = :e',
      parameters: { e: 'ana.lima@example.com' },
    };
    for await (const page of salesforce.query(asked, {
      dataSpace: 'default',
      ...(resume && { resume }),
    })) {
      for (let row = 0; row < page.values.count; row += 1) {
        rows.push(
          page.columns.map((_, column) => JSON.parse(page.values.json(row, column)) as unknown),
        );
      }
    }
    return rows;
  };
