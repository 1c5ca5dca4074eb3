import { isMoment } from '../calendar/zones.ts';
import type { ClockEvent, ClockEventType } from '../model/clock-event.ts';
import type { Complaint } from '../model/complaint.ts';
import type { DueQuestion } from '../model/due.ts';
import { InvalidRequest } from '../model/invalid-request.ts';
import type { Right } from '../model/law.ts';

const EVENT_TYPES: readonly ClockEventType[] = [
  'identityRequested',
  'identityVerified',
  'clarificationRequested',
  'clarificationReceived',
  'feeRequested',
  'feePaid',
  'extended',
];
const MOMENT =
  'must be a real day, such as 2026-11-23, or an instant with an offset, such as 2026-11-23T10:15:00+01:00';
const LONGEST = 200;

/** A question with its defaults filled in. */
export type CheckedDueQuestion = Omit<DueQuestion, 'right' | 'events'> & {
  readonly right: Right;
  readonly events: readonly ClockEvent[];
};

/** Checks the value at a path, and returns what is wrong with it. */
type Check = (value: unknown, path: string) => Complaint[];

const text: Check = (value, path) => {
  if (typeof value !== 'string') return [wrongType('string', value, path)];
  if (value === '') return [{ path, reason: 'Too small: expected string to have >=1 characters' }];
  return value.length > LONGEST ? [{ path, reason: `may hold ${LONGEST} characters at most` }] : [];
};

const moment: Check = (value, path) =>
  typeof value === 'string' && isMoment(value) ? [] : [{ path, reason: MOMENT }];

const oneOf =
  (choices: readonly string[], reason: string): Check =>
  (value, path) =>
    typeof value === 'string' && choices.includes(value) ? [] : [{ path, reason }];

const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? [] : check(value, path);

/** Checks an object that has these members and no others. */
const members =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [wrongType('object', value, path)];
    }
    const given = value as Readonly<Record<string, unknown>>;
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    const wrong = Object.entries(checks).flatMap(([name, check]) => check(given[name], at(name)));
    const unknown = Object.keys(given).filter((name) => !Object.hasOwn(checks, name));
    return [...wrong, ...unknown.map((name) => ({ path: at(name), reason: 'is not known here' }))];
  };

const list =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((member: unknown, index) => check(member, `${path}[${index}]`))
      : [wrongType('array', value, path)];

function wrongType(expected: string, value: unknown, path: string): Complaint {
  const subject = path === '' ? 'it ' : '';
  if (value === undefined) {
    return {
      path,
      reason: `${path === '' ? 'it ' : ''}is missing; it must be of the type ${expected}`,
    };
  }
  return {
    path,
    reason: `${subject}must be of the type ${expected}, and is of the type ${typeName(value)}`,
  };
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const place = { country: text, region: optional(text), timeZone: optional(text) };
const dueQuestion = members({
  id: text,
  law: optional(text),
  country: optional(text),
  region: optional(text),
  timeZone: optional(text),
  right: optional(oneOf(['access', 'portability'], 'must be "access" or "portability"')),
  entity: optional(oneOf(['organisation', 'agency'], 'must be "organisation" or "agency"')),
  controller: optional(members(place)),
  receivedAt: moment,
  events: optional(
    list(
      members({
        type: oneOf(EVENT_TYPES, `must be one of ${EVENT_TYPES.join(', ')}`),
        at: moment,
        until: optional(moment),
      }),
    ),
  ),
});

/**
 * Checks a question. Unknown keys are refused.
 *
 * @throws InvalidRequest with paths such as `events[0].at`
 */
export function checkDueQuestion(question: unknown): CheckedDueQuestion {
  const complaints = dueQuestion(question, '');
  if (complaints.length > 0) throw new InvalidRequest(complaints);
  const asked = question as DueQuestion;
  return { ...asked, right: asked.right ?? 'access', events: asked.events ?? [] };
}
