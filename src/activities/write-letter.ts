import type { Dependencies } from './dependencies.ts';
import { LetterHole } from '../notices/template.ts';
import type { Activities } from './orders.ts';

/**
 * Writes a letter into the outbox of the request, for an operator to send; one to the subject in their language, also as text and HTML.
 * Where the company's own template has a hole, an operator is told to write it: no request waits for a letter.
 */
export const writeLetter = ({ store, writeSubject }: Dependencies): Activities['writeLetter'] => async ({ requestId, name, kind, to, text, letter }) => {
  const head = `To: ${to}\nAbout: ${requestId}, ${kind}\n`;
  if (letter === undefined) {
    await store.writeLetter(requestId, `${name}.md`, `${head}\n${text}\n`);
    return;
  }
  const written = await writeSubject(letter).catch(holeOf);
  if (written instanceof LetterHole) {
    await store.writeLetter(requestId, `${name}.md`, `${head}\n${written.message} Write it by hand:\n\n${text}\n`);
    return;
  }
  await store.writeLetter(requestId, `${name}.md`, `${head}Language: ${written.language}\nSubject: ${written.subject}\n\n${written.markdown}`);
  await store.writeLetter(requestId, `${name}.txt`, written.text);
  await store.writeLetter(requestId, `${name}.html`, written.html);
};

function holeOf(error: unknown): LetterHole {
  if (error instanceof LetterHole) return error;
  throw error;
}
