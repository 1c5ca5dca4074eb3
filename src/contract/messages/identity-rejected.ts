import * as z from 'zod';
import { by, fact, text } from './define.ts';

export const identityRejected = fact({
  input: z.strictObject({ reason: text, by }),
  describe:
    'Identity could not be confirmed: the request ends as refused, and nothing is packaged. Not taken back.',
  example: { reason: 'the code was not entered', by: 'web-form' },
});
