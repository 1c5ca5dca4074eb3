import * as connectors from './index.ts';
import type { AnyConnectorModule } from './spi.ts';

/** Every connector of this package, by its name in `dossier.yaml`. */
export const CONNECTORS: ReadonlyMap<string, AnyConnectorModule> = new Map(
  Object.entries(connectors satisfies Readonly<Record<string, AnyConnectorModule>>),
);
