import { CancellationScope } from '@temporalio/workflow';
import type { LetterFacts, LetterKind, LetterInput } from '../../activities/inputs.ts';
import { insisted, quick } from '../activities/calls.ts';
import { onceStuck } from '../beside/own-failures.ts';
import type { RequestRun } from './request-run.ts';

type Letter = Omit<LetterInput, 'requestId' | 'name'>;

/** Writes a diary entry, and the letter that belongs to it into the outbox. */
export async function writeLetter(run: RequestRun, letter: Letter, note: string): Promise<void> {
  await write(run, letter, note);
}

/** Writes a diary entry, and a letter to the subject into the outbox. */
export async function writeToSubject(
  run: RequestRun,
  {
    kind,
    note,
    more,
  }: {
    readonly kind: LetterKind;
    readonly note: string;
    readonly more: Partial<LetterFacts>;
  },
): Promise<void> {
  const { state, plan } = run;
  const letter: LetterFacts = {
    kind,
    request: state.request,
    law: plan.law,
    receivedOn: plan.receivedOn,
    answerBy: run.timetable.answerBy,
    ...more,
  };
  await write(
    run,
    { kind: kind === 'supplement' ? 'delivery' : kind, to: 'subject', text: note, letter },
    note,
  );
}

async function write(run: RequestRun, letter: Letter, note: string): Promise<void> {
  const { kind, to } = letter;
  run.notice(kind, to, 'to-send', note);
  run.state.letters += 1;
  const name = `${String(run.state.letters).padStart(3, '0')}-${kind}`;
  run.publish();
  const summary = run.showsFailures
    ? `write the ${kind} letter, ${name}`
    : `write the ${kind} letter`;
  // A letter with a diary entry is written even if the system that it is about is no longer asked.
  const order = { requestId: run.state.request.requestId, name, ...letter };
  const written = CancellationScope.nonCancellable(() =>
    insisted(run, () => quick.writeLetter.executeWithOptions({ summary }, [order])),
  );
  if (!run.showsFailures) return written;
  // No request waits for a letter. A letter that cannot be written now is written later, and dates
  // are kept meanwhile.
  run.unwritten += 1;
  const done = written.finally(() => {
    run.unwritten -= 1;
  });
  await Promise.race([done, new Promise<void>((resolve) => onceStuck(summary, resolve))]);
}
