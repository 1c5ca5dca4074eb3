import { identifiersOf } from '../../contract/request.ts';
import type { Allowed } from '../../contract/status.ts';
import { isOpen } from './facts.ts';
import type { FactName, OrderName } from './messages.ts';
import type { RequestRun } from '../state/request-run.ts';
import { answersForOurs, isLookedUp, rules } from './rules.ts';
import { ended, open, profileKey, profileName } from '../state/state.ts';

/** What an operator tells of themselves in a message that is only judged, and never sent. */
const by = 'nobody';
/** How many names one message lists. */
const MOST = 50;

/**
 * What would be taken now: each order is put to the very rules that judge it when it comes, and
 * each fact is looked at for whether it would change anything. Reads the state and changes nothing.
 */
export function allowedNow(run: RequestRun): Allowed[] {
  const { state } = run;
  const systems = [
    ...Object.keys(state.tasks),
    ...(isLookedUp(run, 'data-cloud') ? ['data-cloud'] : []),
  ];
  const { extension } = state.status.timetable ?? {};
  return [
    ...facts(run),
    ...one(
      'decideMatch',
      (state.located?.profiles ?? [])
        .filter((it) =>
          taken(
            rules.decideMatch(run, {
              decisions: [
                {
                  partyId: it.partyId,
                  dataSpace: it.dataSpace,
                  keyQualifier: it.keyQualifier,
                  include: true,
                  reason: '-',
                },
              ],
              by,
            }),
          ),
        )
        .toSorted(
          (a, b) =>
            Number(profileKey(a) in state.decisions) - Number(profileKey(b) in state.decisions),
        )
        .map(profileName),
    ),
    ...plain(
      'approvePackage',
      taken(rules.approvePackage(run, { revision: state.status.revision, by })),
    ),
    ...plain('withholdFiles', taken(rules.withholdFiles(run, { files: ['-'], reason: '-', by }))),
    ...one(
      'respondForVendor',
      Object.keys(state.tasks).filter((system) =>
        OUTCOMES.some((outcome) => {
          const message = { system, outcome, files: [], by };
          return taken(answersForOurs(run, message)) && taken(rules.respondForVendor(run, message));
        }),
      ),
    ),
    ...one(
      'retractAnswer',
      state.status.answers
        .filter(({ system, answerId }) =>
          taken(rules.retractAnswer(run, { system, answerId, reason: '-', by })),
        )
        .map(({ answerId }) => answerId),
    ),
    ...one(
      'retrySystem',
      systems.filter((system) => taken(rules.retrySystem(run, { system, by }))),
    ),
    ...one(
      'skipSystem',
      systems.filter((system) => taken(rules.skipSystem(run, { system, reason: '-', by }))),
    ),
    ...plain(
      'extendDeadline',
      taken(rules.extendDeadline(run, { reason: extension?.reasons[0] ?? '-', by })),
    ),
    ...plain('continueRequest', taken(rules.continueRequest(run, { reason: '-', by }))),
    ...plain('correctRequest', taken(rules.correctRequest(run, { law: '-', by }))),
    ...(taken(rules.replan(run, { accept: true, by }))
      ? [{ message: 'replan', on: ['accept'] }]
      : plain('replan', taken(rules.replan(run, { accept: false, by })))),
    ...plain('withdraw', taken(rules.withdraw(run, { reason: '-', by }))),
  ];
}

const OUTCOMES = ['delivered', 'nothing-held', 'refused', 'in-progress'] as const;
const taken = (refusal: unknown): boolean => refusal === undefined;
const plain = (message: OrderName | FactName, possible: boolean): Allowed[] =>
  possible ? [{ message }] : [];
const one = (message: OrderName | FactName, on: readonly string[]): Allowed[] =>
  on.length === 0 ? [] : [{ message, on: on.slice(0, MOST) }];

/** Facts are never refused; those that would be ignored are not listed. */
function facts(run: RequestRun): Allowed[] {
  const { state } = run;
  if (ended(state) || state.ending !== null) return [];
  const unconfirmed =
    state.profiles === null
      ? identifiersOf(state.request.subject)
          .map(({ name }) => name)
          .filter((name) => !state.confirmed.includes(name))
      : [];
  const asks = open(state) && state.plan !== null;
  return [
    ...one('identityConfirmed', unconfirmed),
    ...plain('identityRejected', open(state)),
    ...(isOpen(run, 'clarification')
      ? plain('clarificationReceived', true)
      : plain('clarificationRequested', asks)),
    ...(isOpen(run, 'fee') ? plain('feePaid', true) : plain('feeRequested', asks)),
  ];
}
