import * as z from 'zod';
import { by, command, reply } from './define.ts';

export const approvePackage = command({
  input: z.strictObject({ revision: z.number().int().nonnegative(), by, reply }),
  describe: 'Approves what is to be delivered, by its revision. Taken back by withdraw.',
  example: { revision: 3, by: 'privacy team' },
});
