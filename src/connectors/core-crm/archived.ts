import type { SObjectDescription } from '../../salesforce/soql.ts';

/** The field that marks a record in the recycle bin. */
export const DELETED = 'IsDeleted';

/** Whether the recycle bin may hold records of an object. */
export const canBeDeleted = ({ fields }: Pick<SObjectDescription, 'fields'>): boolean =>
  fields.some(({ name }) => name === DELETED);

/**
 * Whether an object is read by the call that returns deleted and archived records too. Ordinary
 * queries hide tasks and events older than a year, and records in the recycle bin, which keeps them
 * for fifteen days. The company still holds both. `IsDeleted` marks each record that is in the bin.
 *
 * @see Salesforce Help, "Archived Activities" and "View and Manage Your Recycle Bin"; REST API
 *   Developer Guide, "QueryAll"; read 2026-11
 */
export const readsAll = (description: Pick<SObjectDescription, 'fields'>): boolean =>
  canBeDeleted(description);
