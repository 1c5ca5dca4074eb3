import { complaintsOf } from '../domain/complaints.ts';
import type { Complaint } from '../domain/contract.ts';
import { messages, type Message, type MessageName } from '../domain/messages.ts';
import { requestInput, type CheckedRequest } from '../domain/request.ts';
import { DossierError } from './dossier-error.ts';

/** The request with its defaults filled in. @throws DossierError `invalid-request` that lists every path and reason */
export function checkRequest(input: unknown): CheckedRequest {
  const parsed = requestInput.safeParse(input);
  if (parsed.success) return parsed.data;
  throw refused('invalid-request', 'The request cannot be accepted', complaintsOf(parsed.error));
}

/** A message with its defaults filled in. @throws DossierError `invalid-input` that lists every path and reason */
export function checkMessage<Name extends MessageName>(name: Name, message: unknown): Message<Name> {
  const parsed = messages[name].safeParse(message);
  if (parsed.success) return parsed.data as Message<Name>;
  throw refused('invalid-input', `The message ${name} cannot be sent`, complaintsOf(parsed.error));
}

function refused(code: 'invalid-request' | 'invalid-input', what: string, complaints: readonly Complaint[]): DossierError {
  const list = complaints.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; ');
  return new DossierError({ code, message: `${what}: ${list}`, where: complaints[0]?.path ?? '', actions: ['Mend what is named, and send it again.'] });
}
