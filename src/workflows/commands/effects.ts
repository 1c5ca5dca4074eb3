import { condition, isCancellation, patched } from '@temporalio/workflow';
import type { Message, MessageName } from '../../contract/messages.ts';
import { forgetReplies, recordAnswer, repeated, retract } from './vendor-answers.ts';
import { extendDeadline } from './extend-deadline.ts';
import type { OrderName } from './messages.ts';
import { quick } from '../activities/calls.ts';
import { refusal } from '../../contract/refusals.ts';
import { notAllowed } from './not-allowed.ts';
import { correctRequest, replan } from './replan.ts';
import type { RequestRun } from '../state/request-run.ts';
import { isLookedUp, rules } from './rules.ts';
import {
  addGap,
  addNote,
  clearGaps,
  dropReceipts,
  ended,
  profileKey,
  profileName,
  shortList,
  taskOf,
  unpackaged,
  type State,
} from '../state/state.ts';

type Body<Order extends OrderName> = Message<Order extends MessageName ? Order : 'vendorResponded'>;

/** Carries an order out that the rules allow. */
export async function obey<Order extends OrderName>(
  run: RequestRun,
  name: Order,
  message: Body<Order>,
): Promise<void> {
  await (orders[name] as (run: RequestRun, message: Body<Order>) => void | Promise<void>)(
    run,
    message,
  );
}

const orders: {
  readonly [Order in OrderName]: (run: RequestRun, message: Body<Order>) => void | Promise<void>;
} = {
  respondForVendor: (run, message) => {
    if (repeated(run, message) === undefined || message.outcome === 'in-progress') {
      recordAnswer(run, message);
    } else {
      addNote(run.state, `An answer of ${message.system} came again and was already recorded.`);
    }
  },
  retractAnswer: (run, message) => {
    retract(run, message);
    addNote(
      run.state,
      `The answer ${message.answerId} was taken back by ${message.by}: ${message.reason}.`,
    );
  },
  decideMatch: (run, { decisions, by }) => {
    const { state } = run;
    for (const note of inWords(decisions, by)) {
      addNote(state, note);
    }
    for (const it of decisions) {
      for (const profile of state.located?.profiles ?? []) {
        const meant =
          profile.partyId === it.partyId &&
          profile.dataSpace === it.dataSpace &&
          (it.keyQualifier === undefined || profile.keyQualifier === it.keyQualifier);
        if (meant) {
          state.decisions[profileKey(profile)] = { include: it.include, reason: it.reason, by };
        }
      }
    }
  },
  continueRequest: ({ state }, { reason, by }) => {
    if (state.cancelledAt !== undefined) {
      delete state.cancelledAt;
      delete state.cancelSaid;
      addNote(
        state,
        `The request goes on although its workflow was cancelled in Temporal, by ${by}: ${reason}.`,
      );
    }
    if (state.resetAsked !== true || state.readAgain === true) return;
    state.readAgain = true;
    addNote(
      state,
      `The request is answered once more after it was reset in Temporal, by ${by}: ${reason}.`,
    );
  },
  extendDeadline,
  correctRequest,
  replan,
  retrySystem: (run, { system, by }) => {
    const { state } = run;
    addNote(state, `${system} is tried again, by ${by}.`);
    if (isLookedUp(run, system)) {
      clearGaps(state, system);
      state.locateFailed = null;
      run.scopes.get('locate')?.cancel();
      return;
    }
    const task = taskOf(state, system);
    if (task === undefined) return;
    if (task.system.kind === 'data-cloud') readAnew(state);
    else if (
      task.system.kind === 'cloud' &&
      state.receipts.some((it) => it.system === system) &&
      patched(FILES_ANEW)
    ) {
      // The new export replaces the same files: the old receipt would vouch for what is no longer
      // there.
      dropReceipts(state, (receipt) => receipt.system === system);
      task.status.files = 0;
    }
    clearGaps(state, system);
    forgetReplies(run, system);
    task.generation += 1;
    task.closed = false;
    task.way = null;
    task.reference = null;
    task.status.state = 'pending';
    task.status.outcome = null;
    run.scopes.get(system)?.cancel();
  },
  skipSystem: (run, { system, reason, by }) => {
    const { state } = run;
    const restricted = state.status.gaps.filter(
      (gap) => gap.system === system && gap.because === 'restricted',
    );
    clearGaps(state, system);
    for (const gap of restricted) {
      addGap(state, gap);
    }
    addGap(state, { system, because: 'skipped', note: reason });
    addNote(state, `${system} is left out, by ${by}: ${reason}.`);
    if (isLookedUp(run, system)) {
      state.locateFailed = 'skipped';
      run.scopes.get('locate')?.cancel();
      return;
    }
    const task = taskOf(state, system);
    if (task === undefined) return;
    task.closed = true;
    task.status.state = 'gap';
    run.scopes.get(system)?.cancel();
  },
  approvePackage: (run, { revision, by }) => {
    run.state.approvedRevision = revision;
    addNote(run.state, `Revision ${revision} was approved by ${by}.`);
  },
  withholdFiles: async (run, message) => {
    const { state } = run;
    const { files, reason, cite } = message;
    const look = () =>
      quick.findUnknownFiles.executeWithOptions(
        { summary: 'check the names of files to withhold' },
        [{ receipts: unpackaged(state), files }],
      );
    const unknown = patched('an-end-stops-looking-for-files')
      ? await untilItsEnd(run, look)
      : await look();
    if (unknown.length > 0) {
      throw notAllowed(
        refusal(
          'no-such-file',
          `The package would hold no file ${unknown.map((name) => `"${name}"`).join(', ')}. ` +
            `\`dossier request files\` names the files.`,
          'files',
        ),
      );
    }
    const late = rules.withholdFiles(run, message);
    if (late !== undefined) throw notAllowed(late);
    const kept = state.withheld.filter(({ path }) => !files.includes(path));
    state.withheld = [
      ...kept,
      ...files.map((path) => ({ path, reason, ...(cite !== undefined && { cite }) })),
    ];
    state.status.revision += 1;
  },
  withdraw: async (run, { reason, by }) => {
    run.state.ending = { as: 'withdrawn', reason, by };
    run.scope.cancel();
    await condition(() => ended(run.state));
  },
};

