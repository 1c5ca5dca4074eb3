import { activityInfo } from '@temporalio/activity';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './inputs.ts';

/** Deletes every file of a request. A deletion receipt keeps what was deleted, when and why. */
export const deleteFiles =
  ({ store }: Dependencies): Activities['deleteFiles'] =>
  async ({ requestId, why, at, as, endedBefore }) => {
    const run = activityInfo().workflowExecution?.runId;
    const before = await store.readDeletionReceipt(requestId);
    // The same run may delete again, because its first attempt was lost. Another run means that a
    // request was reset after its end.
    const isReset =
      endedBefore === true ||
      ((as === 'withdrawn' || as === 'refused') && before?.as === as && before.run !== run);
    // Files that such a run took in are deleted too. The letters of the former run are still to be
    // sent.
    const { files, bytes } = await (isReset
      ? store.removeAllButLetters(requestId)
      : store.removeRequest(requestId));
    const counted =
      before === undefined
        ? { files, bytes }
        : { files: files + Number(before.files), bytes: bytes + Number(before.bytes) };
    if (isReset && before !== undefined) {
      // The receipt remains that of the run which ended the request.
      if (files > 0) await store.putDeletionReceipt(requestId, { ...before, ...counted });
      return { files, bytes, before: true };
    }
    await store.putDeletionReceipt(requestId, {
      requestId,
      why,
      at,
      ...(as !== undefined && { as }),
      ...(run !== undefined && { run }),
      ...counted,
    });
    return counted;
  };
