import * as z from 'zod';
import { by, fact, moment } from './define.ts';

export const feeRequested = fact({
  input: z.strictObject({ at: moment.optional(), note: z.string().optional(), by }),
  describe:
    'The subject was told that a fee is asked. Moves the clock where the law says so. Ended by feePaid.',
  example: { note: 'CHF 200, for an archive search', by: 'privacy team' },
});
