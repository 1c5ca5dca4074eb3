/** Where the workflow code looks for the workflow that it runs in. */
const HOLDER = '__TEMPORAL_ACTIVATOR__';

/**
 * Runs code of a workflow outside of one, as in a request that began under the present release:
 * every `patched` is true.
 */
export async function asInWorkflow<Result>(run: () => Result | Promise<Result>): Promise<Result> {
  Reflect.set(globalThis, HOLDER, { patchInternal: () => true });
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(globalThis, HOLDER);
  }
}
