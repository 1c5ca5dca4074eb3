import { activityInfo } from '@temporalio/activity';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './orders.ts';

/** Deletes every file of a request; what was deleted, when and why, is kept as a deletion receipt. */
export const deleteFiles = ({ store }: Dependencies): Activities['deleteFiles'] => async ({ requestId, why, at, as }) => {
  const run = activityInfo().workflowExecution?.runId;
  const before = await store.readDeletionReceipt(requestId);
  // The same run may delete again, because its first attempt was lost; another is a reset of a request that had ended.
  if ((as === 'withdrawn' || as === 'refused') && before?.as === as && before.run !== run) return { files: 0, bytes: 0, before: true };
  const { files, bytes } = await store.removeRequest(requestId);
  const counted = before === undefined ? { files, bytes } : { files: files + Number(before.files), bytes: bytes + Number(before.bytes) };
  await store.putDeletionReceipt(requestId, { requestId, why, at, ...(as !== undefined && { as }), ...(run !== undefined && { run }), ...counted });
  return counted;
};
