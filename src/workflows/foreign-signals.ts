import type { WorkflowInterceptors } from '@temporalio/workflow';
import { withOrigin } from './commands/origin.ts';

/**
 * What stands before a signal's name that Temporal keeps for itself, so that it is taken as any
 * other that is not known.
 */
export const FOREIGN = 'foreign:';
const RESERVED = '__temporal_';

/**
 * Lets a signal with a reserved name be noted like every unknown one. The SDK would throw before
 * any handler sees it, and one such signal, which anybody who can signal can send, would stop the
 * request for ever. Writes into every message how it came.
 *
 * The workflow bundle looks for this very name.
 */
export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      activate(input, next) {
        for (const { signalWorkflow: signal, doUpdate: update } of input.activation.jobs ?? []) {
          if (signal?.signalName?.startsWith(RESERVED)) {
            signal.signalName = `${FOREIGN}${signal.signalName}`;
          }
          for (const message of [signal, update]) {
            if (message?.input != null) message.input = message.input.map(withOrigin);
          }
        }
        next(input);
      },
    },
  ],
});
