import * as z from 'zod';
import { by, command, reply, text } from './define.ts';

export const withdraw = command({
  input: z.strictObject({ reason: text, by, reply }),
  describe: 'Ends the request: links are revoked, vendors told, files deleted. Not taken back.',
  example: { reason: 'the subject no longer wants the copy', by: 'privacy team' },
});
