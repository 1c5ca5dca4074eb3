import type { Client } from '@temporalio/client';
import { requestIdOf, WORKFLOW_TYPE } from '../contract/contract.ts';

/** How many later requests are named. */
const NAMED = 20;

/**
 * Later requests that have one of the same identifiers; the earlier one does not know them by
 * itself. `requestId` is an ID that a request can have, so it holds no quote.
 */
export async function laterOfSamePerson(client: Client, requestId: string): Promise<string[]> {
  const query = `WorkflowType = '${WORKFLOW_TYPE}' AND DossierSamePerson = '${requestId}'`;
  const found = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query, pageSize: NAMED })) {
    found.add(requestIdOf(workflowId));
    if (found.size >= NAMED) break;
  }
  return [...found].toSorted();
}
