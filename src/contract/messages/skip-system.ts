import * as z from 'zod';
import { by, command, reply, text } from './define.ts';

export const skipSystem = command({
  input: z.strictObject({ system: text, reason: text, by, reply }),
  describe: 'Goes on without a system; it becomes a gap. Taken back by retrySystem.',
  example: { system: 'acme-mail', reason: 'the contract ended in 2024', by: 'privacy team' },
});
