import { reasonRefusal } from '../../contract/extension-reason.ts';
import type { Message, MessageName } from '../../contract/messages.ts';
import { refusal as no, type Refusal } from '../../contract/refusals.ts';
import type { OrderName } from './messages.ts';
import { contradiction, notAVendor, repeated } from './vendor-answers.ts';
import { isAfter, isFuture } from '../dates/compare-moments.ts';
import type { RequestRun } from '../state/request-run.ts';
import { ended, open, takenIn, taskOf } from '../state/state.ts';

type Rules = {
  readonly [Order in OrderName]: (
    run: RequestRun,
    message: Message<Order extends MessageName ? Order : 'vendorResponded'>,
  ) => Refusal | undefined;
};

const pre = (run: RequestRun): string => `The request is at the stage ${run.state.status.stage}`;
const systemsOf = (run: RequestRun): string =>
  Object.keys(run.state.tasks).join(', ') || 'none yet';

/** Whether an order is about the search for the person, which goes on. */
export const isLookedUp = ({ state }: RequestRun, system: string): boolean =>
  system === 'data-cloud' &&
  state.located === null &&
  state.tasks[system] === undefined &&
  state.plan !== null &&
  open(state);

/**
 * Why an answer is refused whoever gives it: it is for a system that Dossier reads by itself.
 * Earlier versions took it.
 */
export const answersForOurs = (
  run: RequestRun,
  { system }: Message<'vendorResponded'>,
): Refusal | undefined => {
  const task = taskOf(run.state, system);
  const why = task && notAVendor(task);
  return why === undefined ? undefined : no('not-a-vendor', `${why}.`, 'system');
};

/**
 * Why an order is refused now, and what is allowed instead; nothing where it is allowed. Reads the
 * state and changes nothing.
 */
