import type { SqlPage } from '../../src/salesforce/data-cloud-query.ts';
import type { SalesforceSettings } from '../../src/salesforce/create-salesforce.ts';
import { withServer, type Asked, type PlainServer, type Reply } from './plain-server.ts';

/** A server that also exchanges tokens: every exchange gives the next one, `D1`, `D2`, … */
export async function withTenant(
  reply: (request: Asked) => Reply,
  work: (server: PlainServer) => Promise<void>,
  settings: Partial<SalesforceSettings>,
): Promise<void> {
  let exchanges = 0;
  let origin = '';
  await withServer(
    (request) => {
      if (request.url !== '/services/a360/token') return reply(request);
      exchanges += 1;
      return {
        body: {
          access_token: `D${exchanges}`,
          instance_url: origin,
          token_type: 'Bearer',
          expires_in: 7193,
        },
      };
    },
    async (server) => {
      ({ origin } = server);
      await work(server);
    },
    settings,
  );
}

export const SELECT = {
  text: 'SELECT "a:b", \':c\' FROM "t" WHERE "n" IN (:p0, :p1) AND "n"::text <> :p0',
  parameters: { p0: "O'Neil\\", p1: 'x' },
};

export async function collect(pages: AsyncIterable<SqlPage>): Promise<SqlPage[]> {
  const found: SqlPage[] = [];
  for await (const page of pages) {
    found.push(page);
  }
  return found;
}

export const rowsOf = (pages: readonly SqlPage[]): unknown[] =>
  pages.flatMap(({ rows }) => rows.flat());
