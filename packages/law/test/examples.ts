import { LAWS } from '../src/index.ts';
import type { Example } from '../src/laws/worked-example.ts';

/** The worked examples that stand beside each law, by its ID; none where there is no such file. */
export const EXAMPLES: ReadonlyMap<string, readonly Example[]> = new Map(
  await Promise.all([...LAWS.keys()].map(async (id) => [id, await examplesOf(id)] as const)),
);

async function examplesOf(id: string): Promise<readonly Example[]> {
  const file = new URL(`../src/laws/${id}/examples.js`, import.meta.url).href;
  try {
    return ((await import(file)) as { default: readonly Example[] }).default;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND') return [];
    throw error;
  }
}
