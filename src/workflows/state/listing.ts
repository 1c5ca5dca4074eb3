import { patched } from '@temporalio/workflow';
import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { keyword, keywordList } from '../../contract/limits.ts';
import { listedWait, mayBeListed } from '../../contract/listed-wait.ts';
import type { RequestStatus } from '../../contract/status.ts';

const keys = {
  stage: defineSearchAttributeKey('DossierStage', 'KEYWORD'),
  law: defineSearchAttributeKey('DossierLaw', 'KEYWORD'),
  dueBy: defineSearchAttributeKey('DossierDueBy', 'DATETIME'),
  waitingOn: defineSearchAttributeKey('DossierWaitingOn', 'KEYWORD_LIST'),
  overdue: defineSearchAttributeKey('DossierOverdue', 'BOOL'),
  lateOn: defineSearchAttributeKey('DossierLateOn', 'DATETIME'),
  owner: defineSearchAttributeKey('DossierOwner', 'KEYWORD_LIST'),
  samePerson: defineSearchAttributeKey('DossierSamePerson', 'KEYWORD'),
};
/** How many waits requests of 0.1.0 list. */
const LISTED_WAITS = 30;

/** What was listed last, by search attribute. */
export type Shown = Record<string, string>;

/**
 * The search attributes that differ from what was listed last, which `shown` keeps. `inTime` lists
 * them as releases after 0.1.0 do.
 */
export function listedChanges(
  status: RequestStatus,
  { shown, inTime }: { readonly shown: Shown; readonly inTime: boolean },
): SearchAttributeUpdatePair[] {
  const changed = (name: string, value: unknown): boolean => {
    const text = JSON.stringify(value);
    if (shown[name] === text) return false;
    shown[name] = text;
    return true;
  };
  const hides =
    status.waitingOn.some((on) => !mayBeListed(on)) &&
    patched('what-is-no-name-of-a-source-is-not-listed');
  const waits = hides ? [...new Set(status.waitingOn.map(listedWait))] : status.waitingOn;
  const waitingOn = inTime ? keywordList(waits) : waits.slice(0, LISTED_WAITS);
  const lateOn = status.willBeLate ? status.timetable?.dueAt : undefined;
  const owners = keywordList([...new Set(status.waits.map(({ owner }) => owner))].sort());
  const dueAt = status.timetable?.dueAt;
  const other = status.samePerson?.[0]?.requestId;
  return [
    ...(changed('stage', status.stage) ? [{ key: keys.stage, value: status.stage as string }] : []),
    ...(status.law !== null && changed('law', status.law)
      ? [{ key: keys.law, value: keyword(status.law) }]
      : []),
    ...(dueAt !== undefined && changed('dueBy', dueAt)
      ? [{ key: keys.dueBy, value: new Date(dueAt) }]
      : []),
    ...(changed('waitingOn', waitingOn) ? [{ key: keys.waitingOn, value: waitingOn }] : []),
    ...(changed('overdue', status.overdue) ? [{ key: keys.overdue, value: status.overdue }] : []),
    ...(inTime &&
    (lateOn !== undefined || shown.lateOn !== undefined) &&
    changed('lateOn', lateOn ?? null)
      ? [{ key: keys.lateOn, value: lateOn === undefined ? null : new Date(lateOn) }]
      : []),
    ...(inTime && changed('owner', owners) ? [{ key: keys.owner, value: owners }] : []),
    ...(other !== undefined &&
    patched('requests-of-the-same-person-are-listed') &&
    changed('samePerson', other)
      ? [{ key: keys.samePerson, value: other }]
      : []),
  ];
}