/**
 * Gives an order that the end of the request stops: the files that it looks at are deleted, and it
 * would be tried for ever.
 *
 * @throws ApplicationFailure `not-allowed` where it was stopped
 */
async function untilItsEnd<Result>(run: RequestRun, order: () => Promise<Result>): Promise<Result> {
  try {
    return await run.scope.run(order);
  } catch (error) {
    throw isCancellation(error)
      ? notAllowed(refusal('wrong-stage', 'The request has ended meanwhile.'))
      : error;
  }
}

/** What an operator decided, a line for each answer and reason. */
function inWords(decisions: Body<'decideMatch'>['decisions'], by: string): string[] {
  const lines = new Map<string, string[]>();
  for (const it of decisions) {
    const what = `${it.include ? "the subject's" : 'left out'}, by ${by}: ${it.reason}.`;
    lines.set(what, [
      ...(lines.get(what) ?? []),
      profileName({ ...it, keyQualifier: it.keyQualifier ?? '' }),
    ]);
  }
  return [...lines].map(([what, names]) => `${shortList(names)}: ${what}`);
}

/** Guards that files which are read anew are vouched for by their new receipts alone. */
const FILES_ANEW = 'a-retry-takes-receipts-back';

/**
 * Has the data model read anew; and all objects, where what they gave may have been hidden by a
 * restriction.
 */
function readAnew(state: State): void {
  state.maps = {};
  if (
    !state.status.gaps.some(
      ({ system, because, profile }) =>
        system === 'data-cloud' && because === 'restricted' && profile !== undefined,
    )
  ) {
    return;
  }
  const stale = new Set(Object.values(state.exported).map(({ name }) => name));
  if (stale.size > 0 && patched(FILES_ANEW)) {
    dropReceipts(state, ({ system, name }) => system === 'data-cloud' && stale.has(name));
    const task = taskOf(state, 'data-cloud');
    if (task !== undefined) task.status.files = 0;
  }
  state.exported = {};
  for (const shown of state.status.profiles) {
    shown.rows = 0;
  }
}
