import type { CoreField } from './model.ts';
import { STANDARD_SOBJECTS } from './standard.ts';
import type { Translated } from './soql-to-sql.ts';
import { describedType } from './describe.ts';

interface ColumnMetadata {
  readonly aggregate: boolean;
  readonly apexType: string;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: ColumnMetadata[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

const APEX: Readonly<Record<string, string>> = {
  id: 'Id',
  reference: 'Id',
  double: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  boolean: 'Boolean',
  base64: 'Blob',
};

/**
 * The columns of a query instead of its records: `query?q=…&columns=true`. A related field is in
 * the `joinColumns` of its relationship.
 *
 * @see github.com/salesforcecli/plugin-data, src/commands/data/query.ts, `retrieveColumns`; read
 *   2026-11
 */
export function columnsOf({ object, paths, fields }: Translated): object {
  const columns: ColumnMetadata[] = [];
  paths.forEach((path, index) => {
    const field = fields[index];
    if (field === undefined) return;
    let level = columns;
    for (const step of path.slice(0, -1)) {
      let join = level.find(({ columnName }) => columnName === step);
      if (join === undefined) {
        level.push((join = { ...column(step, undefined), foreignKeyName: foreignKey(step) }));
      }
      level = join.joinColumns;
    }
    level.push(column(path.at(-1) ?? '', field));
  });
  return {
    columnMetadata: columns,
    entityName: object.name,
    groupBy: false,
    idSelected: paths.some((path) => path.length === 1 && path[0] === 'Id'),
    keyPrefix: STANDARD_SOBJECTS[object.name]?.prefix ?? null,
  };
}

const foreignKey = (relationship: string): string =>
  relationship.endsWith('__r') ? relationship.replace(/__r$/, '__c') : `${relationship}Id`;

function column(name: string, field: CoreField | undefined): ColumnMetadata {
  const type = field === undefined ? '' : describedType(field);
  return {
    aggregate: false,
    apexType: field === undefined ? name : (APEX[type] ?? 'String'),
    booleanType: type === 'boolean',
    columnName: name,
    custom: name.endsWith('__c'),
    displayName: name,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: type === 'double',
    textType: type === 'string' || type === 'email',
    updatable: false,
  };
}
