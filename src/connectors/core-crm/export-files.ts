import type { ConnectorContext } from '../spi.ts';
import { SystemFailure } from '../../http/failure.ts';
import { safeNameFor } from '../../contract/package-path.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import { saveFile } from '../shared/cloud-files.ts';
import { mediaTypeForName, mediaTypeOf } from '../shared/media-type.ts';
import { whyClosed } from './closed.ts';
import type { CrmScope } from './find-people.ts';
import type { OrgFile } from './gather-files.ts';

/**
 * Files that were saved. `gone`: files that were deleted meanwhile. `closed`: how many are not for
 * us, by reason.
 */
export interface ExportedFiles {
  readonly files: FileReceipt[];
  readonly gone: number;
  readonly closed: ReadonlyMap<string, number>;
}

/** Streams files to `systems/<id>/files/<record>-<name>`. @throws SystemFailure */
export async function exportFiles(
  { salesforce, system, signal }: CrmScope,
  context: ConnectorContext,
  files: readonly OrgFile[],
): Promise<ExportedFiles> {
  const saved: FileReceipt[] = [];
  const closed = new Map<string, number>();
  let gone = 0;
  for (const { id, name, mediaType, path } of files) {
    const target = `systems/${context.system}/files/${id}-${safeNameFor(name)}`;
    try {
      const stream = await salesforce.open({
        system,
        signal,
        method: 'GET',
        path: `/services/data/v${salesforce.apiVersion}/sobjects/${path}`,
        headers: { accept: '*/*' },
      });
      saved.push(
        await saveFile(context, target, stream, typeOf(mediaType, name, stream.contentType)),
      );
    } catch (error) {
      const why = whyClosed(error);
      if (why === undefined) throw error;
      if (error instanceof SystemFailure && error.facts.status === 404) gone += 1;
      else closed.set(why, (closed.get(why) ?? 0) + 1);
    }
  }
  return { files: saved, gone, closed };
}

/** The type from the record, else from the name or the response. */
function typeOf(recorded: string, name: string, answered: string): string {
  if (/^[\w.+-]+\/[\w.+-]+$/.test(recorded)) return recorded.toLowerCase();
  const named = mediaTypeForName(name);
  return named.endsWith('octet-stream') ? mediaTypeOf(answered) : named;
}
