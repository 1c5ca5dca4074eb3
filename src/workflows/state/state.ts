import type { Mapped, NotIncluded, NumberedProfile, Withheld } from '../../activities/inputs.ts';
import { sumOf, type Cost } from '../../contract/cost.ts';
import type { Instant } from '@dossier/law';
import type { ClockEvent, Plan, PlannedSystem } from '../../contract/plan.ts';
import type { Located } from '../../contract/profile.ts';
import type { ReceiptRef } from '../../contract/receipt.ts';
import { newTask, type Task } from './task.ts';
import { identifiersOf, type CheckedRequest } from '../../contract/request.ts';
import type { Gap, ProfileStatus, RequestStatus, Wait } from '../../contract/status.ts';

export type { Task } from './task.ts';

/** A reply whose files must still be taken in. */
export interface OpenAnswer {
  readonly answerId: string;
  readonly system: string;
  readonly files: readonly { readonly uri: string; readonly sha256?: string }[];
}

/**
 * A fact that could not be read yet. It has either `sealed` or `clear`: the payload as it came, or
 * what it holds.
 */
export interface UnreadFact {
  readonly id: string;
  readonly name: string;
  /** The ID of the key that encrypts it. */
  readonly key: string;
  readonly sealed?: string;
  readonly clear?: unknown;
  readonly at: Instant;
}

/** What an operator decided on one profile; the key is `profileKey`. */
export interface Decision {
  readonly include: boolean;
  readonly reason: string;
  readonly by: string;
}

/**
 * All that a request knows. It is plain JSON, because continue-as-new carries it over. Fields are
 * only ever added.
 */
export interface State {
  request: CheckedRequest;
  status: RequestStatus;
  plan: Plan | null;
  events: ClockEvent[];
  /** How many events the timetable accounts for. */
  eventsPlanned: number;
  confirmed: string[];
  identityDecided: boolean;
  located: Located | null;
  locateFailed: Gap['because'] | null;
  decisions: Record<string, Decision>;
  /** The profiles that are exported, once the match is settled. */
  profiles: NumberedProfile[] | null;
  maps: Record<string, Mapped>;
  /** Receipts of exported objects, by `<data space>/<object>`. */
  exported: Record<string, ReceiptRef>;
  tasks: Record<string, Task>;
  /** Whether every system that will be asked is known. */
  systemsKnown: boolean;
  receipts: ReceiptRef[];
  openAnswers: OpenAnswer[];
  /** Signals for systems that are not known yet. */
  earlyAnswers: unknown[];
  /** Facts that came in clear before it was known whether they are accepted. */
  held?: {
    readonly name: string;
    readonly message: unknown;
    readonly origin: 'clear' | 'unbound';
  }[];
  answerCount: number;
  withheld: Withheld[];
  notIncluded: NotIncluded[];
  approvedRevision: number | null;
  /** Collecting continues until then, although the cut-off has passed. */
  lateUntil: Instant | null;
  /** Since when it continues so. A moved answer date limits it anew. */
  lateSince?: Instant;
  /**
   * Replies whose files could not be taken in before the answer was due. The package does not
   * contain them.
   */
  leftAnswers?: string[];
  waits: Record<string, Wait>;
  /** Since when each wait exists. It is kept when the history begins anew. */
  waitingSince: Record<string, Instant>;
  /** When the one who must act was last asked again. */
  promptedAt: Record<string, Instant>;
  /** Until when late replies are gathered for a supplement. */
  gatherUntil: Instant | null;
  letters: number;
  /** Names of the receipts that the package or a supplement holds. */
  packaged: string[];
  /** Replies by what they say, so that the same reply twice is one. */
  answerKeys: Record<string, string>;
  extensionAsked: boolean;
  overdueSaid: boolean;
  /** Whether an operator was told that receipt must be confirmed to the subject. */
  acknowledgeSaid?: boolean;
  /** The day in a notice of extension that is not yet recorded as sent. */
  extensionUntil?: string;
  /** The notes that the package also shows; the others are for operators. */
  remarks?: string[];
  /** Why the request ends before its package, if it does. */
  ending: {
    readonly as: 'withdrawn' | 'refused';
    readonly reason: string;
    readonly by: string;
  } | null;
  registered: boolean;
  /** The run in which it was registered. */
  registeredIn?: string;
  /**
   * Whether an operator was asked if a request that was reset after its answer is answered once
   * more. `readAgain`: the operator wants it.
   */
  resetAsked?: boolean;
  readAgain?: boolean;
  /**
   * Since when that decision is awaited, and why. States of earlier releases lack it; there the
   * activity that asked first shows the wait.
   */
  resetWait?: Pick<Wait, 'since' | 'reason'>;
  /** Whether a former run had ended it: its vendors and the subject know. */
  endedBefore?: boolean;
  /** When the workflow was cancelled in Temporal, which an operator must decide on. */
  cancelledAt?: Instant;
  /** Whether an operator was told about the cancellation. */
  cancelSaid?: boolean;
  /** Facts that came encrypted with a key that no worker had, in order. */
  unread?: UnreadFact[];
  runs: number;
}

