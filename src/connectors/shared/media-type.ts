const ENDINGS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'text/csv': 'csv',
  'application/zip': 'zip',
  'application/gzip': 'gz',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'application/xml': 'xml',
  'text/xml': 'xml',
};

/** The bare media type of a `content-type` header; `application/octet-stream` if it has none. */
export const mediaTypeOf = (header: string): string =>
  header.split(';')[0]?.trim().toLowerCase() || 'application/octet-stream';

/** A file name's ending for a media type; `bin` if the type is unknown. */
export const endingFor = (mediaType: string): string => ENDINGS[mediaType] ?? 'bin';

/** The media type of a file's ending; `application/octet-stream` if the ending is unknown. */
export function mediaTypeForName(name: string): string {
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase();
  return Object.entries(ENDINGS).find(([, it]) => it === ending)?.[0] ?? 'application/octet-stream';
}
