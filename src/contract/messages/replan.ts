import * as z from 'zod';
import { by, command, reply } from './define.ts';

export const replan = command({
  input: z.strictObject({ accept: z.boolean().default(false), by, reply }),
  describe:
    'Shows how the dates would change under the present laws and holidays; with "accept", ' +
    'takes what was shown. Not taken back.',
  example: { by: 'privacy team' },
});
