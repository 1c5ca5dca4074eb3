import * as z from 'zod';
import { identifierName } from '../request.ts';
import { by, fact, text } from './define.ts';

export const identityConfirmed = fact({
  input: z.strictObject({
    identifiers: z.array(identifierName).optional(),
    method: text,
    by,
  }),
  describe:
    'Identity was confirmed for the identifiers named; without "identifiers" for the only one ' +
    'there is. Taken back by identityRejected.',
  example: { identifiers: ['emails[0]'], method: 'code by e-mail', by: 'web-form' },
});