/** A request that has just been received. */
export function newState(request: CheckedRequest): State {
  const all = identifiersOf(request.subject).map(({ name }) => name);
  const confirmed = confirmedOf(request.identity, all);
  return {
    request,
    status: {
      requestId: request.requestId,
      type: request.type,
      law: request.law ?? null,
      stage: 'received',
      receivedOn: null,
      timetable: null,
      identity: request.identity,
      overdue: false,
      willBeLate: null,
      waitingOn: [],
      profiles: [],
      systems: [],
      lookups: [],
      waits: [],
      answers: [],
      notices: [],
      supplements: [],
      revision: 0,
      gaps: [],
      package: null,
      notes: [],
    },
    plan: null,
    events: [],
    eventsPlanned: 0,
    confirmed,
    identityDecided: request.identity !== 'required',
    located: null,
    locateFailed: null,
    decisions: {},
    profiles: null,
    maps: {},
    exported: {},
    tasks: {},
    systemsKnown: false,
    receipts: [],
    openAnswers: [],
    earlyAnswers: [],
    answerCount: 0,
    withheld: [],
    notIncluded: [],
    approvedRevision: null,
    lateUntil: null,
    waits: {},
    waitingSince: {},
    promptedAt: {},
    gatherUntil: null,
    letters: 0,
    packaged: [],
    answerKeys: {},
    extensionAsked: false,
    overdueSaid: false,
    ending: null,
    registered: false,
    runs: 1,
  };
}

/** A profile's unique name in a request. It is never the party ID alone. */
export const profileKey = (it: {
  dataSpace: string;
  partyId: string;
  keyQualifier: string;
  dataSource: string;
}): string => JSON.stringify([it.dataSpace, it.partyId, it.keyQualifier, it.dataSource]);

/** A profile as people and the command line write it. */
export const profileName = (it: {
  dataSpace: string;
  partyId: string;
  keyQualifier: string;
}): string => `${it.partyId}@${it.dataSpace}${it.keyQualifier === '' ? '' : `/${it.keyQualifier}`}`;

/** The first of many names. */
export const shortList = (names: readonly string[], shown = 10): string =>
  `${names.slice(0, shown).join(', ')}${names.length > shown ? ` and ${names.length - shown} more` : ''}`;

/** Whether the request is at a stage after which nothing changes. */
export const ended = (state: State): boolean =>
  ['closed', 'refused', 'withdrawn'].includes(state.status.stage);
/** Whether the package has not yet been put together. */
export const open = (state: State): boolean =>
  state.status.package === null &&
  [
    'received',
    'planning',
    'verifying',
    'locating',
    'reviewing-match',
    'collecting',
    'reviewing-package',
  ].includes(state.status.stage);

