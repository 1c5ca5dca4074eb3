import type { Complaint } from '../domain/contract.ts';
import { loadFolder } from '../register.ts';
import { readText } from './read-json.ts';

/** Systems whose connector nobody knows, of a configuration that has other mistakes too and cannot be loaded: all are told at once. */
export async function unknownConnectors(file: string): Promise<Complaint[]> {
  const { parse } = await import('yaml');
  const register = await loadFolder(new URL('../connectors/', import.meta.url));
  const { systems } = (parse(readText(file)) ?? {}) as { systems?: unknown };
  if (!Array.isArray(systems)) return [];
  return systems.flatMap((entry: { connector?: unknown } | null, index) => {
    const connector = entry?.connector;
    return typeof connector !== 'string' || register.has(connector) ? [] : [{ path: `systems[${index}].connector`, reason: `there is no connector "${connector}"; known are ${[...register.keys()].join(', ')}` }];
  });
}
