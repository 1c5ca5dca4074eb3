import * as z from 'zod';
import { by, command, reply, text } from './define.ts';

export const decideMatch = command({
  input: z.strictObject({
    decisions: z
      .array(
        z.strictObject({
          partyId: text,
          dataSpace: text,
          keyQualifier: z.string().optional(),
          include: z.boolean(),
          reason: text,
        }),
      )
      .min(1),
    by,
    reply,
  }),
  describe:
    'Decides which found profiles are the subject. Decide again to change it, until every ' +
    'profile is decided.',
  example: {
    decisions: [
      {
        partyId: 'P-1',
        dataSpace: 'default',
        include: true,
        reason: 'the customer number was checked',
      },
    ],
    by: 'privacy team',
  },
});
