import * as z from 'zod';
import { by, command, moment, reply, text } from './define.ts';

export const correctRequest = command({
  input: z
    .strictObject({
      law: text.optional(),
      residence: z
        .strictObject({
          country: z
            .string()
            .regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters, such as "DE"'),
          region: z.string().optional(),
        })
        .optional(),
      receivedAt: moment.optional(),
      reason: z.string().optional(),
      by,
      reply,
    })
    .refine(
      (it) => (it.law ?? it.residence ?? it.receivedAt) !== undefined,
      'must name law, residence or receivedAt',
    ),
  describe:
    'Corrects law, residence or day of receipt before delivery; every date is planned anew. ' +
    'Correct again to change it.',
  example: {
    residence: { country: 'AT' },
    reason: 'the address was read wrongly',
    by: 'privacy team',
  },
});
