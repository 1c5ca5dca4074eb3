import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';

/**
 * The first argument of a request's newest run, read from its first event only, and the ID of the
 * key that encrypts it.
 */
export async function firstInput(
  client: Client,
  workflowId: string,
): Promise<{ input: unknown; key?: string }> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId },
    maximumPageSize: 1,
  });
  const payloads = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const id = payloads?.[0]?.metadata?.['encryption-key-id'];
  const [input] = await decodeArrayFromPayloads(client.options.loadedDataConverter, payloads, {
    type: 'workflow',
    namespace: client.options.namespace,
    workflowId,
  });
  return { input, ...(id && { key: Buffer.from(id).toString('utf8') }) };
}
