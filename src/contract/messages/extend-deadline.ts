import * as z from 'zod';
import { by, command, moment, reply, text } from './define.ts';

export const extendDeadline = command({
  input: z.strictObject({
    reason: text,
    noticeSentAt: moment.optional(),
    until: z.iso.date().optional(),
    by,
    reply,
  }),
  describe:
    'Extends the deadline where the law allows, for one of its reasons; counts once ' +
    'noticeSentAt is given. "until" names the new day where the law leaves it open. Not taken back.',
  example: { reason: 'complex', noticeSentAt: '2026-12-01', by: 'privacy team' },
});
