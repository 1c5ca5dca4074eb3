import { openCases } from '../choice/open-cases.ts';
import { addDays } from '../calendar/days.ts';
import { startOfDay } from '../calendar/zones.ts';
import { deadlines } from '../engine/deadlines.ts';
import { orderComplaints } from '../engine/events.ts';
import { strictestAnswer } from '../engine/strictest.ts';
import { LAWS } from '../laws/known.ts';
import type { Complaint } from '../model/complaint.ts';
import type { DueAnswer } from '../model/due.ts';
import { InvalidRequest } from '../model/invalid-request.ts';
import { beside } from './beside.ts';
import { checkDueQuestion } from './due-question.ts';

/**
 * The dates of one question, as `dossier law due` prints them.
 *
 * @throws InvalidRequest that names each field and the rule that it breaks
 *
 * @example
 * const question = { id: 'q-1', law: 'gdpr', country: 'FR', receivedAt: '2026-07-31' };
 * lawDue(question).dueOn; // '2026-08-31'
 */
export function lawDue(question: unknown): DueAnswer {
  const asked = checkDueQuestion(question);
  const { cases, notes } = openCases(LAWS, asked);
  const answers = cases.map((open) => {
    const disorder = orderComplaints(open.dated, open.facts.receivedOn);
    if (disorder.length > 0) throw new InvalidRequest(disorder);
    const { dueOn, extendedDueOn, acknowledgeOn, plannedOn, steps, doubts } = deadlines(
      open.edition,
      open.facts,
    );
    const dates: DueAnswer = {
      id: asked.id,
      law: open.id,
      receivedOn: open.facts.receivedOn,
      dueOn,
      ...(extendedDueOn !== null && { extendedDueOn }),
      ...(acknowledgeOn !== null && { acknowledgeOn }),
      plannedOn,
      steps: steps.map(({ rule, cite, from, to }) => ({ rule, cite, from, to })),
      doubts,
    };
    return {
      ...beside(open),
      dueAt: startOfDay(addDays(extendedDueOn ?? dueOn, 1), open.timeZone),
      dates,
    };
  });
  const answer = strictestAnswer(answers);
  return { ...answer, doubts: [...answer.doubts, ...notes] };
}

/** A question without a result, and why. */
export interface DueError {
  readonly id: string | null;
  readonly error: {
    readonly code: 'invalid-input';
    readonly message: string;
    readonly complaints: readonly Complaint[];
  };
}

/**
 * The result or the error of each question, in order.
 *
 * @throws InvalidRequest if `questions` is not an array
 *
 * @example
 * const questions = [{ id: 'q-1', law: 'gdpr', country: 'FR', receivedAt: '2026-07-31' }];
 * for (const answer of lawDueAll(questions)) {
 *   console.log('error' in answer ? answer.error.message : answer.dueOn);
 * }
 */
export function lawDueAll(questions: unknown): (DueAnswer | DueError)[] {
  if (!Array.isArray(questions)) {
    throw new InvalidRequest([
      { path: '', reason: 'must be an array of {id, law, country, receivedAt, events}' },
    ]);
  }
  return questions.map((question: unknown, index) => {
    try {
      return lawDue(question);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      return dueError(
        question,
        error.complaints.map(({ path, reason }) => ({
          path: path === '' ? `[${index}]` : `[${index}].${path}`,
          reason,
        })),
      );
    }
  });
}

function dueError(question: unknown, complaints: readonly Complaint[]): DueError {
  const named =
    typeof question === 'object' && question !== null && 'id' in question ? question.id : null;
  const id = typeof named === 'string' ? named : null;
  const message = `${id === null ? '' : `question "${id}": `}${new InvalidRequest(complaints).message}`;
  return { id, error: { code: 'invalid-input', message, complaints } };
}
