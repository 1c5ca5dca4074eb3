import * as z from 'zod';
import { by, command, reply, text } from './define.ts';

export const toyPraise = command({
  input: z.strictObject({ words: text, by, reply }),
  describe: 'Notes that the subject is content. Not taken back.',
  example: { words: 'quick and complete', by: 'privacy team' },
});
