import { randomBytes, randomUUID } from 'node:crypto';
import type { HeldResult, Statement, TextRow } from '../results.ts';
import type { Serving } from './serving.ts';
import { v2Metadata, v2WriterOf } from './v2-values.ts';

/** Results that can only be read forwards, one batch after the other. */
export interface V2Batches {
  /**
   * Runs a statement and returns the first batch as JSON.
   *
   * @throws pg's DatabaseError if PostgreSQL refuses it
   */
  submit(statement: Statement): Promise<string>;
  /**
   * The batch of an ID, which can be used once. Undefined if the ID is unknown, was used, or came
   * too late.
   */
  next(id: string): Promise<string | undefined>;
}

interface Waiting {
  readonly resultId: string;
  readonly queryId: string;
  readonly offset: number;
  readonly startedAt: number;
  readonly offeredAt: number;
}

const MOST_ROWS = 49_999;
const MOST_BYTES = 8_000_000;

/** Creates the batches of one plane. */
export function openV2Batches({
  results,
  forms,
  paging,
  wire,
  clock,
}: Omit<Serving, 'spaceOf'>): V2Batches {
  const waiting = new Map<string, Waiting>();
  const limit = Math.min(paging.page, MOST_ROWS);

  const batch = async (result: HeldResult, state: Waiting): Promise<string> => {
    const lines = cut(await result.read(state.offset, limit), result);
    const offset = state.offset + lines.length;
    const done = offset >= (result.count() ?? 0);
    const id = done ? '' : newId();
    if (!done) waiting.set(id, { ...state, offset, offeredAt: clock.now() });
    const metadata = JSON.stringify(v2Metadata(result.columns));
    const times = `"startTime":"${at(state.startedAt)}","endTime":"${at(clock.now())}"`;
    const rest = `"queryId":"${state.queryId}","nextBatchId":${JSON.stringify(id)},"done":${done}`;
    return `{"data":[${lines.join(',')}],${times},"rowCount":${lines.length},${rest},"metadata":${metadata}}`;
  };

  const cut = (rows: readonly TextRow[], result: HeldResult): string[] => {
    const writers = result.columns.map((column) => v2WriterOf(column, forms));
    const names = result.columns.map(({ name }) => `${JSON.stringify(name)}:`);
    const asObjects = wire.v2Rows === 'objects';
    const lines: string[] = [];
    let bytes = 0;
    for (const row of rows) {
      const cells = row.map(
        (value, index) => `${asObjects ? names[index] : ''}${writers[index]?.(value) ?? 'null'}`,
      );
      const line = asObjects ? `{${cells.join(',')}}` : `[${cells.join(',')}]`;
      bytes += line.length;
      if (lines.length > 0 && bytes > Math.min(paging.pageBytes, MOST_BYTES)) break;
      lines.push(line);
    }
    return lines;
  };

  // Since August 2026 an ID is no longer a UUID, and has characters that mean something in a path.
  const newId = (): string =>
    wire.v2BatchIds === 'uuid'
      ? randomUUID()
      : `${randomBytes(33).toString('base64')}/+${randomBytes(4).toString('hex')}=`;

  return {
    submit: async (statement) => {
      const { result } = await results.open(statement, limit);
      await result.complete;
      const startedAt = clock.now();
      const day = at(startedAt).slice(0, 19).replace(/[-:]/g, '').replace('T', '_');
      const queryId = `${day}_00088_${randomBytes(3).toString('hex').slice(0, 5)}`;
      return batch(result, {
        resultId: result.id,
        queryId,
        offset: 0,
        startedAt,
        offeredAt: startedAt,
      });
    },
    next: async (id) => {
      const state = waiting.get(id);
      waiting.delete(id);
      const result = results.get(state?.resultId ?? '');
      if (state === undefined || result === undefined) return undefined;
      const late =
        clock.now() - state.offeredAt > wire.v2BatchSeconds * 1_000 ||
        clock.now() - state.startedAt > wire.v2ResultSeconds * 1_000;
      return late ? undefined : batch(result, state);
    },
  };
}

const at = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('Z', '000Z');
