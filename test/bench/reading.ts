import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportObject } from '../../src/connectors/data-cloud/export/export-object.ts';
import { exportQuery } from '../../src/connectors/data-cloud/export/export-query.ts';
import { discover } from '../../src/connectors/data-cloud/model/discover.ts';
import type { PersonObject } from '../../src/contract/object-map.ts';
import { createSalesforce } from '../../src/salesforce/create-salesforce.ts';
import { withLiterals } from '../../src/salesforce/sql-parameters.ts';
import { sinkIn } from '../../src/storage/file-sink.ts';
import { personWithVisits } from '../stories/people.ts';
import { readByPython } from './python-client.ts';
import type { ChildFacts } from './simulator-child.ts';
import { withSimulator } from './with-simulator.ts';

/**
 * How fast rows come to files, beside a plain loop that downloads the same pages and throws them
 * away.
 */
export interface ReadingSpeed {
  readonly rows: number;
  readonly megabytes: number;
  /** Rows per second, the best of the rounds. */
  readonly exported: number;
  readonly plain: number;
  /** Exported for plain, of the round in the middle. */
  readonly ratio: number;
  /**
   * Rows per second of Salesforce's public Python client, into CSV; null where it is not installed.
   */
  readonly python: number | null;
  /** Exported, NDJSON and CSV with hashes, for the Python client's CSV alone. */
  readonly pythonRatio: number | null;
}

const OBJECT = 'ssot__WebsiteEngagement__dlm';
const EMAIL = 'vera@example.com';

/** Reads one object of so many rows, both ways in turn, so many rounds. */
export async function measureReading(rows: number, rounds = 3): Promise<ReadingSpeed> {
  return withSimulator(
    personWithVisits({ email: EMAIL, partyId: 'P-1', visits: rows }),
    async (simulator, folder) => {
      const salesforce = createSalesforce({
        loginUrl: simulator.core,
        clientId: simulator.clientId,
        clientSecret: simulator.clientSecret,
        apiVersion: '67.0',
      });
      try {
        const map = await discover(salesforce, 'default', { exclude: [], rulesets: 'auto' });
        const object = map.objects.find(({ name }) => name === OBJECT) as PersonObject;
        const profile = {
          dataSpace: 'default',
          partyId: 'P-1',
          keyQualifier: 'crm',
          dataSource: '',
          unifiedIndividuals: [],
          reachedBy: [],
          confirmed: true,
          number: 1,
        };
        const dossier = async () => {
          const receipt = await exportObject(
            salesforce,
            { object, dataSpace: 'default', profiles: [profile], siblings: [profile] },
            {
              requestId: 'B-1',
              system: 'data-cloud',
              at: '2026-11-24T00:00:00.000Z',
              signal: new AbortController().signal,
              sink: sinkIn(folder, join(folder, 'files')),
              heartbeat: () => undefined,
              resume: undefined,
            },
          );
          if (receipt.rowsPerProfile[1] !== rows) {
            throw new Error(`${receipt.rowsPerProfile[1]} rows of ${rows} were exported.`);
          }
        };
        const sql = exportQuery(object, ['P-1'], { distinct: false });
        const token = await tokenOf(simulator);
        const results: {
          exported: number;
          plain: number;
          bytes: number;
        }[] = [];
        await plainLoop(simulator.core, token, sql);
        for (let round = 0; round < rounds; round += 1) {
          const plain = await timed(() => plainLoop(simulator.core, token, sql));
          const exported = await timed(dossier);
          if (plain.result.rows !== rows) {
            throw new Error(`${plain.result.rows} rows of ${rows} were downloaded.`);
          }
          results.push({
            exported: rows / exported.seconds,
            plain: rows / plain.seconds,
            bytes: plain.result.bytes,
          });
        }
        const written =
          (await readFile(join(folder, 'files', `profiles/1/${OBJECT}.ndjson`), 'utf8')).split('\n')
            .length - 1;
        if (written !== rows) throw new Error(`${written} lines of ${rows} were written.`);
        const python = await readByPython({
          ...simulator,
          sql: withLiterals(sql),
          out: join(folder, 'python.csv'),
        });
        if (python !== undefined && python.rows !== rows) {
          throw new Error(`${python.rows} rows of ${rows} were read by Python.`);
        }
        const exported = Math.max(...results.map((it) => it.exported));
        const ratios = results
          .map(({ exported, plain }) => exported / plain)
          .toSorted((a, b) => a - b);
        return {
          rows,
          megabytes: (results[0]?.bytes ?? 0) / 1e6,
          exported,
          plain: Math.max(...results.map((it) => it.plain)),
          ratio: ratios[Math.floor(ratios.length / 2)] ?? 0,
          python: python === undefined ? null : rows / python.seconds,
          pythonRatio: python === undefined ? null : exported / (rows / python.seconds),
        };
      } finally {
        await salesforce.close();
      }
    },
  );
}

async function timed<Result>(
  work: () => Promise<Result>,
): Promise<{ seconds: number; result: Result }> {
  const startedAt = performance.now();
  const result = await work();
  return { seconds: (performance.now() - startedAt) / 1000, result };
}

async function tokenOf({ core, clientId, clientSecret }: ChildFacts): Promise<string> {
  const answer = await fetch(`${core}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/**
 * Downloads all pages of a query, one after the other, as whoever knows nothing of what is in them
 * would.
 */
async function plainLoop(
  core: string,
  token: string,
  { text, parameters }: ReturnType<typeof exportQuery>,
): Promise<{ rows: number; bytes: number }> {
  const base = `${core}/services/data/v67.0/ssot/query-sql`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sqlParameters = Object.entries(parameters).map(([name, value]) => ({
    name,
    type: 'Varchar',
    value,
  }));
  const page = async (answer: Response) => {
    const body = await answer.text();
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return body;
  };
  let body = await page(
    await fetch(`${base}?dataspace=default`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ sql: text, rowLimit: 50_000, sqlParameters }),
    }),
  );
  let bytes = body.length;
  const id = /"queryId":"([^"]+)"/.exec(body)?.[1] ?? '';
  const status = await page(
    await fetch(`${base}/${id}?dataspace=default&waitTimeMs=10000`, { headers }),
  );
  const total = Number(/"rowCount":"?(\d+)/.exec(status)?.[1]);
  let rows = 0;
  while (rows < total) {
    body = await page(
      await fetch(
        `${base}/${id}/rows?dataspace=default&offset=${rows}&rowLimit=50000&omitSchema=true`,
        { headers },
      ),
    );
    bytes += body.length;
    rows += Number(/"returnedRows":(\d+)/.exec(body.slice(-200))?.[1]);
  }
  return { rows, bytes };
}
