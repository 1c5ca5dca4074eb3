import * as z from 'zod';
import { by, fact, moment } from './define.ts';

export const clarificationRequested = fact({
  input: z.strictObject({
    at: moment.optional(),
    note: z.string().optional(),
    by,
  }),
  describe:
    'The subject was asked what is meant. Stops the clock where the law allows. Ended by ' +
    'clarificationReceived.',
  example: { note: 'which account is meant?', by: 'privacy team' },
});
