import { open } from 'node:fs/promises';
import { byteSource, readEntry, readList } from '../../package/zip-reader.ts';

/** How often each mark stands in the tables of a package: the proof that somebody else's rows are not there. */
export async function countMarks(path: string, marks: readonly string[]): Promise<Record<string, number>> {
  const counts = Object.fromEntries(marks.map((mark) => [mark, 0]));
  const handle = await open(path, 'r');
  try {
    const { entries, when } = await readList(handle, (await handle.stat()).size);
    const source = byteSource(handle);
    for (const entry of entries) {
      let text = '';
      const decoder = new TextDecoder();
      for await (const chunk of readEntry(source, entry, when, (problem) => { throw new Error(problem); })) {
        text = text.slice(-32) + decoder.decode(chunk, { stream: true });
        for (const mark of marks) counts[mark] = (counts[mark] ?? 0) + text.split(mark).length - 1;
        text = text.slice(-1);
      }
    }
  } finally {
    await handle.close();
  }
  return counts;
}
