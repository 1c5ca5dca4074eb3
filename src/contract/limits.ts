/**
 * The limits of the server, in bytes of what is sent. Above them the server ends the request, or
 * drops it from every list, and the caller hears nothing.
 *
 * @see github.com/temporalio/temporal, common/dynamicconfig/constants.go:
 *   limit.searchAttributesSizeOfValue (2 KiB), limit.blobSize.error (2 MiB);
 *   schema/postgresql/v12/visibility: keyword columns are VARCHAR(255). Read on 2026-11-28
 */
export const LIMITS = {
  /** Bytes of one search attribute's value as JSON: 2,048 minus a margin. */
  searchAttribute: 1_900,
  /** Characters of one keyword. */
  keyword: 255,
  /** Bytes of a message or of an activity's result before encryption, which adds a little. */
  payload: 2 * 1024 * 1024 - 64 * 1024,
  /** Bytes of the current details, which every query of the UI carries. */
  details: 64 * 1024,
  /** Bytes of a summary of an activity or a timer. */
  summary: 400,
} as const;

const encoder = new TextEncoder();

/** Bytes of a text in UTF-8. */
export const bytesOf = (text: string): number => encoder.encode(text).length;

/** Bytes of a value as JSON. */
export const jsonBytes = (value: unknown): number => bytesOf(JSON.stringify(value) ?? '');

/**
 * A text of at most so many bytes. A longer one is cut and ends with `…`, and no character is cut
 * in two.
 */
export function withinBytes(text: string, most: number): string {
  if (bytesOf(text) <= most) return text;
  let kept = '';
  let bytes = bytesOf('…');
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > most) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A keyword that every database of the server accepts. */
export const keyword = (text: string): string =>
  text.length <= LIMITS.keyword
    ? text
    : `${Array.from(text.slice(0, LIMITS.keyword - 1)).join('')}…`;

/**
 * As many keywords as a search attribute accepts. If some are left out, the last one says how many:
 * `more:12`.
 */
export function keywordList(values: readonly string[]): string[] {
  const all = [...new Set(values.map(keyword))];
  if (jsonBytes(all) <= LIMITS.searchAttribute) return all;
  const room = LIMITS.searchAttribute - jsonBytes([`more:${all.length}`]);
  const kept: string[] = [];
  let bytes = 0;
  for (const value of all) {
    bytes += jsonBytes(value) + 1;
    if (bytes > room) break;
    kept.push(value);
  }
  return [...kept, `more:${all.length - kept.length}`];
}
