import type { SObjectDescription } from '../../salesforce/soql.ts';

/** The mark of a record that lies in the recycle bin. */
export const DELETED = 'IsDeleted';

/** Whether records of an object may lie in the recycle bin. */
export const canBeDeleted = ({ fields }: Pick<SObjectDescription, 'fields'>): boolean =>
  fields.some(({ name }) => name === DELETED);

/**
 * Whether an object is read by the call that gives deleted and archived records too. Ordinary
 * queries hide tasks and events older than a year, and what lies in the recycle bin for fifteen
 * days: the company still holds it. Each record tells by `IsDeleted` whether it is there.
 *
 * @see Salesforce Help, "Archived Activities" and "View and Manage Your Recycle Bin"; REST API
 *   Developer Guide, "QueryAll"; read 2026-11
 */
export const readsAll = (description: Pick<SObjectDescription, 'fields'>): boolean =>
  canBeDeleted(description);
