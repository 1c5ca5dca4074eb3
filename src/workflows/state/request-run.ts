import {
  CancellationScope,
  condition,
  patched,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { LetterFacts, LetterKind } from '../../activities/inputs.ts';
import { instant, type CalendarDate, type Instant } from '@dossier/law/days';
import { collectingEnd, waitEnd } from '../dates/in-time.ts';
import { LIMITS, withinBytes } from '../../contract/limits.ts';
import { localDay } from '@dossier/law/days';
import type { Notice, Stage, Timetable, Wait } from '../../contract/status.ts';
import type { Plan } from '../../contract/plan.ts';
import { willBeLate } from '../dates/will-be-late.ts';
import { OWN_WAITS } from '../../contract/own-failure.ts';
import { currentDetails } from '../beside/current-details.ts';
import { ended, publicStatus, type State } from './state.ts';
import { showOwnFailures, type OwnFailure } from '../beside/own-failures.ts';
import { writeLetter, writeToSubject } from './diary.ts';
import { listedChanges, type Shown } from './listing.ts';
import { before, earliest, meanwhile, Suspended } from './waiting.ts';

const DAY = 24 * 3600 * 1000;
/** The least days of collecting if it can begin only on the last day. */
const LEAST_GRACE = 0.25;

/** Who must act, why, and what happens without them. */
export type Waiting = Omit<Wait, 'since' | 'until'>;
/** When and how somebody is asked again, counted from the last time. */
export interface Prompt {
  readonly next: (from: Instant) => Instant | null;
  readonly send: () => Promise<void>;
}

/** One running request: its state, and how it is shown while it waits. */
export class RequestRun {
  readonly state: State;
  /** Counts every message, so that loops notice that something happened. */
  version = 0;
  /** Counts the facts of this run. */
  facts = 0;
  /** Whether Temporal has cancelled this run. */
  cancelled = false;
  /** Whether the story has ended in this run. */
  finished = false;
  /** Whether failures of ours are waits that the status shows. */
  showsFailures = false;
  /** Whether the story continues in a next run. */
  suspended = false;
  /**
   * Whether no wait of ours passes the answer date, and the list says who will be late. A request
   * of 0.1.0 switches to it the next time that something happens.
   */
  inTime = false;
  /**
   * Letters that could not be written yet. The request continues without them, but does not end
   * before they are written.
   */
  unwritten = 0;
  /** Activities of ours that fail again and again. */
  readonly #failing = new Set<OwnFailure>();
  /** Settles when nothing runs beside the story any more. */
  beside: Promise<unknown> = Promise.resolve();
  /** Whether systems are being asked. */
  collecting = false;
  /** Cancelled when the request ends before its time. */
  readonly scope = new CancellationScope();
  /** What runs for each system, so that a command can stop it. */
  readonly scopes = new Map<string, CancellationScope>();
  readonly #shown: Shown = {};
  /** What the story waits for at this moment. */
  readonly #awaited = new Set<() => boolean>();
  /** Updates how each wait is shown: who waits, how many are left, until when. */
  readonly #waits = new Map<string, () => unknown>();

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

  /** The day of a moment in the law's zone, give or take a change of the clocks. */
  dayOf(at: Instant): CalendarDate {
    return localDay(this.timetable, at);
  }

  after(days: number, from: Instant = this.now()): Instant {
    return instant(Date.parse(from) + days * DAY);
  }

  /** Until when replies are waited for: the cut-off, or longer for a request that came after it. */
  collectUntil(): Instant {
    const { cutOffAt } = this.timetable;
    const { lateUntil, lateSince } = this.state;
    if (this.inTime) {
      return collectingEnd(
        this.timetable,
        lateUntil === null || lateSince === undefined
          ? null
          : { until: lateUntil, since: lateSince },
      );
    }
    return lateUntil !== null && lateUntil > cutOffAt ? lateUntil : cutOffAt;
  }

  /**
   * Continues collecting for some days after the cut-off, if something could begin only then. The
   * package is still sent in time: on the day before the answer is due, if that has not passed.
   */
  collectLonger(): void {
    const { state } = this;
    const now = this.now();
    if (now < this.collectUntil()) return;
    if (this.inTime) return this.collectFrom(now);
    const wished = this.after(Number.parseInt(this.plan.policy.lateWait, 10));
    const { dueAt } = this.timetable;
    const lastDay = this.after(-1, dueAt);
    state.lateUntil =
      now >= dueAt || wished < lastDay
        ? wished
        : earliest([wished, lastDay > now ? lastDay : this.after(LEAST_GRACE)]);
  }

  /**
   * Waits for replies as long as the policy says, counted from a moment, but never past what the
   * answer date allows.
   */
  collectFrom(now: Instant): void {
    this.state.lateSince = now;
    this.state.lateUntil = waitEnd(
      now,
      Number.parseInt(this.plan.policy.lateWait, 10),
      this.timetable.dueAt,
    );
  }

  /** Ends the story, and everything beside it. */
  finish(): void {
    this.finished = true;
    this.touch();
  }

  enter(stage: Stage): void {
    this.state.status.stage = stage;
    this.publish();
  }

  /** Reports that something happened: loops look again, and the page of the request shows it. */
  touch(): void {
    this.version += 1;
    for (const show of this.#waits.values()) {
      show();
    }
    this.publish();
  }

  /**
   * Waits until the story has noted what happened, so that a result returned now shows the effects.
   */
  async caughtUp(): Promise<void> {
    await condition(() => [...this.#awaited].every((happened) => !happened()));
    this.publish();
  }

  /** Shows the state in the search attributes that changed and in the current details. */
  publish(): void {
    this.#adopt();
    if (this.inTime) this.state.status.willBeLate = this.#outlook();
    const status = publicStatus(this.state);
    const pairs = listedChanges(status, { shown: this.#shown, inTime: this.inTime });
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    setCurrentDetails(
      withinBytes(currentDetails(status, this.state.plan?.lawTitle ?? null), LIMITS.details),
    );
  }

  /**
   * Lets a request that began under 0.1.0 switch to the new rules when something happens in it, but
   * never in the middle of a replay.
   */
  #adopt(): void {
    if (!this.showsFailures && patched('own-failures-are-waits')) {
      this.showsFailures = true;
      showOwnFailures((failure) => this.#fails(failure));
    }
    if (this.inTime || !patched('no-wait-passes-the-answer-date')) return;
    this.inTime = true;
    if (this.state.lateUntil !== null) this.state.lateSince ??= this.now();
  }

  /** Shows that something of ours fails until it has been done. */
  #fails(failure: OwnFailure): () => void {
    this.#failing.add(failure);
    this.#showFailing(failure.on);
    return () => {
      this.#failing.delete(failure);
      this.#showFailing(failure.on);
    };
  }

  #showFailing(on: string): void {
    const { waits, waitingSince } = this.state;
    const [first, ...others] = [...this.#failing].filter((it) => it.on === on);
    if (first === undefined) this.#waitIsOver(on);
    else {
      const more =
        others.length === 0
          ? ''
          : ` ${others.length} more ${others.length === 1 ? 'step stands' : 'steps stand'} still for it.`;
      waits[on] = {
        on,
        owner: 'operator',
        since: (waitingSince[on] ??= this.now()),
        until: null,
        reason: `${first.reason} This could not be done: ${first.doing}.${more}`,
        then:
          'tried again by itself every ' +
          `${on === OWN_WAITS.storage ? 'minute' : 'hour or sooner'} until it works`,
      };
    }
    this.touch();
  }

  #outlook() {
    const { state } = this;
    const { timetable, package: archive } = state.status;
    if (timetable === null || archive?.deliveredAt || ended(state) || state.ending !== null) {
      return null;
    }
    const owed = Object.values(state.tasks)
      .filter(({ closed }) => !closed)
      .map(({ system: { id }, status: { answerBy } }) => ({ id, answerBy }));
    return willBeLate({
      timetable,
      now: this.now(),
      waits: Object.values(state.waits),
      owed,
      collectUntil: this.collectUntil(),
      late: state.lateUntil !== null,
    });
  }

  /** Writes a diary entry. */
  notice(kind: Notice['kind'], to: string, state: Notice['state'], note: string): void {
    this.state.status.notices.push({ kind, to, at: this.now(), state, note });
  }

  /** Writes a diary entry, and the letter that belongs to it into the outbox. */
  letter(kind: Notice['kind'], to: string, note: string, text: string): Promise<void> {
    return writeLetter(this, { kind, to, text }, note);
  }

  /**
   * Writes a diary entry, and a letter to the subject into the outbox, in their language and with
   * the law's articles.
   */
  tellSubject(kind: LetterKind, note: string, more: Partial<LetterFacts> = {}): Promise<void> {
    return writeToSubject(this, { kind, note, more });
  }

  /**
   * Waits as `before` does. Meanwhile it shows who must act, why, until when and what happens then.
   * Who must act is asked again on the way: an operator as often as the policy reminds, others as
   * `prompt` says.
   */
  async waitFor(
    waiting: Waiting | (() => Waiting),
    until: () => Instant | null,
    happened: () => boolean,
    prompt?: Prompt,
  ): Promise<boolean> {
    const wait = typeof waiting === 'function' ? waiting : () => waiting;
    const { on } = wait();
    if (happened()) {
      this.#waitIsOver(on);
      return true;
    }
    const { next, send } = prompt ?? this.#reminder(wait, until);
    const { waits, waitingSince, promptedAt } = this.state;
    const since = (waitingSince[on] ??= this.now());
    const deadline = () => {
      const [limit, prompted] = [until(), next(promptedAt[on] ?? since)];
      const shown = { ...wait(), since, until: limit ?? prompted };
      if (JSON.stringify(waits[on]) !== JSON.stringify(shown)) waits[on] = shown;
      return earliest([limit, prompted]);
    };
    const reason = () => {
      const at = deadline();
      return (
        `${on}: ` +
        `${at === until() ? wait().then : 'ask again'}${at === null ? '' : `, ${this.dayOf(at)}`}`
      );
    };
    this.#waits.set(on, deadline);
    deadline();
    this.publish();
    // A system's wait runs beside the story.
    const waited = this.scopes.has(on) ? meanwhile : before;
    let suspended = false;
    try {
      for (;;) {
        this.#awaited.add(happened);
        if (
          await waited(deadline, happened, reason).finally(() => this.#awaited.delete(happened))
        ) {
          return true;
        }
        const limit = until();
        if (limit !== null && this.now() >= limit) return false;
        promptedAt[on] = this.now();
        await send();
      }
    } catch (error) {
      suspended = this.suspended || error instanceof Suspended;
      throw error;
    } finally {
      this.#waits.delete(on);
      if (!suspended) this.#waitIsOver(on);
      this.touch();
    }
  }

  #waitIsOver(on: string): void {
    delete this.state.waits[on];
    delete this.state.waitingSince[on];
    delete this.state.promptedAt[on];
  }

  /** Reminds an operator, as the policy says, before a wait ends without one. */
  #reminder(wait: () => Waiting, until: () => Instant | null): Prompt {
    return {
      next: (from) => (wait().owner === 'operator' ? this.nextReminder(until(), from) : null),
      send: () =>
        this.letter(
          'reminder',
          'operator',
          `${wait().on} still waits.`,
          `${wait().reason}\n\nUntil ${this.dayOf(until() ?? this.now())}; then: ${wait().then}.`,
        ),
    };
  }

  /** The first moment after `from` at which the policy reminds of something that ends at `end`. */
  nextReminder(end: Instant | null, from: Instant): Instant | null {
    if (end === null) return null;
    return earliest(
      this.plan.policy.remind
        .map((days) => this.after(-Number.parseInt(days, 10), end))
        .filter((at) => at > from),
    );
  }
}
