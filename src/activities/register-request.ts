import { ENCRYPTED } from '../codec/codec.ts';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './orders.ts';

/** Claims the request ID for this run, and looks whether its input stands unencrypted in the history. */
export const registerRequest = ({ store, inputEncoding }: Dependencies): Activities['registerRequest'] => async ({ requestId, workflowId, runId, at }) => {
  const claim = await store.claimRecord(requestId, { runId, at });
  return { taken: claim === 'taken', inClear: (await inputEncoding(workflowId, runId)) !== ENCRYPTED };
};
