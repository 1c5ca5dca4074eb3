import { SystemFailure } from '../../http/failure.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import type { SObjectDescription, SObjectRecord } from '../../salesforce/soql.ts';
import { PEOPLE } from './people-objects.ts';

/** What the user that the app runs as may not see, as far as the org shows it. */
export interface Visibility {
  /** Permissions that the user lacks, as Setup calls them. */
  readonly lacks: readonly string[];
  /** Fields that the org defines and the user does not see, such as `Contact.Score__c`. */
  readonly hidden: readonly string[];
  /** What could not be compared, in words. */
  readonly unknown: readonly string[];
}

/**
 * Permissions without which records, files or fields stay hidden, by the beginning of their fields.
 */
const WANTED: readonly (readonly [field: RegExp, name: string])[] = [
  [/^PermissionsViewAllData$/, 'View All Data'],
  [/^PermissionsQueryAllFiles$/, 'Query All Files'],
  [/^PermissionsViewAllFields/, 'View All Fields'],
];

/**
 * Compares what the user may see with what there is: the user's permissions, and the fields that
 * the org defines of people beside those that describe returns. Only the company's own fields
 * count, because the API returns some standard fields to nobody.
 *
 * @see Object Reference, "UserPermissionAccess" (API 41.0 and later; needs no View Setup); Tooling
 *   API, "FieldDefinition" (needs View Setup); read 2026-11
 */
export async function readVisibility({
  salesforce,
  system,
  signal,
}: {
  salesforce: Salesforce;
  system: string;
  signal?: AbortSignal;
}): Promise<Visibility> {
  const unknown: string[] = [];
  const described: SObjectDescription[] = [];
  const unlessRefused = async <Result>(
    what: string,
    without: Result,
    work: () => Promise<Result | undefined>,
  ): Promise<Result> => {
    try {
      const result = await work();
      if (result !== undefined) return result;
    } catch (error) {
      if (
        !(error instanceof SystemFailure) ||
        !['denied', 'rejected', 'unreadable'].includes(error.facts.kind)
      ) {
        throw error;
      }
    }
    unknown.push(what);
    return without;
  };
  const select = async (query: string): Promise<SObjectRecord[]> => {
    const records: SObjectRecord[] = [];
    for await (const page of salesforce.soql(query, { system, signal })) {
      records.push(...page.records);
    }
    return records;
  };
  const lacks = await unlessRefused('its permissions', [], async () => {
    const { fields } = await salesforce.describe('UserPermissionAccess', { system, signal });
    const asked = WANTED.flatMap(([pattern, name]) =>
      fields
        .filter((field) => pattern.test(field.name))
        .map((field) => ({ field: field.name, name })),
    );
    const [record] =
      asked.length === 0
        ? []
        : await select(
            `SELECT ${asked.map(({ field }) => field).join(', ')} FROM UserPermissionAccess`,
          );
    return record === undefined || asked.some(({ field }) => typeof record[field] !== 'boolean')
      ? undefined
      : [...new Set(asked.filter(({ field }) => record[field] === false).map(({ name }) => name))];
  });
  const hidden = await unlessRefused('the fields of people', [], async () => {
    for (const { name } of PEOPLE) {
      await salesforce.describe(name, { system, signal }).then(
        (it) => described.push(it),
        (error: unknown) => {
          if (!(error instanceof SystemFailure && error.facts.status === 404)) throw error;
        },
      );
    }
    const list = described.map(({ name }) => salesforce.soqlText(name)).join(', ');
    const defined =
      described.length === 0
        ? []
        : await select(
            'SELECT QualifiedApiName, EntityDefinitionId FROM FieldDefinition WHERE ' +
              `EntityDefinitionId IN (${list})`,
          );
    const names = defined.flatMap(({ QualifiedApiName: field, EntityDefinitionId: object }) =>
      typeof field === 'string' && typeof object === 'string' ? [{ field, object }] : [],
    );
    if (names.length === 0) return undefined;
    const seen = new Set(
      described.flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name}`)),
    );
    return names
      .map(({ field, object }) => `${object}.${field}`)
      .filter((name) => name.endsWith('__c') && !seen.has(name))
      .toSorted();
  });
  return { lacks, hidden, unknown };
}

/** Whether nothing is hidden, as far as the org shows it. */
export const isClear = ({ lacks, hidden, unknown }: Visibility): boolean =>
  lacks.length + hidden.length + unknown.length === 0;

/** Warnings for the operator, each as one sentence. */
export function visibilityWarnings({ lacks, hidden, unknown }: Visibility): string[] {
  return [
    ...lacks.map(
      (name) =>
        `The user that the app runs as lacks the permission "${name}": what it does not see ` +
        'is missing in every package. Assign it by a permission set.',
    ),
    ...(hidden.length > 0
      ? [
          `The user does not see ${hidden.join(', ')}: give it read access to them, or the ` +
            'permission "View All Fields".',
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `Whether the user sees everything is not known: ${unknown.join(' and ')} could not ` +
            'be read. The permission "View Setup and Configuration" lets it compare.',
        ]
      : []),
  ];
}

/** Remarks for the subject, in plain words; none if all can be seen. */
export function visibilityRemarks({ lacks, hidden, unknown }: Visibility): string[] {
  const some = lacks.length > 0 || hidden.length > 0;
  if (!some && unknown.length === 0) return [];
  return [
    some
      ? 'Dossier reads this system as a user of its own, who may not see all of it. What that ' +
        'user may not see is not in this package.'
      : 'Dossier reads this system as a user of its own. Whether that user sees all of it could ' +
        'not be checked; what it may not see is not in this package.',
  ];
}
