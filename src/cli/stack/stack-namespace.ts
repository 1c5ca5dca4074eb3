import { connectClient, connectionOptions } from '../../temporal/client-connection.ts';
import { setupNamespace } from '../../temporal/namespace.ts';

/**
 * Registers the search attributes on a server that the stack did not start itself. It ignores
 * `TEMPORAL_*` too.
 */
export async function prepareNamespace({
  address,
  namespace,
}: {
  readonly address: string;
  readonly namespace: string;
}): Promise<void> {
  const connection = await connectClient(
    connectionOptions({ address, namespace, environment: {} }),
  );
  try {
    await setupNamespace(connection, { namespace, address });
  } finally {
    await connection.close();
  }
}
