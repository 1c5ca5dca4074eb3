import type { SObjectDescription } from '../../salesforce/soql.ts';

/** How all records of an object are queried. */
export interface Reading {
  /** Whether the call that gives deleted and archived records is needed. */
  readonly all: boolean;
  /** What the condition needs besides. */
  readonly and: string;
}

/**
 * Tasks and events older than a year are archived: ordinary queries no longer show them, and the query that does shows what lies in the
 * recycle bin too.
 *
 * @see Salesforce Help, "Archived Activities"; REST API Developer Guide, "QueryAll"
 */
export function readingOf({ name, fields }: Pick<SObjectDescription, 'name' | 'fields'>): Reading {
  const all = ['Task', 'Event'].includes(name) && ['IsArchived', 'IsDeleted'].every((flag) => fields.some((field) => field.name === flag));
  return { all, and: all ? ' AND IsDeleted = false' : '' };
}
