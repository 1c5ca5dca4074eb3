import * as z from 'zod';
import { by, command, reply, text } from './define.ts';

export const retrySystem = command({
  input: z.strictObject({ system: text, by, reply }),
  describe: 'Asks a system anew. Taken back by skipSystem.',
  example: { system: 'crm', by: 'privacy team' },
});
