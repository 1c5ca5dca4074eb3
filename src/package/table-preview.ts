import { parse } from 'lossless-json';

/** The longest line that is read to show it. */
const LONGEST_LINE = 1024 * 1024;

/** The first records of a table; undefined if it cannot be shown. */
export type Preview = readonly Readonly<Record<string, unknown>>[] | undefined;

/**
 * The first `limit` records of an NDJSON file. Numbers keep their digits. A table cannot be shown
 * if a line is no JSON object, or is longer than 1 MB; its file is packed anyway.
 */
export async function firstRecords(
  content: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Preview> {
  const records: Readonly<Record<string, unknown>>[] = [];
  for await (const line of linesOf(content)) {
    const record = recordIn(line);
    if (record === undefined) return undefined;
    records.push(record);
    if (records.length === limit) break;
  }
  return records;
}

function recordIn(line: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (line === undefined) return undefined;
  try {
    const value = parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Lines without their ends; `undefined` for one that is too long. Blank lines are skipped. */
async function* linesOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of content) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() !== '') yield line;
    }
    if (rest.length > LONGEST_LINE) yield undefined;
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield rest;
}
