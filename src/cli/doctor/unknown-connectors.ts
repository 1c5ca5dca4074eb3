import type { Complaint } from '../../contract/contract.ts';
import { CONNECTORS } from '../../connectors/known.ts';
import { readText } from '../read-json.ts';

/**
 * Systems with an unknown connector, in a configuration that cannot be loaded because of other
 * mistakes. So all mistakes are shown at once.
 */
export async function unknownConnectors(file: string): Promise<Complaint[]> {
  const { parse } = await import('yaml');
  const { systems, connectors } = (parse(readText(file)) ?? {}) as {
    systems?: unknown;
    connectors?: object;
  };
  const known = new Set([...CONNECTORS.keys(), ...Object.keys(connectors ?? {})]);
  if (!Array.isArray(systems)) return [];
  return systems.flatMap((entry: { connector?: unknown } | null, index) => {
    const connector = entry?.connector;
    return typeof connector !== 'string' || known.has(connector)
      ? []
      : [
          {
            path: `systems[${index}].connector`,
            reason: `there is no connector "${connector}"; known are ${[...known].join(', ')}`,
          },
        ];
  });
}
