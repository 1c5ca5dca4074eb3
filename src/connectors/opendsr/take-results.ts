import type { ConnectorContext } from '../spi.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import { foreignBytes } from '../shared/foreign-bytes.ts';
import { unlessBroken, type VendorAnswer } from '../shared/vendor-http.ts';
import { resultCounter } from './count-results.ts';

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

/**
 * Streams a vendor's results to `systems/<id>/<name>`, and counts them if their format allows it.
 */
export async function takeResults(
  context: ConnectorContext,
  answer: VendorAnswer,
  name: string,
): Promise<{ readonly file: FileReceipt; readonly count: number | undefined }> {
  const { system, signal } = context;
  const mediaType =
    String(answer.headers['content-type'] ?? 'application/octet-stream')
      .split(';')[0]
      ?.trim()
      .toLowerCase() ?? '';
  const file = await context.sink.open(`systems/${system}/${name}.${ENDINGS[mediaType] ?? 'bin'}`, {
    mediaType: mediaType || 'application/octet-stream',
  });
  let bytes = 0;
  const counter = resultCounter(mediaType);
  try {
    await unlessBroken(system, signal, async () => {
      for await (const chunk of foreignBytes(answer.body as AsyncIterable<Buffer>, {
        system,
        mostBytes: context.sink.mostBytes,
      })) {
        bytes += chunk.length;
        counter.add(chunk);
        await file.write(chunk);
        context.heartbeat({ bytes });
      }
    });
    return { file: await file.finish(), count: counter.total() };
  } catch (error) {
    await file.discard();
    throw error;
  }
}
