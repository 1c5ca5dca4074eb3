import type { SObjectDescription } from '../../salesforce/soql.ts';
import { isPeople } from './people-objects.ts';

/** An object whose records belong to records of another, by these fields of its own. */
export interface RelatedObject {
  readonly name: string;
  readonly fields: readonly string[];
}

/**
 * Fields that name who owns, made or changed a record: they do not say whom the record is about.
 */
const CLERICAL = new Set([
  'OwnerId',
  'CreatedById',
  'LastModifiedById',
  'MasterRecordId',
  'ReportsToId',
]);
/**
 * Records about access rights and events of the platform: they cannot be queried, or hold nothing
 * about a person. Files come by themselves.
 */
const TECHNICAL =
  /(?:Share|ChangeEvent|__e|__Share|__ChangeEvent|EventRelation|TaskRelation)$|^(?:Attachment|ContentDocumentLink|ContentVersion|ActivityHistory|OpenActivity|AttachedContentDocument|CombinedAttachment|NoteAndAttachment|RecordAction|RecordActionHistory|FlowRecordRelation|EntitySubscription|DuplicateRecordItem)$/;
/**
 * Objects for the dealings of many people: records that name a person are exported, and nothing
 * below them.
 */
const SHARED = new Set([
  'Opportunity',
  'Campaign',
  'Account',
  'AccountContactRelation',
  'Contract',
  'CampaignMember',
  'OpportunityContactRole',
  'EmailMessageRelation',
]);

/** Objects whose records belong to a person's record. Other people are not among them. */
export function relatedObjects({
  childRelationships,
}: Pick<SObjectDescription, 'childRelationships'>): RelatedObject[] {
  const fields = new Map<string, Set<string>>();
  for (const { childSObject, field } of childRelationships) {
    if (isPeople(childSObject) || TECHNICAL.test(childSObject) || CLERICAL.has(field)) continue;
    fields.set(childSObject, (fields.get(childSObject) ?? new Set()).add(field));
  }
  return [...fields]
    .map(([name, names]) => ({ name, fields: [...names].toSorted() }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Whether records below an object's records belong to the person too: comments of a case do,
 * products of an opportunity do not.
 */
export const hasOwnRecordsBelow = (object: string): boolean => !SHARED.has(object);

/**
 * Objects that a role or a relation names: the record there is exported, found by the field of the
 * relation.
 */
export const NAMED_BY: Readonly<
  Record<string, { readonly field: string; readonly object: string }>
> = {
  OpportunityContactRole: { field: 'OpportunityId', object: 'Opportunity' },
  EmailMessageRelation: { field: 'EmailMessageId', object: 'EmailMessage' },
};