/** Whether every reply that the package waits for is taken in. */
export const takenIn = ({ openAnswers, leftAnswers = [] }: State): boolean =>
  openAnswers.every(({ answerId }) => leftAnswers.includes(answerId));

/** The task of a system, by a name from outside: `constructor` and the like name none. */
export const taskOf = ({ tasks }: Pick<State, 'tasks'>, system: string): Task | undefined =>
  Object.hasOwn(tasks, system) ? tasks[system] : undefined;

/** Adds a task for a system that will be asked, unless it is already there. */
export function addTask(state: State, system: PlannedSystem, listed = true): void {
  if (taskOf(state, system.id) !== undefined) return;
  state.tasks[system.id] = newTask(system, listed);
}

/** Records a gap, and replaces earlier ones of the same system, profile and note. */
export function addGap(state: State, gap: Gap): void {
  state.status.gaps = [
    ...state.status.gaps.filter(
      (it) => !(it.system === gap.system && it.profile === gap.profile && it.note === gap.note),
    ),
    gap,
  ];
  state.status.revision += 1;
}

/** Removes every gap of a system, except what nobody reviewed in time. */
export function clearGaps(state: State, system: string): void {
  const kept = state.status.gaps.filter(
    (gap) => gap.system !== system || gap.because === 'not-reviewed',
  );
  if (kept.length !== state.status.gaps.length) state.status.revision += 1;
  state.status.gaps = kept;
}

/**
 * Whether a gap says that a system could not be read. Rows, profiles or parts that are left out on
 * purpose are no such gaps.
 */
export const isUnread = (gap: Gap, system: string): boolean =>
  gap.system === system &&
  gap.because !== 'ambiguous-rows' &&
  gap.partial !== true &&
  gap.because !== 'not-reviewed';

/** Adds a receipt, and replaces an earlier one of the same name. */
export function addReceipt(state: State, receipt: ReceiptRef): void {
  state.receipts = [...state.receipts.filter(({ name }) => name !== receipt.name), receipt];
  state.status.revision += 1;
}

/**
 * Removes receipts whose files will soon be written again. Until the new receipts are complete,
 * nothing vouches for the files.
 */
export function dropReceipts(state: State, isStale: (receipt: ReceiptRef) => boolean): void {
  const kept = state.receipts.filter((receipt) => !isStale(receipt));
  if (kept.length !== state.receipts.length) state.status.revision += 1;
  state.receipts = kept;
}

/** Receipts that no archive holds yet. */
export const unpackaged = ({ receipts, packaged }: State): ReceiptRef[] =>
  receipts.filter(({ name }) => !packaged.includes(name));

/** Adds what an activity took. */
export function addCost(state: State, system: string, cost: Cost | undefined): void {
  if (cost === undefined) return;
  state.status.cost = { ...state.status.cost, [system]: sumOf(cost, state.status.cost?.[system]) };
}

/** How many profiles `status` shows. */
export const SHOWN = 500;
const NOTES_KEPT = 200;

/**
 * Adds a line once to the notes for operators; the subject never sees who decided what. The oldest
 * are dropped, so that no sender of nonsense can fill the history.
 */
export function addNote(state: State, note: string): void {
  if (state.status.notes.includes(note)) return;
  state.status.notes = [...state.status.notes, note].slice(-NOTES_KEPT);
}

/**
 * Adds a line to the notes that the package also shows: what the subject must know of the search.
 */
export function addRemark(state: State, remark: string): void {
  addNote(state, remark);
  if (state.remarks?.includes(remark) !== true) state.remarks = [...(state.remarks ?? []), remark];
}

/** Removes a note, from the package too. */
export function removeNote(state: State, note: string): void {
  state.status.notes = state.status.notes.filter((it) => it !== note);
  if (state.remarks !== undefined) state.remarks = state.remarks.filter((it) => it !== note);
}

