import type { ListedRequest, ListFilter } from '../../client/list-requests.ts';
import { STAGES } from '../../contract/status.ts';
import { nearest } from './did-you-mean.ts';
import { usage } from './failures.ts';

/** What requests may wait for besides systems. */
const OPERATOR_WAITS = [
  'operator:identity',
  'operator:match',
  'operator:approval',
  'operator:workflow-failed',
  'operator:workflow-terminated',
  'operator:workflow-task-failed',
];

/**
 * Checks filters, because a mistyped one would find nothing and look like good news.
 *
 * @throws DossierError `usage` for an unknown stage or law, with the likely one
 */
export async function checkFilters({ stage, law }: ListFilter): Promise<void> {
  if (stage !== undefined) known('--stage', 'stage', stage, STAGES);
  if (law === undefined) return;
  const { listLaws } = await import('@dossier/law');
  known(
    '--law',
    'law',
    law,
    listLaws().map(({ id }) => id),
  );
}

/**
 * Checks whether `waitingOn` names something that exists. Call it if nothing was found.
 *
 * @throws DossierError `usage` if neither the configuration nor any request has it
 */
export function checkWaitingOn(
  waitingOn: string,
  systems: readonly string[] | undefined,
  others: readonly ListedRequest[],
): void {
  const names = [
    ...new Set([...OPERATOR_WAITS, ...(systems ?? []), ...others.flatMap((it) => it.waitingOn)]),
  ];
  // Without a configuration, an unknown system looks like one that nobody waits for at present.
  const cannotTell = systems === undefined && !waitingOn.startsWith('operator');
  if (cannotTell || waitingOn.startsWith('data-source:')) return;
  known('--waiting-on', 'system or operator task', waitingOn, names);
}

function known(flag: string, kind: string, typed: string, names: readonly string[]): void {
  if (names.includes(typed)) return;
  const near = nearest(typed, names);
  throw usage(`There is no ${kind} "${typed}".`, flag, [
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${names.join(', ')}.`,
  ]);
}
