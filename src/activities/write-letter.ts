import type { Dependencies } from './dependencies.ts';
import { visible, visibleLines } from '../contract/visible.ts';
import { LetterHole } from '../letters/template.ts';
import type { Activities } from './inputs.ts';

/**
 * Writes a letter into the outbox of the request, for an operator to send. A letter to the subject
 * is in their language, also as text and HTML. If the company's own template has a hole, an
 * operator is told to write the letter, because no request waits for a letter.
 */
export const writeLetter =
  ({ store, writeSubject }: Dependencies): Activities['writeLetter'] =>
  async ({ requestId, name, kind, to, text, letter }) => {
    const head = `To: ${visible(to)}\nAbout: ${requestId}, ${kind}\n`;
    if (letter === undefined) {
      await store.writeLetter(requestId, `${name}.md`, `${head}\n${plainMarkdown(text)}\n`);
      return;
    }
    const written = await writeSubject(letter).catch(holeOf);
    if (written instanceof LetterHole) {
      await store.writeLetter(
        requestId,
        `${name}.md`,
        `${head}\n${written.message} Write it by hand:\n\n${plainMarkdown(text)}\n`,
      );
      return;
    }
    await store.writeLetter(
      requestId,
      `${name}.md`,
      `${head}Language: ${written.language}\nSubject: ${visible(written.subject)}\n\n${written.markdown}`,
    );
    await store.writeLetter(requestId, `${name}.txt`, written.text);
    await store.writeLetter(requestId, `${name}.html`, written.html);
  };

/**
 * A letter to an operator or a vendor. Its data becomes no picture, tag or link with another text.
 * Addresses stay as they are.
 */
const plainMarkdown = (text: string): string =>
  visibleLines(text).replace(/!\[/g, '!\\[').replace(/\]\(/g, ']\\(').replace(/</g, '\\<');

function holeOf(error: unknown): LetterHole {
  if (error instanceof LetterHole) return error;
  throw error;
}
