import type { ErrorEntry } from './entry.ts';

/** Codes of refused and failed calls, of the command line and of the client. */
export const CALL_ERRORS = {
  usage: {
    cause: 'The call itself is wrong: a bad flag, a file that cannot be read, no JSON.',
    cure: 'See the help of the command: dossier COMMAND --help.',
  },
  'invalid-request': {
    cause: 'A rule refuses what a new request says; the message lists every path.',
    cure: 'Mend the paths that are named. The schema: dossier request schema.',
  },
  'invalid-input': {
    cause: 'A rule refuses what a message says; the message lists every path.',
    cure: 'Mend the paths that are named. Every message stands in docs/reference/messages.md.',
  },
  'invalid-config': {
    cause: 'dossier.yaml, or a key of the codec, is not as it must be.',
    cure: 'Check the file: dossier doctor. The schema: dossier config schema.',
  },
  'not-allowed': {
    cause: 'The stage of the request, or the law, refuses it; the message says what is allowed.',
    cure: 'See what the request would take now: dossier request show ID.',
  },
  'not-found': {
    cause: 'There is no request of this ID in the namespace, or the server has forgotten it.',
    cure: 'See the requests: dossier request list. Check TEMPORAL_NAMESPACE and the address.',
  },
  closed: {
    cause: 'The request has ended, and takes no more messages.',
    cure: 'See how it ended: dossier request show ID. Start another one if the person asks again.',
  },
  'no-server': {
    cause: 'No Temporal server answers at the address.',
    cure: 'Start it (dossier dev), or check TEMPORAL_ADDRESS and temporal.address in dossier.yaml.',
  },
  'no-worker': {
    cause: 'No worker answered within 10 seconds. What was sent is safe.',
    cure: 'Start a worker: dossier worker. See what is wrong: dossier doctor.',
  },
  'not-set-up': {
    cause: 'The namespace lacks a search attribute, or is not there.',
    cure: 'Set it up: dossier setup.',
  },
  denied: {
    cause: 'Temporal, or a system that was asked, does not accept the credentials.',
    cure: 'Check the API key or the certificates. See which check fails: dossier doctor.',
  },
  timeout: {
    cause: 'It took longer than the caller allowed for. What was sent is safe.',
    cure: 'Look again: dossier request show ID. Allow more time by the timeout of the call.',
  },
  failed: {
    cause: 'Something failed that no other code names.',
    cure: 'Read the message. See where it failed: run it again with DOSSIER_DEBUG=1.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

/** A code of a refused or failed call. Public, so it never changes. */
export type CallErrorCode = keyof typeof CALL_ERRORS;
