import { SystemFailure } from '../../http/failure.ts';
import type { CloudFiles } from '../shared/cloud-files.ts';
import type { BusinessUnit } from './business-unit.ts';
import { extensionRows, type DataExtension } from './data-extensions.ts';

export interface ExtensionExport {
  readonly extension: DataExtension;
  readonly wanted: readonly string[];
  readonly path: string;
  /**
   * Data extensions exported so far, with the values that were asked for: several business units
   * share one.
   */
  readonly seen: Set<string>;
}

/**
 * Exports the subject's rows of a data extension. Returns whether this business unit has it, as far
 * as that was checked. @throws SystemFailure
 */
export async function exportExtension(
  out: CloudFiles,
  unit: BusinessUnit,
  { extension, wanted, path, seen }: ExtensionExport,
): Promise<boolean> {
  const mine = new Set<string>();
  try {
    for await (const { fields, rows, objectId, value } of extensionRows(
      unit,
      extension,
      wanted,
      (objectId, value) => seen.has(idOf(objectId, value, extension.column)),
    )) {
      mine.add(idOf(objectId, value, extension.column));
      await out.rows(
        {
          path,
          name: `${unit.mid}/${extension.key}`,
          label: extension.label ?? extension.key,
          fields,
        },
        rows,
      );
    }
    for (const id of mine) {
      seen.add(id);
    }
    return true;
  } catch (error) {
    if (error instanceof SystemFailure && error.facts.status === 404) return false;
    throw error;
  }
}

/** The configuration may name an extension twice, for two columns that can hold the subject. */
const idOf = (objectId: string, value: string, column: string): string =>
  `data-extension ${JSON.stringify([objectId, value, column])}`;
