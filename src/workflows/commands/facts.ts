import { patched } from '@temporalio/workflow';
import { identifiersOf } from '../../contract/request.ts';
import type { Message } from '../../contract/messages.ts';
import { messages } from '../../contract/messages.ts';
import type { ClockEvent } from '../../contract/plan.ts';
import { recordAnswer } from './vendor-answers.ts';
import type { FactName } from './messages.ts';
import { isFuture } from '../dates/compare-moments.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, ended, open, taskOf } from '../state/state.ts';

/** Records a fact, whatever the stage. */
export function recordFact<Name extends FactName>(
  run: RequestRun,
  name: Name,
  message: Message<Name>,
): void {
  (recorders[name] as (run: RequestRun, message: Message<Name>) => void)(run, message);
  run.touch();
}

const recorders: {
  readonly [Name in FactName]: (run: RequestRun, message: Message<Name>) => void;
} = {
  identityConfirmed: (run, { identifiers, method, by }) => {
    const { state } = run;
    const all = identifiersOf(state.request.subject).map((it) => it.name);
    if (identifiers === undefined && all.length > 1 && patched('identity-names-its-identifiers')) {
      addNote(
        state,
        `identityConfirmed by ${by} names no identifier and confirms nothing, for the ` +
          'subject has several. Send it again with those that were checked: "identifiers" with ' +
          `some of ${JSON.stringify(all)}.`,
      );
      return;
    }
    const known = (identifiers ?? all).filter((it) => all.includes(it));
    const unknown = (identifiers ?? []).filter((it) => !all.includes(it));
    if (unknown.length > 0) {
      addNote(
        state,
        `identityConfirmed names ${unknown.join(', ')}, which the subject does not have.`,
      );
    }
    if (known.length === 0) return;
    if (state.ending !== null || ended(state)) {
      addNote(state, `Identity was confirmed by ${by} after the request had ended.`);
      return;
    }
    if (state.profiles !== null) {
      addNote(
        state,
        `Identity of ${known.join(', ')} was confirmed by ${by} after the match was settled; ` +
          'it changes nothing that was decided.',
      );
      return;
    }
    // What was located with fewer confirmed identifiers is located again; decisions that were made
    // are kept.
    state.located = null;
    state.confirmed = [...new Set([...state.confirmed, ...known])];
    state.status.identity =
      state.confirmed.length === all.length ? 'confirmed' : { confirmed: state.confirmed };
    if (!state.identityDecided) {
      state.identityDecided = true;
      state.events.push({ type: 'identityVerified', at: run.now() });
    }
    addNote(state, `Identity of ${known.join(', ')} confirmed (${method}) by ${by}.`);
  },
  identityRejected: (run, { reason, by }) => {
    const { state } = run;
    if (!open(state) || state.ending !== null) {
      addNote(
        state,
        `Identity was rejected by ${by} when the package was already on its way: ${reason}. ` +
          'Withdraw the request to revoke it.',
      );
      return;
    }
    state.status.identity = 'rejected';
    state.ending = { as: 'refused', reason: `identity was rejected: ${reason}`, by };
    run.scope.cancel();
  },
  vendorResponded: (run, answer) => {
    if (
      taskOf(run.state, answer.system) === undefined &&
      !run.state.systemsKnown &&
      open(run.state)
    ) {
      run.state.earlyAnswers = [...run.state.earlyAnswers, answer].slice(-50);
    } else recordAnswer(run, answer);
  },
  clarificationRequested: (run, message) => ask(run, 'clarification', message),
  clarificationReceived: (run, message) => answer(run, 'clarification', message),
  feeRequested: (run, message) => ask(run, 'fee', message),
  feePaid: (run, message) => answer(run, 'fee', message),
};

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

type Asked = Message<'clarificationRequested'>;

function ask(run: RequestRun, kind: keyof typeof QUESTIONS, { at, note, by }: Asked): void {
  const { asked, askedNote } = QUESTIONS[kind];
  if (isOpen(run, kind)) addNote(run.state, `${asked} by ${by} was ignored: one is open already.`);
  else if (moveClock(run, asked, at, by)) {
    run.notice(kind, 'subject', 'recorded', note ?? askedNote);
  }
}

function answer(run: RequestRun, kind: keyof typeof QUESTIONS, { at, note, by }: Asked): void {
  const { answered, answeredNote } = QUESTIONS[kind];
  if (!isOpen(run, kind)) {
    addNote(run.state, `${answered} by ${by} was ignored: no ${kind} is open.`);
  } else if (moveClock(run, answered, at, by)) {
    run.notice(kind, 'operator', 'recorded', note ?? answeredNote);
  }
}

/** Whether the subject was asked, and has not answered. */
export function isOpen(
  { state }: Pick<RequestRun, 'state'>,
  kind: keyof typeof QUESTIONS,
): boolean {
  const count = (type: string) => state.events.filter((event) => event.type === type).length;
  return count(QUESTIONS[kind].asked) > count(QUESTIONS[kind].answered);
}

function moveClock(
  run: RequestRun,
  type: ClockEvent['type'],
  at: string | undefined,
  by: string,
): boolean {
  const moment = at ?? run.now();
  if (isFuture(run, moment)) {
    addNote(run.state, `${type} by ${by} lies in the future and was ignored.`);
    return false;
  }
  run.state.events.push({ type, at: moment });
  return true;
}

/** Judges the answers that came before their systems were known. */
export function judgeEarlyAnswers(run: RequestRun): void {
  const { state } = run;
  const early = state.earlyAnswers.map((it) => messages.vendorResponded.parse(it));
  const ready = early.filter(
    ({ system }) => taskOf(state, system) !== undefined || state.systemsKnown,
  );
  state.earlyAnswers = early.filter((it) => !ready.includes(it));
  for (const answer of ready) {
    recordAnswer(run, answer);
  }
}
