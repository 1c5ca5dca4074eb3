import { complaintsOf } from '../contract/complaints.ts';
import type { Complaint } from '../contract/contract.ts';
import { messageLimits, requestLimits } from '../contract/input-limits.ts';
import { jsonBytes, LIMITS } from '../contract/limits.ts';
import { MESSAGES, type Message, type MessageName } from '../contract/messages/index.ts';
import type { Instant } from '@dossier/law';
import { DEFAULT_POLICY, requestInput, type CheckedRequest } from '../contract/request.ts';
import { requestComplaints } from '../contract/request-rules.ts';
import type { Controller } from '@dossier/law';
import { companyComplaints, type CompanyRules } from './company-rules.ts';
import { DossierError } from './dossier-error.ts';

/**
 * The request with its defaults filled in. @throws DossierError `invalid-request` that lists every
 * path and reason
 */
export function checkRequest(input: unknown, now = Date.now()): CheckedRequest {
  const parsed = requestInput.safeParse(input);
  if (!parsed.success) throw invalidRequest(complaintsOf(parsed.error));
  const bytes = jsonBytes(input);
  if (bytes > LIMITS.payload) {
    throw invalidRequest([
      {
        path: '',
        reason: `it is ${bytes} bytes long as JSON, and the server takes ${LIMITS.payload} at most`,
      },
    ]);
  }
  const complaints = [...requestLimits(parsed.data), ...requestComplaints(parsed.data, now)];
  if (complaints.length > 0) throw invalidRequest(complaints);
  return parsed.data;
}

const invalidRequest = (complaints: readonly Complaint[]): DossierError =>
  refused('invalid-request', 'The request cannot be accepted', complaints);

/**
 * @throws DossierError `invalid-request` if the company's own rules would refuse the request in
 *   planning
 */
export function checkCompany(request: CheckedRequest, rules: CompanyRules): void {
  const complaints = companyComplaints(request, rules);
  if (complaints.length > 0) throw invalidRequest(complaints);
}

/** Only the policy decides the cut-off, which no law refuses. */
const ANY_POLICY = { cutOff: DEFAULT_POLICY.cutOff };

/**
 * Asks the law as planning will, before a workflow exists, so that a refused request leaves no
 * trace. Without the controller's place some checks are impossible. What might then be allowed is
 * left to planning.
 *
 * @throws DossierError `invalid-request` if the law, place or zone is unknown, the law does not
 *   know the right, or the day of receipt is wrong
 */
export async function checkLaw(
  request: CheckedRequest,
  controller: Controller | undefined,
): Promise<void> {
  const { planDates, InvalidRequest } = await import('@dossier/law');
  try {
    planDates({
      request,
      events: [],
      policy: ANY_POLICY,
      now: new Date().toISOString() as Instant,
      ...(controller && { controller }),
    });
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    const certain =
      controller === undefined
        ? error.complaints.filter(
            ({ path }) =>
              ['receivedAt', 'timeZone'].includes(path) ||
              (path === 'law' && request.law !== undefined),
          )
        : error.complaints;
    if (certain.length > 0) throw invalidRequest(certain);
  }
}

/**
 * A message with its defaults filled in. @throws DossierError `invalid-input` that lists every path
 * and reason
 */
export function checkMessage<Name extends MessageName>(
  name: Name,
  message: unknown,
): Message<Name> {
  const parsed = MESSAGES[name].input.safeParse(message);
  const complaints = parsed.success ? messageLimits(parsed.data) : complaintsOf(parsed.error);
  if (!parsed.success || complaints.length > 0) {
    throw refused('invalid-input', `The message ${name} cannot be sent`, complaints);
  }
  return parsed.data as Message<Name>;
}

function refused(
  code: 'invalid-request' | 'invalid-input',
  what: string,
  complaints: readonly Complaint[],
): DossierError {
  const list = complaints
    .map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`))
    .join('; ');
  return new DossierError({
    code,
    message: `${what}: ${list}`,
    where: complaints[0]?.path ?? '',
    actions: ['Mend what is named, and send it again.'],
  });
}
