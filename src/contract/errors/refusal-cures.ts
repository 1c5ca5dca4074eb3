import type { RefusalCode } from '../refusals.ts';

const SHOW = 'See what the request would take now: dossier request show ID.';
const FILES = 'See the files: dossier request files ID.';

/** What fixes a refused command. What its code means is in `REFUSALS`. */
export const REFUSAL_CURES: Readonly<Record<RefusalCode, string>> = {
  'wrong-stage': SHOW,
  'still-planned': 'Send it again in a moment.',
  'no-such-system': SHOW,
  'no-such-answer': SHOW,
  'no-such-profile':
    'Name the profile by its data space and its party ID, as the request shows it.',
  'no-such-file': FILES,
  'has-answered': 'Take its answer back first: dossier vendor retract.',
  'contradicts-answer': 'Take the answer that counts back first: dossier vendor retract.',
  'nothing-to-take-back': 'Nothing to do: the answer does not count.',
  'packaged-already': 'Nothing takes it back. Tell the person, if the answer was wrong.',
  'search-ended': 'Nothing to do: the request goes on without this system.',
  'unclaimed-source': 'Give Dossier the answer of whoever runs it: dossier vendor respond.',
  'no-extension': 'Answer by the date that stands. See the law: dossier law show LAW.',
  'extended-already': 'Answer by the date that stands. See the law: dossier law show LAW.',
  'too-late-to-extend': 'Answer by the date that stands. See the law: dossier law show LAW.',
  'in-the-future': 'Name a moment that has passed.',
  'no-later-day': 'Name a later day than the one that stands.',
  'day-too-late': 'Name an earlier day. See the law: dossier law show LAW.',
  'reason-not-allowed': 'Choose one of the reasons that the message lists.',
  'law-refuses': 'Read the message. See the law: dossier law show LAW.',
  'nothing-to-decide': SHOW,
  'ended-in-temporal': 'Send it again, and end no steps by hand.',
  'nothing-proposed': 'Have the dates computed first: dossier request replan ID.',
  'changed-since': 'Look again, and name the revision that you see: dossier request show ID.',
  'not-a-vendor': 'Have the system read again (dossier request retry), or go on without it.',
  'not-encrypted': 'Send it with the key of DOSSIER_CODEC_KEYS, by the command line or the client.',
  'answer-under-way': 'Look again in a moment.',
};
