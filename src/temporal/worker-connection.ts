import { NativeConnection } from '@temporalio/worker';
import { reach, type ConnectionChoice } from './client-connection.ts';

/**
 * A connection for workers, through the SDK's native part.
 *
 * @throws TemporalUnreachable within ten seconds
 */
export function connectNative(choice: ConnectionChoice): Promise<NativeConnection> {
  return reach(choice.address, () => NativeConnection.connect(choice.options));
}
