import type { Contents } from './contents.ts';
import type { PackageFacts } from './facts.ts';

/** `index.html`, piece by piece. */
export async function* indexPage({ files }: Contents, { request, gaps }: PackageFacts, _read: (path: string) => AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  yield `<!doctype html><html lang="en"><meta charset="utf-8"><title>${request.requestId}</title><h1>Your data</h1><ul>`;
  for (const { path } of files) yield `<li><a href="${path}">${path}</a>`;
  yield `</ul><h2>What is missing</h2><p>${gaps.length}</p></html>\n`;
}
