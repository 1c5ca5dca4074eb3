import * as z from 'zod';
import { by, fact, moment } from './define.ts';

export const clarificationReceived = fact({
  input: z.strictObject({ at: moment.optional(), note: z.string().optional(), by }),
  describe: 'The subject has clarified: the clock goes on.',
  example: { note: 'the account of 2024', by: 'privacy team' },
});
