import type { Message } from '../../contract/messages/index.ts';
import type { ClockEvent } from '../../contract/plan.ts';
import { isFuture } from '../dates/compare-moments.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, ended, open } from '../state/state.ts';

/** Questions to the subject that may stop the law's clock, and the answers to them. */
const QUESTIONS = {
  clarification: {
    asked: 'clarificationRequested',
    answered: 'clarificationReceived',
    askedNote: 'The subject was asked what is meant.',
    answeredNote: 'The subject has clarified.',
  },
  fee: {
    asked: 'feeRequested',
    answered: 'feePaid',
    askedNote: 'The subject was told of a fee.',
    answeredNote: 'The subject has agreed to the fee or paid it.',
  },
} as const;

type Question = keyof typeof QUESTIONS;
type Told = Message<'clarificationRequested'>;

/** Records that the subject was asked. */
export function recordQuestion(run: RequestRun, question: Question, { at, note, by }: Told): void {
  const { asked, askedNote } = QUESTIONS[question];
  if (isOpen(run, question)) {
    addNote(run.state, `${asked} by ${by} was ignored: one is open already.`);
  } else if (moveClock(run, { type: asked, at, by })) {
    run.notice(question, 'subject', 'recorded', note ?? askedNote);
  }
}

/** Records that the subject has answered. */
export function recordReply(run: RequestRun, question: Question, { at, note, by }: Told): void {
  const { answered, answeredNote } = QUESTIONS[question];
  if (!isOpen(run, question)) {
    addNote(run.state, `${answered} by ${by} was ignored: no ${question} is open.`);
  } else if (moveClock(run, { type: answered, at, by })) {
    run.notice(question, 'operator', 'recorded', note ?? answeredNote);
  }
}

/** Whether a question would be recorded now. */
export function canAsk(run: RequestRun, question: Question): boolean {
  const { state } = run;
  return isGoingOn(run) && !isOpen(run, question) && open(state) && state.plan !== null;
}

/** Whether an answer would be recorded now. */
export const canReply = (run: RequestRun, question: Question): boolean =>
  isGoingOn(run) && isOpen(run, question);

const isGoingOn = ({ state }: RequestRun): boolean => !ended(state) && state.ending === null;

/** Whether the subject was asked and has not answered. */
function isOpen({ state }: RequestRun, question: Question): boolean {
  const count = (type: string) => state.events.filter((event) => event.type === type).length;
  return count(QUESTIONS[question].asked) > count(QUESTIONS[question].answered);
}

interface Moved {
  readonly type: ClockEvent['type'];
  readonly at: string | undefined;
  readonly by: string;
}

function moveClock(run: RequestRun, { type, at, by }: Moved): boolean {
  const moment = at ?? run.now();
  if (isFuture(run, moment)) {
    addNote(run.state, `${type} by ${by} lies in the future and was ignored.`);
    return false;
  }
  run.state.events.push({ type, at: moment });
  return true;
}
