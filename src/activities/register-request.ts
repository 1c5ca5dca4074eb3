import { activityInfo } from '@temporalio/activity';
import { ENCRYPTED } from '../codec/codec.ts';
import { doneBefore } from './answered-before.ts';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './orders.ts';

/** Claims the request ID for this run, and looks whether its input stands unencrypted in the history. */
export const registerRequest = ({ store, inputEncoding, namespaceId }: Dependencies): Activities['registerRequest'] => async ({ requestId, workflowId, runId, at, refuseClear = false }) => {
  const inClear = (await inputEncoding(workflowId, runId)) !== ENCRYPTED;
  if (inClear && refuseClear) return { taken: false, inClear, refused: true };
  const { workflowExecution } = activityInfo();
  const claim = await store.claimRecord(requestId, { runId, at, ...(namespaceId !== undefined && { namespaceId }) });
  const before = claim === 'same-run' ? await doneBefore(store, requestId) : undefined;
  return {
    taken: claim === 'taken', inClear,
    ...(workflowExecution !== undefined && { run: workflowExecution.runId }), ...(before !== undefined && { before }),
  };
};
