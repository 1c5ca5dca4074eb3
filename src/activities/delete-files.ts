import type { Dependencies } from './dependencies.ts';
import type { Activities } from './orders.ts';

/** Deletes every file of a request; what was deleted, when and why, is kept as a deletion receipt. */
export const deleteFiles = ({ store }: Dependencies): Activities['deleteFiles'] => async ({ requestId, why, at, as }) => {
  const { files, bytes } = await store.removeRequest(requestId);
  const before = await store.readDeletionReceipt(requestId);
  const counted = before === undefined ? { files, bytes } : { files: files + Number(before.files), bytes: bytes + Number(before.bytes) };
  await store.putDeletionReceipt(requestId, { requestId, why, at, ...(as !== undefined && { as }), ...counted });
  return counted;
};
