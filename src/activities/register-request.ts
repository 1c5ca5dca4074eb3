import { activityInfo } from '@temporalio/activity';
import { ENCRYPTED } from '../codec/codec.ts';
import type { Instant } from '@dossier/law';
import type { Subject } from '../contract/request.ts';
import { doneBefore } from './answered-before.ts';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './inputs.ts';
import { personHashes } from './person-hashes.ts';

/**
 * Claims the request ID for this run, and keeps whom it is about as keyed hashes. It also looks
 * whether the input is unencrypted in the history.
 */
export const registerRequest =
  ({ store, ring, inputEncoding, namespaceId }: Dependencies): Activities['registerRequest'] =>
  async ({ requestId, workflowId, runId, at, refuseClear = false, subject }) => {
    const inClear = (await inputEncoding(workflowId, runId)) !== ENCRYPTED;
    if (inClear && refuseClear) return { taken: false, inClear, refused: true };
    const { workflowExecution } = activityInfo();
    const claim = await store.claimRecord(requestId, {
      runId,
      at,
      ...(namespaceId !== undefined && { namespaceId }),
    });
    const before = claim === 'same-run' ? await doneBefore(store, requestId) : undefined;
    const samePerson =
      subject === undefined || claim === 'taken' || before?.ended !== undefined
        ? []
        : await seen({ store, ring }, { requestId, at, subject });
    return {
      taken: claim === 'taken',
      inClear,
      ...(workflowExecution !== undefined && { run: workflowExecution.runId }),
      ...(before !== undefined && { before }),
      ...(samePerson.length > 0 && { samePerson }),
    };
  };

/** Other requests of the same person. From now on this one is among them. */
async function seen(
  { store, ring }: Pick<Dependencies, 'store' | 'ring'>,
  {
    requestId,
    at,
    subject,
  }: {
    readonly requestId: string;
    readonly at: Instant;
    readonly subject: Subject;
  },
) {
  const { current, all } = await personHashes(subject, ring, () => store.ownPersonKey());
  await store.rememberPerson(requestId, { at, hashes: current });
  return (await store.aboutTheSame(requestId, all)).map((it) => ({
    requestId: it.requestId,
    at: it.at as Instant,
  }));
}