export const rules: Rules = {
  respondForVendor: (run, message) => {
    const task = taskOf(run.state, message.system);
    if (ended(run.state)) return no('wrong-stage', `${pre(run)}: no answer is taken any more.`);
    if (task === undefined) {
      return awaitsSystems(run)
        ? undefined
        : no(
            'no-such-system',
            `No system of this request is called "${message.system}"; known are ${systemsOf(run)}.`,
            'system',
          );
    }
    if (repeated(run, message) !== undefined) return undefined;
    const against = contradiction(task, message);
    return against === undefined ? undefined : no('contradicts-answer', against, 'outcome');
  },
  retractAnswer: (run, { system, answerId }) => {
    const entry = run.state.status.answers.find(
      (it) => it.answerId === answerId && it.system === system,
    );
    if (entry === undefined) {
      return no(
        'no-such-answer',
        `There is no answer "${answerId}" of "${system}"; known are ` +
          `${run.state.status.answers.map((it) => it.answerId).join(', ') || 'none'}.`,
        'answerId',
      );
    }
    if (entry.state !== 'counted') {
      return no(
        'nothing-to-take-back',
        `The answer "${answerId}" is ${entry.state}: there is nothing to take back.`,
        'answerId',
      );
    }
    if (open(run.state)) return undefined;
    const packaged = run.state.receipts.some(
      (it) => it.answerId === answerId && run.state.packaged.includes(it.name),
    );
    const packing = ['packaging', 'delivering'].includes(run.state.status.stage);
    if (packaged || packing || ended(run.state)) {
      return no(
        'packaged-already',
        `${pre(run)}, and the answer is part of what was packaged. Tell the subject, or ` +
          'withdraw the request (withdraw).',
        'answerId',
      );
    }
    return undefined;
  },
  decideMatch: (run, { decisions }) => {
    if (run.state.status.stage !== 'reviewing-match') {
      return no(
        'wrong-stage',
        `${pre(run)}: profiles are decided at reviewing-match only. To keep a file back, use withholdFiles.`,
      );
    }
    const found = run.state.located?.profiles ?? [];
    const unknown = decisions.find(
      (it) =>
        !found.some(
          (profile) =>
            profile.partyId === it.partyId &&
            profile.dataSpace === it.dataSpace &&
            (it.keyQualifier === undefined || profile.keyQualifier === it.keyQualifier),
        ),
    );
    return unknown === undefined
      ? undefined
      : no(
          'no-such-profile',
          `Decision ${decisions.indexOf(unknown) + 1} names a profile that was not found; ` +
            'see profiles in the status.',
          'decisions',
        );
  },
  extendDeadline: (run, { noticeSentAt, reason, until }) => {
    const { timetable } = run.state.status;
    if (
      timetable === null ||
      !(open(run.state) || ['packaging', 'delivering'].includes(run.state.status.stage))
    ) {
      return no('wrong-stage', `${pre(run)}: there is no deadline to extend.`);
    }
    const { allowed, used, latest, cite } = timetable.extension;
    if (!allowed) {
      return no(
        'no-extension',
        `The law allows no extension (${cite}); answer by ${timetable.answerBy}.`,
      );
    }
    if (used) {
      return no(
        'extended-already',
        `The deadline was extended already, and the law allows it once (${cite}); answer by ` +
          `${timetable.answerBy}.`,
      );
    }
    const sent = noticeSentAt ?? run.now();
    if (isFuture(run, sent)) {
      return no(
        'in-the-future',
        'noticeSentAt lies in the future: record the notice when it was sent.',
        'noticeSentAt',
      );
    }
    if (latest !== null && isAfter(run, sent, latest)) {
      return no(
        'too-late-to-extend',
        `An extension had to be announced by ${latest} (${cite}); answer by ${timetable.answerBy}.`,
      );
    }
    const { extended } = run.plan;
    if (extended === null) {
      return no(
        'no-extension',
        `No extended date is known under ${cite}; answer by ${timetable.answerBy}.`,
      );
    }
    if (until !== undefined && until <= timetable.answerBy) {
      return no(
        'no-later-day',
        `The answer is due by ${timetable.answerBy} anyway: an extension names a later day (${cite}).`,
        'until',
      );
    }
    if (until !== undefined && timetable.extension.namesDay !== true && until > extended.answerBy) {
      return no(
        'day-too-late',
        `The law extends until ${extended.answerBy} at the latest (${cite}).`,
        'until',
      );
    }
    const unlisted = reasonRefusal(reason, timetable.extension);
    return unlisted === undefined ? undefined : no('reason-not-allowed', unlisted, 'reason');
  },
  continueRequest: ({ state }) => {
    const asked =
      state.cancelledAt !== undefined || (state.resetAsked === true && state.readAgain !== true);
    return asked
      ? undefined
      : no(
          'nothing-to-decide',
          'There is nothing to decide: the request was neither cancelled nor reset in ' +
            'Temporal, or that is decided.',
        );
  },
  correctRequest: (run) => {
    if (run.state.plan === null) {
      return no('still-planned', `${pre(run)}: it is being planned; correct it in a moment.`);
    }
    return open(run.state)
      ? undefined
      : no(
          'wrong-stage',
          `${pre(run)}: a request is corrected before its package is made. Withdraw it and ` +
            'start another, with "continues" naming this one.',
        );
  },
  replan: (run, { accept }) => {
    if (
      run.state.plan === null ||
      !(open(run.state) || ['packaging', 'delivering'].includes(run.state.status.stage))
    ) {
      return no('wrong-stage', `${pre(run)}: there are no dates to plan anew.`);
    }
    if (accept && run.state.status.replan?.state !== 'proposed') {
      return no(
        'nothing-proposed',
        'There is nothing to accept: send replan without "accept" first, which shows how the ' +
          'dates would change.',
        'accept',
      );
    }
    return undefined;
  },
  retrySystem: (run, { system }) => {
    if (isLookedUp(run, system)) return undefined;
    const task = taskOf(run.state, system);
    if (task === undefined) {
      return no(
        'no-such-system',
        `No system of this request is called "${system}"; known are ${systemsOf(run)}.`,
        'system',
      );
    }
    if (!open(run.state)) {
      return no(
        'wrong-stage',
        `${pre(run)}: nothing is collected any more. A late answer (respondForVendor) becomes a supplement.`,
      );
    }
    if (task.status.state === 'done') {
      return no(
        'has-answered',
        `"${system}" has answered; take its answer back (retractAnswer) before asking again.`,
        'system',
      );
    }
    if (task.system.kind === 'data-cloud' && run.state.located === null) {
      return no(
        'search-ended',
        `The search for the person has ended without "${system}"; what it holds needs a ` +
          'request of its own, with "continues" naming this one.',
        'system',
      );
    }
    if (!task.listed && !task.closed) {
      return no(
        'unclaimed-source',
        `"${system}" is a data source that no system claims: give its data by ` +
          'respondForVendor, or close it by skipSystem.',
        'system',
      );
    }
    return undefined;
  },
  skipSystem: (run, { system }) => {
    if (isLookedUp(run, system)) return undefined;
    const task = taskOf(run.state, system);
    if (task === undefined) {
      return no(
        'no-such-system',
        `No system of this request is called "${system}"; known are ${systemsOf(run)}.`,
        'system',
      );
    }
    if (!open(run.state)) return no('wrong-stage', `${pre(run)}: nothing is collected any more.`);
    if (task.status.state === 'done') {
      return no(
        'has-answered',
        `"${system}" has answered. To keep its files back, use withholdFiles; to take the ` +
          'answer back, retractAnswer.',
        'system',
      );
    }
    return undefined;
  },
  approvePackage: (run, { revision }) => {
    if (run.state.status.stage !== 'reviewing-package') {
      return no('wrong-stage', `${pre(run)}: a package is approved at reviewing-package only.`);
    }
    if (!takenIn(run.state)) {
      return no('answer-under-way', 'An answer is being taken in; look again in a moment.');
    }
    if (revision !== run.state.status.revision) {
      return no(
        'changed-since',
        `Revision ${revision} is not the newest: something has changed since. Look at ` +
          `revision ${run.state.status.revision} and approve that.`,
        'revision',
      );
    }
    return undefined;
  },
  withholdFiles: (run) => {
    const stage = run.state.status.stage;
    return stage === 'collecting' || stage === 'reviewing-package'
      ? undefined
      : no(
          'wrong-stage',
          `${pre(run)}: files are withheld at collecting or reviewing-package only.`,
        );
  },
  withdraw: (run) =>
    ended(run.state) ? no('wrong-stage', `${pre(run)}: it has ended already.`) : undefined,
};

/** Whether an answer may come for a system that will be known in a moment. */
export const awaitsSystems = (run: RequestRun): boolean =>
  ['received', 'planning', 'locating'].includes(run.state.status.stage) && !run.state.systemsKnown;
