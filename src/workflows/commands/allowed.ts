import type { CommandName, FactName } from '../../contract/messages/index.ts';
import type { Allowed } from '../../contract/status.ts';
import type { RequestRun } from '../state/request-run.ts';
import { COMMAND_HANDLERS, FACT_HANDLERS } from './index.ts';

/** How many names one message lists. */
const MOST = 50;

/**
 * Messages in the order in which an operator looks for them: what a request waits for comes before
 * what ends it.
 */
const ORDER: readonly (FactName | CommandName)[] = [
  'identityConfirmed',
  'identityRejected',
  'clarificationReceived',
  'clarificationRequested',
  'feePaid',
  'feeRequested',
  'decideMatch',
  'approvePackage',
  'withholdFiles',
  'respondForVendor',
  'retractAnswer',
  'retrySystem',
  'skipSystem',
  'extendDeadline',
  'continueRequest',
  'correctRequest',
  'replan',
  'withdraw',
];
const place = (name: string): number => {
  const at = (ORDER as readonly string[]).indexOf(name);
  return at === -1 ? ORDER.length : at;
};

/**
 * What would be accepted now. Each command is put to the same rule that judges it when it arrives.
 * A fact is listed if it would change anything. Reads the state and changes nothing.
 */
export function allowedNow(run: RequestRun): Allowed[] {
  return Object.entries({ ...FACT_HANDLERS, ...COMMAND_HANDLERS })
    .toSorted(([a], [b]) => place(a) - place(b))
    .flatMap(([message, handler]): Allowed[] => {
      const on = handler.offer(run);
      if (typeof on === 'boolean') return on ? [{ message }] : [];
      return on.length === 0 ? [] : [{ message, on: on.slice(0, MOST) }];
    });
}
