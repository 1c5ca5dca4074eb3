import { CancellationScope, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { instant, type CalendarDate, type Instant } from '../domain/dates.ts';
import type { Notice, Stage, Timetable, Wait } from '../domain/status.ts';
import type { Plan } from '../domain/plan.ts';
import { currentDetails, localDay } from './current-details.ts';
import { brief } from './ordering.ts';
import { publicStatus, type State } from './state.ts';
import { before } from './waiting.ts';

const DAY = 24 * 3600 * 1000;

const keys = {
  stage: defineSearchAttributeKey('DossierStage', 'KEYWORD'),
  law: defineSearchAttributeKey('DossierLaw', 'KEYWORD'),
  dueBy: defineSearchAttributeKey('DossierDueBy', 'DATETIME'),
  waitingOn: defineSearchAttributeKey('DossierWaitingOn', 'KEYWORD_LIST'),
  overdue: defineSearchAttributeKey('DossierOverdue', 'BOOL'),
};
/** The server keeps 2 KB per value: a list of waits is cut long before. */
const LISTED_WAITS = 30;

/** One running request: its state, and how it is shown while it waits. */
export class RequestRun {
  readonly state: State;
  /** Counts every message, so that loops notice that something happened. */
  version = 0;
  /** The story has come to its end in this run. */
  finished = false;
  /** Systems are being asked. */
  collecting = false;
  /** Cancelled when the request ends before its time. */
  readonly scope = new CancellationScope();
  /** What runs for each system, so that an order can stop it. */
  readonly scopes = new Map<string, CancellationScope>();
  readonly #shown: Record<string, string> = {};

  constructor(state: State) {
    this.state = state;
  }

  /** The workflow's time: the start of the current task. */
  now(): Instant {
    return instant(Date.now());
  }

  get plan(): Plan {
    if (this.state.plan === null) throw new Error('The request has no plan yet.');
    return this.state.plan;
  }

  get timetable(): Timetable {
    if (this.state.status.timetable === null) throw new Error('The request has no timetable yet.');
    return this.state.status.timetable;
  }

  /** The last instant of a day in the law's zone, give or take a change of the clocks. */
  endOf(day: CalendarDate): Instant {
    const { answerBy, dueAt } = this.timetable;
    return instant(Date.parse(dueAt) - (Date.parse(answerBy) - Date.parse(day)));
  }

  /** The day of the law's zone on which a moment lies, give or take a change of the clocks. */
  dayOf(at: Instant): CalendarDate {
    return localDay(this.timetable, at);
  }

  after(days: number, from: Instant = this.now()): Instant {
    return instant(Date.parse(from) + days * DAY);
  }

  /** Until when answers are waited for: the cut-off, or longer for a request that came after it. */
  collectUntil(): Instant {
    const { cutOffAt } = this.timetable;
    const { lateUntil } = this.state;
    return lateUntil !== null && lateUntil > cutOffAt ? lateUntil : cutOffAt;
  }

  enter(stage: Stage): void {
    this.state.status.stage = stage;
    this.publish();
  }

  /** Something happened: loops look again, and the page of the request shows it. */
  touch(): void {
    this.version += 1;
    this.publish();
  }

  /** Shows the state in the search attributes that changed and in the current details. */
  publish(): void {
    const status = publicStatus(this.state);
    const changed = (name: string, value: unknown): boolean => {
      const text = JSON.stringify(value);
      if (this.#shown[name] === text) return false;
      this.#shown[name] = text;
      return true;
    };
    const waitingOn = status.waitingOn.slice(0, LISTED_WAITS);
    const dueAt = status.timetable?.dueAt;
    const pairs = [
      ...(changed('stage', status.stage) ? [{ key: keys.stage, value: status.stage as string }] : []),
      ...(status.law !== null && changed('law', status.law) ? [{ key: keys.law, value: status.law }] : []),
      ...(dueAt !== undefined && changed('dueBy', dueAt) ? [{ key: keys.dueBy, value: new Date(dueAt) }] : []),
      ...(changed('waitingOn', waitingOn) ? [{ key: keys.waitingOn, value: waitingOn }] : []),
      ...(changed('overdue', status.overdue) ? [{ key: keys.overdue, value: status.overdue }] : []),
    ];
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    setCurrentDetails(currentDetails(status, this.state.plan?.lawTitle ?? null));
  }

  /** Writes a line of the diary. */
  notice(kind: Notice['kind'], to: string, state: Notice['state'], note: string): void {
    this.state.status.notices.push({ kind, to, at: this.now(), state, note });
  }

  /** Writes a line of the diary, and the letter that belongs to it into the outbox. */
  async letter(kind: Notice['kind'], to: string, note: string, text: string): Promise<void> {
    this.notice(kind, to, 'to-send', note);
    this.state.letters += 1;
    const name = `${String(this.state.letters).padStart(3, '0')}-${kind}`;
    this.publish();
    await brief.writeLetter.executeWithOptions({ summary: `write the ${kind} letter` }, [
      { requestId: this.state.request.requestId, name, kind, to, text },
    ]);
  }

  /** Waits as `before` does, and shows meanwhile who must act, why, until when and what happens then. */
  async waitFor(wait: Omit<Wait, 'since' | 'until'>, until: () => Instant | null, happened: () => boolean): Promise<boolean> {
    if (happened()) return true;
    const since = (this.state.waitingSince[wait.on] ??= this.now());
    const deadline = () => {
      const at = until();
      const shown = this.state.waits[wait.on];
      if (shown?.until !== at || shown.reason !== wait.reason) this.state.waits[wait.on] = { ...wait, since, until: at };
      return at;
    };
    deadline();
    this.publish();
    try {
      return await before(deadline, happened, `${wait.on}: ${wait.then}`);
    } finally {
      delete this.state.waits[wait.on];
      if (!workflowInfo().continueAsNewSuggested) delete this.state.waitingSince[wait.on];
      this.touch();
    }
  }
}
