import * as z from 'zod';
import { by, fact, moment } from './define.ts';

export const feePaid = fact({
  input: z.strictObject({ at: moment.optional(), note: z.string().optional(), by }),
  describe: 'The subject has paid or agreed to the fee.',
  example: { by: 'privacy team' },
});