/** Every gap, including those of withheld files. */
export function gapsOf(state: State): Gap[] {
  const withheld = state.withheld.map(({ path, reason, cite }): Gap => {
    const [folder, name] = path.split('/');
    return {
      system: folder === 'systems' && name !== undefined ? name : 'data-cloud',
      because: 'withheld',
      note: `${path}: ${reason}${cite === undefined ? '' : ` (${cite})`}`,
      file: path,
    };
  });
  return [...state.status.gaps, ...withheld];
}

/** The decision that Temporal's button "Request Cancellation" leaves to an operator. */
function cancelWaits({ cancelledAt, ending }: State): Wait[] {
  if (cancelledAt === undefined || ending !== null) return [];
  return [
    {
      on: 'operator:cancelled',
      owner: 'operator',
      since: cancelledAt,
      until: null,
      then: 'the request goes on',
      reason:
        'The workflow was cancelled in Temporal. Nothing was stopped, deleted or told to the ' +
        'subject. End the request (withdraw), or say that it goes on (continueRequest).',
    },
  ];
}

/**
 * The wait of a request that was reset after its answer. It belongs to the request, because the
 * activity that asked first may be stopped before it is decided.
 */
export const RESET_WAIT = {
  on: 'operator:reset',
  owner: 'operator',
  then: 'nothing is read or sent',
} as const;
function resetWaits({ resetAsked, readAgain, resetWait, ending, waits }: State): Wait[] {
  const awaited =
    resetAsked === true &&
    readAgain !== true &&
    ending === null &&
    !Object.hasOwn(waits, RESET_WAIT.on);
  return awaited && resetWait !== undefined ? [{ ...RESET_WAIT, ...resetWait, until: null }] : [];
}

/**
 * One wait for all facts that could not be read. Its name does not depend on their keys: a replay
 * by a worker that has the keys does not know them, and must set the same search attributes.
 */
function keyWaits({ unread = [] }: State): Wait[] {
  const [first] = unread;
  if (first === undefined) return [];
  const keys = [...new Set(unread.map(({ key }) => key))].join(', ');
  return [
    {
      on: 'operator:codec-key',
      owner: 'operator',
      since: first.at,
      until: null,
      then: 'everything else goes on without it',
      reason:
        `${unread.map(({ name }) => name).join(', ')}: encrypted with the key ${keys}, which ` +
        'no worker has. Add it to DOSSIER_CODEC_KEYS of the workers; then the fact counts.',
    },
  ];
}

/** The public status, as the query, updates and the result return it. */
export function publicStatus(state: State): RequestStatus {
  const closed = new Set(
    Object.values(state.tasks)
      .filter((task) => task.closed)
      .map(({ system }) => system.id),
  );
  const waits = [
    ...Object.values(state.waits).filter(({ on }) => !closed.has(on)),
    ...(ended(state) ? [] : [...resetWaits(state), ...cancelWaits(state), ...keyWaits(state)]),
  ];
  const held = waits.filter(({ owner }) => owner !== 'dossier');
  const waiting = Object.values(state.tasks)
    .filter((task) => !task.closed && task.status.state === 'waiting')
    .map(({ system }) => system.id);
  return {
    ...state.status,
    gaps: gapsOf(state),
    waits,
    waitingOn: [...new Set([...held.map(({ on }) => on), ...waiting])],
    systems: Object.values(state.tasks)
      .filter(({ listed }) => listed)
      .map(({ status }) => status),
    profiles: state.status.profiles.slice(0, SHOWN).map((profile) => withDecision(state, profile)),
  };
}

function withDecision({ decisions }: State, profile: ProfileStatus): ProfileStatus {
  const decision = decisions[profileKey(profile)];
  return decision === undefined
    ? profile
    : { ...profile, decided: decision.include ? 'included' : 'left-out' };
}

/** The identifiers that are confirmed when a request begins. */
function confirmedOf(identity: CheckedRequest['identity'], all: string[]): string[] {
  if (identity === 'confirmed') return all;
  return identity === 'required' ? [] : identity.confirmed;
}
