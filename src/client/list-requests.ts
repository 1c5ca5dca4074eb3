import type { Client } from '@temporalio/client';
import { WORKFLOW_TYPE, type SEARCH_ATTRIBUTES } from '../domain/contract.ts';
import type { CalendarDate } from '../domain/dates.ts';
import type { Stage } from '../domain/status.ts';
import { DossierError } from './dossier-error.ts';

/** The server names here what keeps a workflow from going on, and takes it back when it goes on. */
const REPORTED = 'TemporalReportedProblems';

/** Which requests to list; a field left out does not narrow the list. */
export interface ListFilter {
  readonly stage?: Stage;
  readonly law?: string;
  /** A system's ID, or `operator:match` and the like. */
  readonly waitingOn?: string;
  readonly overdue?: boolean;
  /** Only requests whose workflow has not ended. */
  readonly open?: boolean;
  /** The most requests to give. */
  readonly limit?: number;
}

/** One line of the list of requests. */
export interface ListedRequest {
  readonly requestId: string;
  readonly law: string | null;
  readonly stage: Stage;
  readonly answerBy: CalendarDate | null;
  /**
   * `operator:workflow-failed`, `-terminated` and the like stand for a workflow that ended before its request did;
   * `operator:workflow-task-failed` for one that stands still, because a worker fails at its next step.
   */
  readonly waitingOn: readonly string[];
  readonly overdue: boolean;
}

/**
 * The requests that Temporal's visibility knows, the earliest answer date first. No worker is needed.
 *
 * Visibility follows a moment behind: a request that was started just now may be missing.
 */
export async function listRequests(client: Client, filter: ListFilter): Promise<ListedRequest[]> {
  const listed: ListedRequest[] = [];
  for await (const execution of client.workflow.list({ query: queryOf(filter) })) {
    listed.push(lineOf(execution.workflowId, execution.status.name, execution.searchAttributes));
  }
  listed.sort((a, b) => (a.answerBy ?? '9999').localeCompare(b.answerBy ?? '9999') || a.requestId.localeCompare(b.requestId));
  return filter.limit === undefined ? listed : listed.slice(0, filter.limit);
}

/**
 * The calendar day that ends at an instant, which is midnight in some zone of the laws. Zones from -10:00 (Honolulu) to
 * +13:45 (Chatham) give the right day.
 */
export function dayBefore(midnight: Date): CalendarDate {
  const quarterPastTenHours = 10.25 * 3_600_000;
  return new Date(midnight.getTime() - quarterPastTenHours).toISOString().slice(0, 10) as CalendarDate;
}

function lineOf(workflowId: string, executionStatus: string, attributes: Readonly<Record<string, unknown>>): ListedRequest {
  const valuesOf = (name: keyof typeof SEARCH_ATTRIBUTES): readonly unknown[] => {
    const values = attributes[name];
    return Array.isArray(values) ? values : [];
  };
  const [law] = valuesOf('DossierLaw');
  const [dueBy] = valuesOf('DossierDueBy');
  const broken = ['FAILED', 'TERMINATED', 'CANCELLED', 'CANCELED', 'TIMED_OUT'].includes(executionStatus);
  return {
    requestId: workflowId.replace(/^dsar-/, ''),
    law: typeof law === 'string' ? law : null,
    stage: (valuesOf('DossierStage')[0] ?? 'received') as Stage,
    answerBy: dueBy === undefined ? null : dayBefore(new Date(dueBy as string | Date)),
    // What a request waited for at its end stays in visibility.
    waitingOn: executionStatus === 'COMPLETED' ? [] : broken ? [`operator:workflow-${executionStatus.toLowerCase().replace('_', '-')}`] : [
      ...(REPORTED in attributes ? ['operator:workflow-task-failed'] : []), ...valuesOf('DossierWaitingOn').map(String),
    ],
    overdue: valuesOf('DossierOverdue')[0] === true,
  };
}

function queryOf({ stage, law, waitingOn, overdue, open }: ListFilter): string {
  return [
    `WorkflowType = '${WORKFLOW_TYPE}'`,
    // An execution that was continued as new is not a request of its own.
    open === true ? `ExecutionStatus = 'Running'` : `ExecutionStatus != 'ContinuedAsNew'`,
    stage && `DossierStage = '${plain('stage', stage)}'`,
    law && `DossierLaw = '${plain('law', law)}'`,
    waitingOn && `DossierWaitingOn = '${plain('waitingOn', waitingOn)}'`,
    overdue === undefined ? undefined : `DossierOverdue = ${overdue}`,
  ].filter(Boolean).join(' AND ');
}

/** @throws DossierError `invalid-input` for a value that could change the meaning of the query */
function plain(field: string, value: string): string {
  if (/^[\w.:-]+$/.test(value)) return value;
  throw new DossierError({ code: 'invalid-input', message: `${field}: may hold letters, digits and ". _ : -" only.`, where: field, actions: [] });
}
