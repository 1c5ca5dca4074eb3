import * as z from 'zod';
import { by, command, reply, text } from './define.ts';

export const continueRequest = command({
  input: z.strictObject({ reason: text, by, reply }),
  describe:
    'Goes on with a request that was cancelled in Temporal, or reads and answers once more ' +
    'one that was reset there. Taken back by withdraw.',
  example: { reason: 'the button was pressed by mistake', by: 'privacy team' },
});
