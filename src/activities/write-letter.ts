import type { Dependencies } from './dependencies.ts';
import type { Activities } from './orders.ts';

/** Writes a letter into the outbox of the request, for an operator to send; one to the subject in their language, also as text and HTML. */
export const writeLetter = ({ store, writeSubject }: Dependencies): Activities['writeLetter'] => async ({ requestId, name, kind, to, text, letter }) => {
  const head = `To: ${to}\nAbout: ${requestId}, ${kind}\n`;
  if (letter === undefined) {
    await store.writeLetter(requestId, `${name}.md`, `${head}\n${text}\n`);
    return;
  }
  const written = await writeSubject(letter);
  await store.writeLetter(requestId, `${name}.md`, `${head}Language: ${written.language}\nSubject: ${written.subject}\n\n${written.markdown}`);
  await store.writeLetter(requestId, `${name}.txt`, written.text);
  await store.writeLetter(requestId, `${name}.html`, written.html);
};
