import { pathToFileURL } from 'node:url';
import type { Complaint } from '../contract/contract.ts';
import { CONNECTORS } from './known.ts';
import type { AnyConnectorModule } from './spi.ts';

export type Connectors = ReadonlyMap<string, AnyConnectorModule>;

/**
 * The connectors of this package, and those that the configuration loads from files of the
 * company's own.
 *
 * @param own absolute paths of JavaScript modules by the connector's name; each exports an
 *   `AnyConnectorModule` by default
 * @param complaints what is wrong with one of them; such a one is left out
 */
export async function loadConnectors(
  own: Readonly<Record<string, string>>,
  complaints: Complaint[],
): Promise<Connectors> {
  const all = new Map(CONNECTORS);
  for (const [name, file] of Object.entries(own)) {
    const path = `connectors.${name}`;
    if (CONNECTORS.has(name)) {
      complaints.push({
        path,
        reason: `"${name}" is a connector of Dossier's own; give another name`,
      });
      continue;
    }
    try {
      const { default: module } = (await import(pathToFileURL(file).href)) as { default?: unknown };
      if (isConnector(module)) all.set(name, module);
      else {
        complaints.push({
          path,
          reason:
            `${file} exports no connector by default: it needs kind ("cloud" or "vendor"), ` +
            'options with safeParse, and create',
        });
      }
    } catch (error) {
      complaints.push({
        path,
        reason:
          `${file} cannot be loaded: ` +
          (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)),
      });
    }
  }
  return all;
}

function isConnector(module: unknown): module is AnyConnectorModule {
  if (typeof module !== 'object' || module === null) return false;
  const { kind, options, create } = module as Partial<
    Record<'kind' | 'options' | 'create', unknown>
  >;
  const checks =
    typeof options === 'object' &&
    options !== null &&
    'safeParse' in options &&
    typeof options.safeParse === 'function';
  return (kind === 'cloud' || kind === 'vendor') && checks && typeof create === 'function';
}
