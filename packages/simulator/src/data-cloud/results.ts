import { randomBytes } from 'node:crypto';
import type { Client, QueryArrayResult } from 'pg';
import type { Clock } from '../server/clock.ts';
import { hyperSql } from './hyper-sql.ts';
import { fullName, quoted, readerOf } from '../store/rows.ts';

/** One column of a result: its name, its type in PostgreSQL, and its origin. */
export interface Column {
  readonly name: string;
  readonly type: number;
  readonly table: number;
  readonly position: number;
}

/** One row: PostgreSQL's texts, in the order of the columns. */
export type TextRow = readonly (string | null)[];

/** A result that does not change after its query, and that can be read from any row. */
export interface HeldResult {
  readonly id: string;
  readonly columns: readonly Column[];
  /** Undefined while the query is still running. */
  count(): number | undefined;
  /** Resolves when the whole result is ready. */
  readonly complete: Promise<void>;
  /** Up to `limit` rows from `offset`, counted from 0. */
  read(offset: number, limit: number): Promise<TextRow[]>;
  readonly expiresAt: Date;
}

/** One read-only statement that runs under the role of its schema. */
export interface Statement {
  readonly schema: string;
  readonly sql: string;
  readonly values: readonly (string | null)[];
  readonly columns?: readonly string[];
}

/** The store of results. */
export interface Results {
  /**
   * Runs a statement.
   *
   * @throws pg's DatabaseError if PostgreSQL refuses it
   */
  open(statement: Statement, firstRows: number): Promise<{ result: HeldResult; first: TextRow[] }>;
  /** Undefined if there is no such result, or no longer. */
  get(id: string): HeldResult | undefined;
  drop(id: string): Promise<boolean>;
}

const DAY = 24 * 60 * 60 * 1000;
const SMALL = 1_000;
const KEPT = 400;
const KEPT_ROWS = 6_000_000;
const raw = { getTypeParser: () => (value: string) => value };

type Page = QueryArrayResult<(string | null)[]>;

interface Session {
  readonly client: Client;
  run<T>(work: (client: Client) => Promise<T>): Promise<T>;
}

/** Runs the work on one connection one after the other. */
function sessionOf(client: Client): Session {
  let last: Promise<unknown> = Promise.resolve();
  return {
    client,
    run: (work) => {
      const next = last.then(() => work(client));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/**
 * Results over some connections. A result is a cursor that PostgreSQL keeps after its transaction,
 * on its own disk if it is big. So memory here is limited to one page. The oldest results are
 * dropped for new ones.
 */
export function keepResults(clients: readonly Client[], clock: Clock): Results {
  const sessions = clients.map(sessionOf);
  const kept = new Map<string, HeldResult & { close(): Promise<void> }>();
  let turn = 0;

  const makeRoom = async () => {
    const now = clock.now();
    for (const [id, held] of kept) {
      if (kept.size < KEPT && rowsOf(kept.values()) < KEPT_ROWS && held.expiresAt.getTime() > now) {
        break;
      }
      kept.delete(id);
      await held.close();
    }
  };

  return {
    open: async (statement, firstRows) => {
      await makeRoom();
      const session = sessions[turn++ % sessions.length];
      if (session === undefined) throw new Error('results need a connection');
      const opened = await hold(session, statement, firstRows, new Date(clock.now() + DAY));
      kept.set(opened.result.id, opened.result);
      return opened;
    },
    get: (id) => {
      const held = kept.get(id);
      return held && held.expiresAt.getTime() > clock.now() ? held : undefined;
    },
    drop: async (id) => {
      const held = kept.get(id);
      kept.delete(id);
      await held?.close();
      return held !== undefined;
    },
  };
}

const rowsOf = (held: Iterable<HeldResult>): number =>
  [...held].reduce((sum, result) => sum + (result.count() ?? 0), 0);
const fetch = async (client: Client, text: string): Promise<Page> =>
  client.query({ text, rowMode: 'array', types: raw });

async function hold(
  session: Session,
  statement: Statement,
  firstRows: number,
  expiresAt: Date,
): Promise<{ result: HeldResult & { close(): Promise<void> }; first: TextRow[] }> {
  const id = `${randomBytes(12).toString('base64url')}_${randomBytes(4).toString('hex')}`;
  const cursor = quoted(`result:${id}`);
  let count: number | undefined;
  let position = 0;
  let whole: TextRow[] | undefined;
  let complete: Promise<void> = Promise.resolve();
  const firstPage = new Promise<Page>((tell, refuse) => {
    complete = session.run(async (client) => {
      try {
        await client.query('BEGIN TRANSACTION READ ONLY');
        await client.query(`SET LOCAL ROLE ${quoted(readerOf(statement.schema))}`);
        await client.query(`SET LOCAL search_path TO ${quoted(statement.schema)}`);
        // The extended protocol refuses a second statement after the first.
        const declare = {
          text: `DECLARE ${cursor} SCROLL CURSOR WITH HOLD FOR ${hyperSql(statement.sql)}`,
          values: [...statement.values],
          queryMode: 'extended',
        };
        await client.query(declare);
        const page = await fetch(client, `FETCH FORWARD ${firstRows} FROM ${cursor}`);
        tell(page);
        await client.query('COMMIT');
        const behind = (await client.query(`MOVE FORWARD ALL IN ${cursor}`)).rowCount ?? 0;
        await client.query(`MOVE ABSOLUTE 0 IN ${cursor}`);
        if (behind + page.rows.length <= SMALL) {
          whole =
            behind === 0
              ? page.rows
              : (await fetch(client, `FETCH FORWARD ALL FROM ${cursor}`)).rows;
          await client.query(`CLOSE ${cursor}`);
        }
        count = behind + page.rows.length;
      } catch (error) {
        await client.query('ROLLBACK');
        refuse(error);
        throw error;
      }
    });
    complete.catch(refuse);
  });
  const first = await firstPage;
  const result = {
    id,
    columns: first.fields.map((field, index) => ({
      name: statement.columns?.[index] ?? fullName(field.name),
      type: field.dataTypeID,
      table: field.tableID,
      position: field.columnID,
    })),
    count: () => count,
    complete,
    expiresAt,
    read: async (offset: number, limit: number) => {
      await complete;
      if (whole) return whole.slice(offset, offset + limit);
      return session.run(async (client) => {
        if (position !== offset) await client.query(`MOVE ABSOLUTE ${offset} IN ${cursor}`);
        const { rows } = await fetch(client, `FETCH FORWARD ${limit} FROM ${cursor}`);
        position = offset + rows.length;
        return rows;
      });
    },
    close: async () => {
      await complete.catch(() => undefined);
      if (!whole && count !== undefined) {
        await session.run((client) => client.query(`CLOSE ${cursor}`));
      }
    },
  };
  return { result, first: first.rows };
}
