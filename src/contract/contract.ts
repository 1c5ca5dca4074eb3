export type { Complaint } from '@dossier/law';

/** The task queue that every Dossier worker listens on. */
export const TASK_QUEUE = 'dossier';
/** The type of the one workflow. */
export const WORKFLOW_TYPE = 'dataAccessRequest';
/** The workflow ID of a request: `dsar-<requestId>`. */
export const workflowIdOf = (requestId: string): string => `dsar-${requestId}`;
/** The request of a workflow ID; an ID of another form stays as it is. */
export const requestIdOf = (workflowId: string): string => workflowId.replace(/^dsar-/, '');

/** The search attributes and their types. None ever holds personal data. */
export const SEARCH_ATTRIBUTES = {
  DossierStage: 'Keyword',
  DossierLaw: 'Keyword',
  DossierDueBy: 'Datetime',
  DossierWaitingOn: 'KeywordList',
  DossierOverdue: 'Bool',
  /** When the request will be late, if that is known before. */
  DossierLateOn: 'Datetime',
  /** Who must act: `operator`, `vendor`, `subject`, `dossier`. */
  DossierOwner: 'KeywordList',
  /** The ID of the newest other request that has one of the same identifiers. */
  DossierSamePerson: 'Keyword',
} as const;

/**
 * The kinds of failure that a caller may get. They are stored in histories, so they never change.
 */
export type RefusalType = 'invalid-request' | 'invalid-input' | 'not-allowed';

/** The Salesforce clouds that a company must declare as configured or not used. */
export const KNOWN_CLOUDS = [
  'core-crm',
  'marketing-cloud',
  'account-engagement',
  'b2c-commerce',
  'personalization',
] as const;

/**
 * The metadata key by which a decoded payload says how it came: `clear`, or `unbound` if it was
 * encrypted for no workflow. It is absent if the payload was encrypted for a workflow.
 */
export const ORIGIN_METADATA = 'dossier-origin';
/**
 * The field in which a message says to the workflow's handlers how it came, if it was not encrypted
 * for this request. No message has a field of this name.
 */
export const ORIGIN_FIELD = '$origin';
