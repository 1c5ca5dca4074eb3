import type { Dependencies } from './dependencies.ts';
import type { Activities } from './orders.ts';

/** Writes a letter into the outbox of the request, for an operator to send. */
export const writeLetter = ({ store }: Dependencies): Activities['writeLetter'] => async ({ requestId, name, kind, to, text }) => {
  await store.writeLetter(requestId, `${name}.md`, `To: ${to}\nAbout: ${requestId}, ${kind}\n\n${text}\n`);
};
