import type { CodedComplaint } from './refusals.ts';
import type { CheckedRequest } from './request.ts';

const MINUTE = 60_000;

/**
 * What no schema can check in a request, by the clock at `now` (milliseconds since 1970). The
 * client checks it before a workflow exists, and the workflow checks it again.
 */
export function requestComplaints(request: CheckedRequest, now: number): CodedComplaint[] {
  const complaints: CodedComplaint[] = [];
  const { emails, phones, partyIds, externalIds } = request.subject;
  if (emails.length + phones.length + partyIds.length + Object.keys(externalIds).length === 0) {
    complaints.push({
      path: 'subject',
      reason: 'needs at least one of emails, phones, partyIds or externalIds',
      code: 'missing',
    });
  }
  if (Number.isNaN(Date.parse(request.receivedAt))) {
    complaints.push({ path: 'receivedAt', reason: 'is no real date', code: 'ill-formed' });
  } else if (
    Date.parse(request.receivedAt) >
    now + 5 * MINUTE + (request.receivedAt.length === 10 ? 14 * 60 * MINUTE : 0)
  ) {
    complaints.push({ path: 'receivedAt', reason: 'lies in the future', code: 'in-the-future' });
  }
  if (request.law === undefined && request.residence === undefined) {
    complaints.push({
      path: 'law',
      reason: 'needs a law, or a residence that decides it',
      code: 'missing',
    });
  }
  if (typeof request.identity === 'object') {
    request.identity.confirmed.forEach((name, index) => {
      if (!holds(request, name)) {
        complaints.push({
          path: `identity.confirmed[${index}]`,
          reason: 'names an identifier that the subject does not have',
          code: 'not-known',
        });
      }
    });
  }
  return complaints;
}

function holds({ subject }: CheckedRequest, name: string): boolean {
  const [, list, index] = /^(emails|phones|partyIds)\[(\d+)\]$/.exec(name) ?? [];
  if (list !== undefined) {
    return subject[list as 'emails' | 'phones' | 'partyIds'][Number(index)] !== undefined;
  }
  return Object.hasOwn(subject.externalIds, name.replace(/^externalIds\./, ''));
}
