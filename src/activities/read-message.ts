import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, type Payload } from '@temporalio/common';
import {
  decodeArrayFromPayloads,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { createCodec, isUnreadable, unsealed } from '../codec/codec.ts';
import { createDataConverter } from '../codec/data-converter.ts';
import { ORIGIN_FIELD, ORIGIN_METADATA } from '../contract/contract.ts';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './inputs.ts';

/**
 * Reads a message that came encrypted with a key that no worker had. The activity fails as
 * `unavailable`, so it is retried until a worker has the key. A message that the right key does not
 * decrypt is damaged.
 */
export const readMessage =
  ({ ring }: Dependencies): Activities['readMessage'] =>
  async ({ sealed, clear }) => {
    if (sealed === undefined) return { message: clear, damaged: false };
    if (ring === undefined) {
      throw ApplicationFailure.create({
        type: 'unavailable',
        message: 'This worker was given no keys.',
      });
    }
    const { namespace, workflowExecution } = activityInfo();
    const context = {
      type: 'workflow',
      namespace,
      workflowId: workflowExecution?.workflowId ?? '',
    } as const;
    const [message] = await decodeArrayFromPayloads(
      loadDataConverter(createDataConverter(ring)),
      [unsealed(sealed)],
      context,
    );
    if (!isUnreadable(message)) {
      return {
        message: await withOrigin(
          message,
          async () => (await createCodec(ring).decode([unsealed(sealed)], context))[0],
        ),
        damaged: false,
      };
    }
    const key = message.unreadable;
    if (ring.find(key) !== undefined) return { message: null, damaged: true };
    throw ApplicationFailure.create({
      type: 'unavailable',
      message: `The message is encrypted with the key ${key}, which this worker does not have.`,
    });
  };

/** A message as handlers get it: with how it came, if it was encrypted for no request. */
async function withOrigin(
  message: unknown,
  decoded: () => Promise<Payload | undefined>,
): Promise<unknown> {
  const origin = (await decoded())?.metadata?.[ORIGIN_METADATA];
  return origin == null || typeof message !== 'object' || message === null || Array.isArray(message)
    ? message
    : { ...message, [ORIGIN_FIELD]: Buffer.from(origin).toString('utf8') };
}
