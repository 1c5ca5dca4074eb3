/** One object of the API, with the fields that are asked for: it gives no others. */
export interface EngagementKind {
  /** Its path below `/api/v5/objects/`. */
  readonly path: string;
  readonly name: string;
  readonly label: string;
  readonly fields: readonly string[];
  /** The field, and the filter of the same name, that says whose a record is. */
  readonly owner: string;
  /** Whether it has a recycle bin, so that `deleted=all` is understood. */
  readonly hasDeleted: boolean;
}

/** @see Account Engagement API, "Prospect"; read 2026-11 */
export const PROSPECT: EngagementKind = {
  path: 'prospects', name: 'Prospect', label: 'Prospect', owner: 'email', hasDeleted: true,
  fields: [
    'id', 'email', 'salutation', 'firstName', 'lastName', 'company', 'website', 'jobTitle', 'department', 'industry', 'country', 'addressOne', 'addressTwo', 'city', 'state', 'territory', 'zip',
    'phone', 'fax', 'source', 'annualRevenue', 'employees', 'yearsInBusiness', 'comments', 'notes', 'score', 'grade', 'optedOut', 'isDoNotEmail', 'isDoNotCall', 'isReviewed', 'isDeleted',
    'campaignId', 'userId', 'salesforceId', 'lastActivityAt', 'createdAt', 'updatedAt',
  ],
};

/** What belongs to a prospect, by the names that the option `objects` takes. @see Account Engagement API, version 5, object pages; read 2026-11 */
export const BELONGINGS = {
  'visitor-activities': {
    path: 'visitor-activities', name: 'VisitorActivity', label: 'Visitor activities', owner: 'prospectId', hasDeleted: false,
    fields: ['id', 'prospectId', 'visitorId', 'visitId', 'visitorPageViewId', 'type', 'typeName', 'details', 'campaignId', 'customRedirectId', 'emailId', 'emailTemplateId', 'listEmailId', 'fileId', 'formId', 'formHandlerId', 'landingPageId', 'opportunityId', 'createdAt', 'updatedAt'],
  },
  'list-memberships': {
    path: 'list-memberships', name: 'ListMembership', label: 'List memberships', owner: 'prospectId', hasDeleted: true,
    fields: ['id', 'prospectId', 'listId', 'optedOut', 'isDeleted', 'createdAt', 'updatedAt', 'createdById', 'updatedById'],
  },
  visitors: {
    path: 'visitors', name: 'Visitor', label: 'Visitors', owner: 'prospectId', hasDeleted: true,
    fields: ['id', 'prospectId', 'ipAddress', 'hostname', 'pageViewCount', 'isIdentified', 'doNotSell', 'campaignId', 'campaignParameter', 'contentParameter', 'mediumParameter', 'sourceParameter', 'termParameter', 'createdAt', 'updatedAt'],
  },
  visits: {
    path: 'visits', name: 'Visit', label: 'Visits', owner: 'prospectId', hasDeleted: false,
    fields: ['id', 'prospectId', 'visitorId', 'visitorPageViewCount', 'firstVisitorPageViewAt', 'lastVisitorPageViewAt', 'durationInSeconds', 'campaignParameter', 'mediumParameter', 'sourceParameter', 'contentParameter', 'termParameter', 'createdAt', 'updatedAt'],
  },
  'visitor-page-views': {
    path: 'visitor-page-views', name: 'VisitorPageView', label: 'Page views', owner: 'visitId', hasDeleted: false,
    fields: ['id', 'url', 'title', 'visitId', 'visitorId', 'campaignId', 'durationInSeconds', 'salesforceId', 'createdAt'],
  },
} as const satisfies Readonly<Record<string, EngagementKind>>;
export type Belonging = keyof typeof BELONGINGS;
