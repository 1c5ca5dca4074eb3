import type { Message } from '../../contract/messages/index.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { addNote, profileKey, profileName, shortList } from '../state/state.ts';
import { atStage } from './words.ts';
import { handleCommand, NOBODY } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';

export default handleCommand('decideMatch', {
  refuse,
  apply: (run, { decisions, by }) => {
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
  offer: (run) =>
    (run.state.located?.profiles ?? [])
      .filter(
        ({ partyId, dataSpace, keyQualifier }) =>
          refuse(run, {
            decisions: [{ partyId, dataSpace, keyQualifier, include: true, reason: '-' }],
            by: NOBODY,
          }) === undefined,
      )
      .toSorted(
        (a, b) =>
          Number(profileKey(a) in run.state.decisions) -
          Number(profileKey(b) in run.state.decisions),
      )
      .map(profileName),
});

function refuse(run: RequestRun, { decisions }: Message<'decideMatch'>): Refusal | undefined {
  if (run.state.status.stage !== 'reviewing-match') {
    return refusal(
      'wrong-stage',
      `${atStage(run)}: profiles are decided at reviewing-match only. To keep a file back, use withholdFiles.`,
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
    : refusal(
        'no-such-profile',
        `Decision ${decisions.indexOf(unknown) + 1} names a profile that was not found; ` +
          'see profiles in the status.',
        'decisions',
      );
}

/** What an operator decided, a line for each answer and reason. */
function inWords(decisions: Message<'decideMatch'>['decisions'], by: string): string[] {
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
