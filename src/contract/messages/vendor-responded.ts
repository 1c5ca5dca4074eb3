import * as z from 'zod';
import { by, fact, reply, text } from './define.ts';

export const vendorResponded = fact({
  input: z.strictObject({
    system: text,
    outcome: z.enum(['delivered', 'nothing-held', 'refused', 'in-progress']),
    files: z
      .array(
        z.strictObject({
          uri: text,
          sha256: z
            .string()
            .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
            .optional(),
        }),
      )
      .default([]),
    note: z.string().optional(),
    by,
    reply,
  }),
  describe:
    'A vendor answered; what Dossier reads by itself is no vendor. Its files lie in the inbox ' +
    'of the request and system, or are not opened. Never refused; the status says what became ' +
    'of it. Taken back by retractAnswer.',
  example: { system: 'acme-mail', outcome: 'nothing-held', by: 'privacy@acme.example' },
});
