import { join } from 'node:path';
import type { Clock } from '../../server/clock.ts';
import { csvOf } from '../../server/csv.ts';
import type { Database } from '../../store/database.ts';
import { isModelObject, type DataSpace } from '../../store/data-space.ts';
import type { Restrictions } from '../../store/restrictions.ts';
import type { ConsentNotes, Drop } from '../../seed/privacy.ts';
import type { AwsCredentials } from './aws-signature.ts';
import { folderBucket, s3Bucket } from './write-drop.ts';

/** Where a caller wants a person's data. */
export interface DropTarget extends AwsCredentials {
  readonly bucket: string;
  readonly folder: string;
}

/** One drop, without credentials. */
export interface DropRecord {
  readonly id: string;
  readonly bucket: string;
  readonly folder: string;
  state: 'waiting' | 'complete' | 'partial' | 'never' | 'failed';
  objects: number;
}

/** The drops of portability requests. */
export interface Drops {
  /** Orders the drop of a person's data. It is written later, or never. */
  order(individualId: string, target: DropTarget): void;
  list(): readonly DropRecord[];
  settings(): Drop;
  /** The folder of buckets if there is no server. */
  folder(): string;
  change(settings: Partial<Drop>): void;
}

/** What drops need. */
export interface DropParts {
  readonly notes: ConsentNotes;
  readonly spaces: readonly DataSpace[];
  readonly database: Database;
  readonly restrictions: Restrictions;
  readonly clock: Clock;
  /** The folder of the simulator. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

/** Creates the drops of a simulator. */
export function openDrops({
  notes,
  spaces,
  database,
  restrictions,
  clock,
  folder,
  log,
}: DropParts): Drops {
  let settings = notes.drop;
  const records: DropRecord[] = [];

  const bucketsIn = (): string => settings.folder ?? join(folder, 'drops');

  const filesOf = async (
    id: string,
  ): Promise<
    {
      dataSpace: string;
      object: string;
      text: string;
      rows: number;
    }[]
  > => {
    const hidden = restrictions.isRestricted(id) && notes.restrictedDrop === 'empty';
    const files = [];
    for (const { dataSpace, object, field } of hidden ? [] : personFields(spaces)) {
      const { columns, rows } = await database.rowsOf(dataSpace, object, field, id);
      if (rows.length === 0) continue;
      const asObjects = () =>
        rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
      const text =
        settings.format === 'csv' ? csvOf(columns, rows) : JSON.stringify(asObjects(), null, 1);
      files.push({ dataSpace, object, text, rows: rows.length });
    }
    return files;
  };

  const write = async (record: DropRecord, target: DropTarget): Promise<void> => {
    const outcome = settings.outcomes[record.id] ?? settings.outcome;
    const bucket = settings.endpoint
      ? s3Bucket(settings.endpoint, target.bucket, target)
      : folderBucket(bucketsIn(), target.bucket);
    const files = await filesOf(record.id);
    const written = outcome === 'partial' ? files.slice(0, Math.ceil(files.length / 2)) : files;
    const filled = (template: string, more: Record<string, string> = {}): string => {
      const values: Record<string, string> = {
        folder: target.folder,
        id: record.id,
        format: settings.format,
        ...more,
      };
      return template
        .replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
        .replace(/^\/+|\/{2,}/g, '/');
    };
    try {
      for (const { text, ...file } of written) {
        await bucket.put(
          filled(settings.key, { dataSpace: file.dataSpace, object: file.object }).replace(
            /^\//,
            '',
          ),
          text,
        );
        record.objects += 1;
      }
      const list = files.map(({ dataSpace, object, rows }) => ({ dataSpace, object, rows }));
      if (outcome === 'complete' && settings.manifestKey !== null) {
        await bucket.put(
          filled(settings.manifestKey).replace(/^\//, ''),
          JSON.stringify({ id: record.id, files: list }),
        );
      }
      record.state = outcome;
    } catch (error) {
      record.state = 'failed';
      log(
        `simulator: a portability drop failed: ${error instanceof Error ? error.message : 'error'}`,
      );
    }
  };

  return {
    order: (id, target) => {
      const record: DropRecord = {
        id,
        bucket: target.bucket,
        folder: target.folder,
        state: 'waiting',
        objects: 0,
      };
      records.push(record);
      if ((settings.outcomes[id] ?? settings.outcome) === 'never') record.state = 'never';
      else clock.after(settings.delaySeconds, () => write(record, target));
    },
    list: () => records,
    settings: () => settings,
    folder: bucketsIn,
    change: (changed) => {
      settings = { ...settings, ...changed };
    },
  };
}

/**
 * The objects with rows of a person, and the field that names the person: only the ID, as in the
 * API.
 */
function personFields(spaces: readonly DataSpace[]): {
  dataSpace: string;
  object: string;
  field: string;
}[] {
  const isIndividual = (name: string): boolean => /^(?:ssot__)?Individual__dlm$/.test(name);
  return spaces.flatMap(({ name: dataSpace, objects, edges }) =>
    [...objects.values()].filter(isModelObject).flatMap((object) => {
      const edge = edges.find(
        ({ from, to, active }) => from === object.name && isIndividual(to) && active,
      );
      const field = isIndividual(object.name) ? object.primaryKey : edge?.fromField;
      return field === undefined ? [] : [{ dataSpace, object: object.name, field }];
    }),
  );
}
