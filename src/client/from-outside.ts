import { requestIdOf } from '../contract/contract.ts';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import type { Instant } from '@dossier/law';
import { requestInput } from '../contract/request.ts';
import type { RequestStatus, Stage, Wait } from '../contract/status.ts';
import { newState } from '../workflows/state/state.ts';
import { firstInput } from './first-input.ts';
import { unreadableBy } from './unreadable.ts';

/** Temporal's states of a workflow that no longer runs, as `waitingOn` names them. */
export const endedAs = (status: string): string =>
  `operator:workflow-${status.toLowerCase().replace('_', '-').replace('canceled', 'cancelled')}`;

/**
 * What can be said of a request that no worker may answer for: its input, its stage, and why it
 * does not continue. The rest is as in a request that was just received.
 */
export async function fromOutside(
  client: Client,
  { workflowId, searchAttributes, startTime }: WorkflowExecutionDescription,
  wait: Pick<Wait, 'on' | 'reason' | 'then'> & { readonly until?: Date },
): Promise<RequestStatus> {
  const { input } = await firstInput(client, workflowId);
  const requestId = requestIdOf(workflowId);
  const unreadable = unreadableBy(input, requestId);
  if (unreadable !== undefined) throw unreadable;
  const { status } = newState(requestInput.parse(input));
  const first = (name: string): unknown =>
    (searchAttributes[name] as readonly unknown[] | undefined)?.[0];
  return {
    ...status,
    stage: (first('DossierStage') ?? 'received') as Stage,
    law: (first('DossierLaw') as string | undefined) ?? status.law,
    overdue: first('DossierOverdue') === true,
    waitingOn: [wait.on],
    waits: [
      {
        on: wait.on,
        owner: 'operator',
        reason: wait.reason,
        since: startTime.toISOString() as Instant,
        until: (wait.until?.toISOString() ?? null) as Instant | null,
        then: wait.then,
      },
    ],
    notes: [`${wait.reason} Systems, answers and gaps are not shown until then.`],
  };
}
