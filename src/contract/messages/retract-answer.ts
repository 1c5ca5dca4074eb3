import * as z from 'zod';
import { by, command, reply, text } from './define.ts';

export const retractAnswer = command({
  input: z.strictObject({ system: text, answerId: text, reason: text, by, reply }),
  describe:
    'Takes an answer back: the system waits again and its files leave the package. Answer ' +
    'again by respondForVendor.',
  example: {
    system: 'acme-mail',
    answerId: 'acme-mail-1',
    reason: 'the export was of another person',
    by: 'privacy team',
  },
});
