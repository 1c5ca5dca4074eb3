import type { Complaint } from './contract.ts';
import type { ComplaintCode } from './errors/complaint-errors.ts';

/**
 * Why a command is refused, and what that means in words that fit every request. Codes are public
 * and stored in histories, so they never change. Codes and words stay in clear, so they hold
 * nothing of a request.
 */
export const REFUSALS = {
  'wrong-stage': 'the request is at a stage at which this is not done',
  'still-planned': 'the request is being planned; send it again in a moment',
  'no-such-system': 'no system of this request has this ID',
  'no-such-answer': 'no answer of this system has this ID',
  'no-such-profile': 'no profile of this request has this name',
  'no-such-file': 'the package would hold no file of this name',
  'has-answered': 'the system has answered; its answer is taken back first',
  'contradicts-answer': 'it contradicts an answer that counts, or itself',
  'nothing-to-take-back': 'the answer does not count, so there is nothing to take back',
  'packaged-already': 'the answer is part of what was packaged',
  'search-ended': 'the search for the person has ended without this system',
  'unclaimed-source': 'no system claims this data source, so it cannot be asked',
  'no-extension': 'the law allows no extension',
  'extended-already': 'the deadline was extended already, and the law allows it once',
  'too-late-to-extend': 'the extension had to be announced earlier',
  'in-the-future': 'a moment that is told lies in the future',
  'no-later-day': 'an extension names a later day than the answer is due by',
  'day-too-late': 'the law does not extend until this day',
  'reason-not-allowed': 'the reason is none that the law allows for an extension',
  'law-refuses': 'the law does not accept it',
  'nothing-to-decide':
    'the request was neither cancelled nor reset in Temporal, or that is decided',
  'ended-in-temporal': 'a step that the order needs was ended in Temporal; send the order again',
  'nothing-proposed': 'no change of the dates was shown that could be accepted',
  'changed-since': 'something has changed since it was looked at',
  'not-a-vendor': 'the system is one that is read, and nobody answers for it',
  'not-encrypted': 'it was not encrypted for this request, and only such messages are taken',
  'answer-under-way': 'an answer is being taken in; look again in a moment',
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** Why a command is refused. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The field of the message that is refused, or `""` for the whole message. */
  readonly path: string;
  /**
   * In words for the caller, with what is allowed instead. It may name what the caller sent, so it
   * is never stored in clear.
   */
  readonly text: string;
}

export const refusal = (code: RefusalCode, text: string, path = ''): Refusal => ({
  code,
  path,
  text,
});

/** A complaint with a code that may stay in clear. */
export interface CodedComplaint extends Complaint {
  /** Why a command is refused, or what is wrong with its shape. */
  readonly code?: RefusalCode | ComplaintCode;
}
