import * as z from 'zod';
import { complaintsOf } from './complaints.ts';
import { InvalidRequest } from './law.ts';
import { isMoment } from './zones.ts';

const EVENT_TYPES = [
  'identityRequested', 'identityVerified', 'clarificationRequested', 'clarificationReceived', 'feeRequested', 'feePaid', 'extended',
] as const;
const MOMENT = 'must be a real day, such as 2026-11-23, or an instant with an offset, such as 2026-11-23T10:15:00+01:00';
const moment = z.string(MOMENT).refine(isMoment, MOMENT);
const text = z.string().min(1).max(200, 'may hold 200 characters at most');
const event = z.strictObject({ type: z.enum(EVENT_TYPES, `must be one of ${EVENT_TYPES.join(', ')}`), at: moment, until: moment.optional() });

/** One question to the deadline engine, unknown keys refused. */
const dueQuestion = z.strictObject({
  id: text,
  law: text.optional(),
  country: text.optional(),
  region: text.optional(),
  timeZone: text.optional(),
  right: z.enum(['access', 'portability'], 'must be "access" or "portability"').default('access'),
  entity: z.enum(['organisation', 'agency'], 'must be "organisation" or "agency"').optional(),
  controller: z.strictObject({ country: text, region: text.optional(), timeZone: text.optional() }).optional(),
  receivedAt: moment,
  events: z.array(event).default([]),
});

/** A question as it may be asked. @throws InvalidRequest with paths such as `events[0].at` */
export function checkDueQuestion(question: unknown): z.output<typeof dueQuestion> {
  const parsed = dueQuestion.safeParse(question);
  if (parsed.success) return parsed.data;
  throw new InvalidRequest(complaintsOf(parsed.error));
}
