import type { GapReason } from '../status.ts';
import type { ErrorEntry } from './entry.ts';

const RETRY = 'Mend what the advice of the gap names, then: dossier request retry ID SYSTEM.';
const SKIP = 'Or go on without it: dossier request skip ID SYSTEM --reason "…".';

/** Why something is missing from a package, for operators. */
export const GAP_ERRORS: Readonly<Record<GapReason, ErrorEntry>> = {
  overdue: {
    cause: 'The vendor did not answer in time.',
    cure: `Ask it. What it still sends is a supplement: dossier vendor respond. ${SKIP}`,
  },
  denied: {
    cause: 'The system did not accept who we are, or what we may do.',
    cure: `${RETRY} See which check fails: dossier doctor. ${SKIP}`,
  },
  rejected: {
    cause: 'The system understood the question and did not accept it.',
    cure: `${RETRY} ${SKIP}`,
  },
  unreadable: {
    cause: 'The system answered in a form that nobody can read.',
    cure: `${RETRY} Report it if it stays. ${SKIP}`,
  },
  refused: {
    cause: 'Whoever runs the system said that it does not answer.',
    cure: 'Take the answer back if it was an error: dossier vendor retract.',
  },
  skipped: {
    cause: 'An operator decided to go on without the system.',
    cure: 'Take it back: dossier request retry ID SYSTEM.',
  },
  'not-reviewed': {
    cause: 'Profiles that may be somebody else’s were not decided on before the cut-off.',
    cure: 'Decide sooner: dossier request match. Reminders come as the policy says.',
  },
  'not-declared': {
    cause: 'The configuration does not say whether the company uses this Salesforce cloud.',
    cure: 'Configure it under systems, or declare it under notUsed in dossier.yaml.',
  },
  withheld: {
    cause: 'An operator held files back.',
    cure: 'Nothing to do: the reason stands in the package.',
  },
  'unmapped-source': {
    cause: 'Profiles come from a data source that no system of dossier.yaml claims.',
    cure: 'Ask whoever runs it, then: dossier vendor respond. Name the source in dossier.yaml.',
  },
  restricted: {
    cause: 'Records, fields or files are closed to the user that the app runs as.',
    cure: RETRY,
  },
  'ambiguous-rows': {
    cause: 'Records may be somebody else’s, and were left out.',
    cure: 'Name the person by an ID of that system, in another request.',
  },
  unavailable: {
    cause: 'The system could not be reached, although it was tried again and again.',
    cure: `See whether it is down. ${RETRY} ${SKIP}`,
  },
};
