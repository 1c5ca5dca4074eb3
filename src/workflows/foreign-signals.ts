import type { WorkflowInterceptors } from '@temporalio/workflow';
import { withOrigin } from './commands/origin.ts';

/**
 * The prefix of a signal whose name Temporal reserves, so that it is handled as any unknown signal.
 */
export const FOREIGN = 'foreign:';
const RESERVED = '__temporal_';

/**
 * Has a signal with a reserved name noted like every unknown one. The SDK would throw before any
 * handler sees it. One such signal, which anybody who can signal can send, would stop the request
 * for ever. It also writes into every message how it came.
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
