import type { ConnectorContext } from '../spi.ts';
import { SystemFailure } from '../../http/failure.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import { cell } from '../shared/cell.ts';
import { saveFile } from '../shared/cloud-files.ts';
import { mediaTypeOf } from '../shared/media-type.ts';
import type { CrmScope } from './find-people.ts';

/**
 * A picture in a text of a record. `reference` is its own ID, empty if the API does not know this
 * kind of link.
 */
export interface Picture {
  readonly object: string;
  readonly record: string;
  readonly field: string;
  readonly reference: string;
}

/** Pictures that were fetched, and how many were not, by object. */
export interface ExportedPictures {
  readonly files: FileReceipt[];
  readonly missing: ReadonlyMap<string, number>;
}

/**
 * The address of a picture of the org, up to where it must end. It is cut there, because we need
 * nothing after it.
 */
const ADDRESS = /\/servlet\/(?:rtaImage|servlet\.ImageServer)\?([^"'\s<>]{1,500})/g;
/** Objects whose pictures the API does not return. */
const CLOSED = new Set(['EmailMessage']);
const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/svg+xml': 'svg',
};

/**
 * The pictures within the rich texts of a record, each once.
 *
 * @param names fields of the record, in the order of `row`
 * @see REST API Developer Guide, "sObject Rich Text Image Get" and "Get an Image from a Rich Text
 *   Area Field"; read 2026-11
 */
export function picturesIn(
  object: string,
  names: readonly string[],
  row: readonly unknown[],
): Picture[] {
  const record = cell(row[names.indexOf('Id')]);
  return row.flatMap((value, index) => {
    if (typeof value !== 'string' || !value.includes('/servlet/')) return [];
    const references = new Set(
      [...value.matchAll(ADDRESS)].map(
        ([, query = '']) =>
          /(?:^|&|;)refid=(0EM[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?)(?![A-Za-z0-9])/.exec(
            query,
          )?.[1] ?? '',
      ),
    );
    return [...references].map((reference): Picture => ({
      object,
      record,
      field: names[index] ?? '',
      reference,
    }));
  });
}

/**
 * Streams pictures to `systems/<id>/pictures/<record>-<reference>.<ending>`. @throws SystemFailure,
 * but for pictures that are gone or refused
 */
export async function exportPictures(
  { salesforce, system, signal }: CrmScope,
  context: ConnectorContext,
  pictures: readonly Picture[],
): Promise<ExportedPictures> {
  const files: FileReceipt[] = [];
  const missing = new Map<string, number>();
  for (const picture of new Map(
    pictures.map((it) => [`${it.record} ${it.reference}`, it]),
  ).values()) {
    const file = await fetched(picture);
    if (file === undefined) missing.set(picture.object, (missing.get(picture.object) ?? 0) + 1);
    else files.push(file);
  }
  return { files, missing };

  async function fetched({
    object,
    record,
    field,
    reference,
  }: Picture): Promise<FileReceipt | undefined> {
    if (reference === '' || CLOSED.has(object)) return undefined;
    const path = `/services/data/v${salesforce.apiVersion}/sobjects/${object}/${record}/richTextImageFields/${field}/${reference}`;
    try {
      const stream = await salesforce.open({
        system,
        signal,
        method: 'GET',
        path,
        headers: { accept: '*/*' },
      });
      const mediaType = mediaTypeOf(stream.contentType);
      return await saveFile(
        context,
        `systems/${context.system}/pictures/${record}-${reference}.${ENDINGS[mediaType] ?? 'bin'}`,
        stream,
        mediaType,
      );
    } catch (error) {
      if (
        error instanceof SystemFailure &&
        (error.facts.kind === 'rejected' || error.facts.status === 403)
      ) {
        return undefined;
      }
      throw error;
    }
  }
}
