import { open } from 'node:fs/promises';
import { byteSource, readEntry, readList } from '../../package/zip-reader.ts';

const LONGEST_MARK = 64;

/**
 * Which of these marks are in a package's files. None proves that no rows of other people are in
 * it.
 */
export async function marksIn(path: string, marks: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const handle = await open(path, 'r');
  try {
    const { entries, when } = await readList(handle, (await handle.stat()).size);
    const source = byteSource(handle);
    for (const entry of entries) {
      const decoder = new TextDecoder();
      let text = '';
      for await (const chunk of readEntry(source, entry, when, (problem) => {
        throw new Error(problem);
      })) {
        text = text.slice(-LONGEST_MARK) + decoder.decode(chunk, { stream: true });
        for (const mark of marks) {
          if (text.includes(mark)) found.add(mark);
        }
      }
    }
  } finally {
    await handle.close();
  }
  return [...found];
}
