import type { CloudRecord } from '../../seed/clouds.ts';

const PROSPECT = `id, email, firstName, lastName, salutation, company, website, phone, fax, addressOne, addressTwo, city,
  state, zip, country, territory, industry, jobTitle, department, annualRevenue, employees, yearsInBusiness, source,
  score, grade, comments, notes, lastActivityAt, firstActivityAt, recentInteraction, createdAt, updatedAt, convertedAt,
  isDoNotEmail, isDoNotCall, isReviewed, isArchived, isStarred, isDeleted, isEmailHardBounced, optedOut, doNotSell,
  emailBouncedAt, emailBouncedReason, campaignId, campaignParameter, contentParameter, mediumParameter, sourceParameter,
  termParameter, convertedFromObjectName, convertedFromObjectType, firstAssignedAt, firstTouchUrl, userId, assignedToId,
  profileId, prospectAccountId, lifecycleStageId, salesforceId, salesforceAccountId, salesforceCampaignId,
  salesforceContactId, salesforceLeadId, salesforceLastSync, salesforceOwnerId, salesforceUrl, createdById, updatedById`;

/** Fields that the objects always have, besides those of a seed's records. */
const FIELDS: Readonly<Record<string, string>> = {
  prospects: PROSPECT,
  'visitor-activities': `id, prospectId, visitorId, visitId, type, typeName, details, campaignId, emailId, listEmailId,
    emailTemplateId, formId, formHandlerId, landingPageId, fileId, customRedirectId, opportunityId, createdAt, updatedAt`,
  visits: `id, prospectId, visitorId, visitorPageViewCount, firstVisitorPageViewAt, lastVisitorPageViewAt,
    durationInSeconds, campaignParameter, contentParameter, mediumParameter, sourceParameter, termParameter, createdAt,
    updatedAt`,
  visitors: `id, prospectId, pageViewCount, ipAddress, hostname, campaignParameter, contentParameter, mediumParameter,
    sourceParameter, termParameter, doNotSell, isIdentified, createdAt, updatedAt`,
  'visitor-page-views':
    'id, visitorId, visitId, prospectId, url, title, durationInSeconds, campaignId, createdAt',
  'list-memberships':
    'id, listId, prospectId, optedOut, isDeleted, createdAt, updatedAt, createdById, updatedById',
  lists:
    'id, name, title, description, isPublic, isDynamic, folderId, createdAt, updatedAt, isDeleted',
  opportunities: `id, name, value, probability, type, stage, status, closedAt, campaignId, salesforceId, createdAt,
    updatedAt, createdById, updatedById`,
  emails:
    'id, name, subject, prospectId, clientType, sentAt, createdById, listEmailId, listId, campaignId',
  campaigns: 'id, name, cost, folderId, createdAt, updatedAt, isDeleted, salesforceId',
  'prospect-accounts': 'id, name, salesforceId, createdAt, updatedAt, isDeleted',
  users:
    'id, email, firstName, lastName, username, jobTitle, role, createdAt, updatedAt, isDeleted',
};

/** The object of a field whose name is not the object's. */
const ALIASES: Readonly<Record<string, string>> = {
  assignedTo: 'users',
  createdBy: 'users',
  updatedBy: 'users',
};

/** Whether an object exists in a business unit. */
export const isObject = (object: string, unit: Readonly<Record<string, unknown>>): boolean =>
  object in FIELDS || object in unit;

/** The fields of an object. */
export const fieldsOf = (object: string, records: readonly CloudRecord[]): ReadonlySet<string> =>
  new Set([
    ...(FIELDS[object]?.split(/,\s+/) ?? ['id']),
    ...records.flatMap((record) => Object.keys(record)),
  ]);

/** The object that a field such as `prospect` leads to, through the record's `prospectId`. */
export const relatedObject = (relation: string): string =>
  ALIASES[relation] ??
  `${relation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/y$/, 'ie')}s`;
