import type { ConnectorContext } from '../../domain/connector.ts';
import { SystemFailure } from '../../domain/failure.ts';
import { safeNameFor } from '../../domain/package-path.ts';
import type { FileReceipt } from '../../domain/receipt.ts';
import { saveFile } from '../shared/cloud-files.ts';
import { mediaTypeForName, mediaTypeOf } from '../shared/media-type.ts';
import type { CrmScope } from './find-people.ts';
import type { OrgFile } from './gather-files.ts';

/** Streams files to `systems/<id>/files/<record>-<name>`. `gone`: those that were deleted meanwhile. @throws SystemFailure */
export async function exportFiles({ salesforce, system, signal }: CrmScope, context: ConnectorContext, files: readonly OrgFile[]): Promise<{ readonly files: FileReceipt[]; readonly gone: number }> {
  const saved: FileReceipt[] = [];
  for (const { id, name, mediaType, path } of files) {
    const target = `systems/${context.system}/files/${id}-${safeNameFor(name)}`;
    try {
      const stream = await salesforce.open({ system, signal, method: 'GET', path: `/services/data/v${salesforce.apiVersion}/sobjects/${path}`, headers: { accept: '*/*' } });
      saved.push(await saveFile(context, target, stream, typeOf(mediaType, name, stream.contentType)));
    } catch (error) {
      if (!(error instanceof SystemFailure && error.facts.status === 404)) throw error;
    }
  }
  return { files: saved, gone: files.length - saved.length };
}

/** What the record says, else what the name or the answer tells. */
function typeOf(recorded: string, name: string, answered: string): string {
  if (/^[\w.+-]+\/[\w.+-]+$/.test(recorded)) return recorded.toLowerCase();
  const named = mediaTypeForName(name);
  return named.endsWith('octet-stream') ? mediaTypeOf(answered) : named;
}
