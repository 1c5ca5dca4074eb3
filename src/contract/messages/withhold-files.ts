import * as z from 'zod';
import { by, command, reply, text } from './define.ts';

export const withholdFiles = command({
  input: z.strictObject({
    files: z.array(text).min(1),
    reason: text,
    cite: z.string().optional(),
    by,
    reply,
  }),
  describe:
    'Keeps files out of the package, with a reason; it becomes a gap. Taken back by withdraw only.',
  example: {
    files: ['systems/acme-mail/1/notes.txt'],
    reason: 'names a third person',
    cite: 'GDPR Art. 15(4)',
    by: 'privacy team',
  },
});
