import { patched } from '@temporalio/workflow';
import { MESSAGES, type FactName, type Message } from '../../contract/messages/index.ts';
import { complaintsIn, tooLong } from './check-request.ts';
import { isFact } from './definitions.ts';
import type { FactHandler } from './handle.ts';
import { FACT_HANDLERS } from './index.ts';
import { openMessage, type Origin } from './origin.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote } from '../state/state.ts';

/**
 * The most facts that are kept until it is known whether they are accepted. A sender of nonsense
 * cannot fill the history.
 */
const HELD = 50;

/**
 * Why a message is refused because of how it came, or undefined. The rule is frozen into the
 * request with its plan.
 */
export function refusedOrigin({ state }: RequestRun, origin: Origin): string | undefined {
  const accept = state.plan?.accept ?? 'all';
  if (origin === 'clear' && accept !== 'all') {
    return (
      'it was sent in clear, and only messages through the codec are taken (accept.clear: ' +
      `${accept}); send it by \`dossier\`, the client library or a codec of your own`
    );
  }
  if (origin === 'unbound' && accept === 'never') {
    return (
      'it is encrypted for no request, and might be a copy; only messages encrypted for this ' +
      'very request are taken (accept.clear: never); send it by `dossier` or the client library'
    );
  }
  return undefined;
}

/** A fact as the handler got it, with how it came. */
export function takeMessage(run: RequestRun, name: FactName, message: unknown): void {
  const { body, origin } = openMessage(message);
  takeFact(run, name, body, origin);
}

/**
 * A fact of any shape. A good one is recorded, a bad one becomes a note, and none fails the
 * request.
 */
export function takeFact(run: RequestRun, name: FactName, message: unknown, origin: Origin): void {
  const { state } = run;
  if (origin !== 'bound' && state.plan === null && patched('facts-in-clear-await-the-plan')) {
    state.held = [...(state.held ?? []), { name, message, origin }].slice(-HELD);
    return;
  }
  const refused = refusedOrigin(run, origin);
  if (refused !== undefined) return ignore(run, name, refused);
  const parsed = MESSAGES[name].input.safeParse(message);
  const complaints = parsed.success ? tooLong(parsed.data) : complaintsIn(parsed.error, message);
  if (parsed.success && complaints.length === 0) return record(run, name, parsed.data as never);
  return ignore(
    run,
    name,
    complaints.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; '),
  );
}

function record<Name extends FactName>(run: RequestRun, name: Name, message: Message<Name>): void {
  (FACT_HANDLERS[name] as unknown as FactHandler<Name>).record(run, message);
  run.touch();
}

function ignore(run: RequestRun, name: FactName, why: string): void {
  addNote(run.state, `A signal ${name} was ignored: ${why}.`);
  run.touch();
}

/** Handles the facts that came before the plan, which now says whether they are accepted. */
export function judgeHeld(run: RequestRun): void {
  const { held = [] } = run.state;
  delete run.state.held;
  for (const { name, message, origin } of held) {
    if (isFact(name)) takeFact(run, name, message, origin);
  }
}
