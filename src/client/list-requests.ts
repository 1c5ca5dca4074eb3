import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { requestIdOf, WORKFLOW_TYPE, type SEARCH_ATTRIBUTES } from '../contract/contract.ts';
import type { CalendarDate, Instant } from '@dossier/law';
import type { Stage, WillBeLate } from '../contract/status.ts';
import { DossierError } from './dossier-error.ts';
import { endedAs } from './from-outside.ts';
import { isServed, listedRelease, pollersOf, type Poller } from './releases.ts';

/** The server lists here what stops a workflow, and removes it when the workflow continues. */
const REPORTED = 'TemporalReportedProblems';

/** Such waits are not the request's own, so the server does not know them. */
const OURS = /^operator:(workflow|release)-/;
/** A request that is bound to a named release, of which no worker asks for work. */
const WITHOUT_WORKER = 'operator:release-without-worker';

/** Which requests to list; a field left out does not narrow the list. */
export interface ListFilter {
  readonly stage?: Stage;
  readonly law?: string;
  /** A system's ID, or `operator:match` and the like. */
  readonly waitingOn?: string;
  readonly overdue?: boolean;
  /** Only requests whose workflow has not ended. */
  readonly open?: boolean;
  /** The most requests to return. */
  readonly limit?: number;
}

/** One line of the list of requests. */
export interface ListedRequest {
  readonly requestId: string;
  readonly law: string | null;
  readonly stage: Stage;
  readonly answerBy: CalendarDate | null;
  /**
   * `operator:workflow-failed`, `-terminated` and the like: the workflow ended before its request
   * did. `operator:workflow-task-failed`: the workflow is stuck, because a worker fails at its next
   * step. `operator:workflow-paused`: it was paused in Temporal. `operator:release-without-worker`:
   * it is bound to a named release that has no worker.
   */
  readonly waitingOn: readonly string[];
  readonly overdue: boolean;
  /** The first moment at which the answer is late: midnight in the law's zone. */
  readonly dueAt: Instant | null;
  /** Who will be late, before it happens. It is short; `request show` says more. */
  readonly willBeLate: WillBeLate | null;
  /**
   * Requests that seem to be the same person's: the newest one that existed when this one came, and
   * those of the list that came after it. Left out if there are none.
   */
  readonly samePerson?: readonly string[];
}

/**
 * The requests that Temporal's visibility knows, the earliest answer date first. It needs no
 * worker.
 *
 * Visibility is a moment behind: a request that was started just now may be missing.
 */
export async function listRequests(client: Client, filter: ListFilter): Promise<ListedRequest[]> {
  const newest = new Map<string, Execution>();
  for await (const execution of client.workflow.list({ query: queryOf(filter) })) {
    const known = newest.get(execution.workflowId);
    if (known === undefined || known.startTime < execution.startTime) {
      newest.set(execution.workflowId, execution);
    }
  }
  const executions = narrows(filter)
    ? await withoutFormer(client, [...newest.values()])
    : [...newest.values()];
  const releases = executions.some(
    ({ searchAttributes }) => listedRelease(searchAttributes) !== undefined,
  )
    ? await pollersOf(client)
    : [];
  const listed = withLater(executions.map((it) => lineOf(it, releases))).filter((line) =>
    fits(line, filter),
  );
  listed.sort(
    (a, b) =>
      (a.answerBy ?? '9999').localeCompare(b.answerBy ?? '9999') ||
      a.requestId.localeCompare(b.requestId),
  );
  return filter.limit === undefined ? listed : listed.slice(0, filter.limit);
}

/** The used part of an execution. */
type Execution = Pick<
  WorkflowExecutionInfo,
  'workflowId' | 'runId' | 'status' | 'startTime' | 'searchAttributes'
>;

/** States of executions that still run. An ID has at most one of them, and it is the newest. */
const LIVING: readonly string[] = ['RUNNING', 'PAUSED'];
/** How many requests are asked about at the same time. */
const AT_ONCE = 10;

/**
 * Whether the server was asked for only some executions. A newer run of a request may then be
 * missing.
 */
const narrows = ({ stage, law, waitingOn, overdue, open }: ListFilter): boolean =>
  open !== true && (stage ?? law ?? waitingOn ?? overdue) !== undefined;

/**
 * Leaves out executions that a reset, or a start of the same ID, has replaced. They would raise an
 * alarm that nobody can clear.
 */
async function withoutFormer(
  client: Client,
  executions: readonly Execution[],
): Promise<Execution[]> {
  const isNewest = async ({ workflowId, runId, status }: Execution): Promise<boolean> =>
    LIVING.includes(status.name) ||
    (await client.workflow.getHandle(workflowId).describe()).runId === runId;
  const kept: Execution[] = [];
  for (let from = 0; from < executions.length; from += AT_ONCE) {
    const some = executions.slice(from, from + AT_ONCE);
    const are = await Promise.all(some.map(isNewest));
    kept.push(...some.filter((_, index) => are[index]));
  }
  return kept;
}

/**
 * Checks what the server cannot: the server knows what a request waited for while it ran, but not
 * why it stopped.
 */
const fits = ({ waitingOn }: ListedRequest, filter: ListFilter): boolean =>
  filter.waitingOn === undefined || waitingOn.includes(filter.waitingOn);

/**
 * The calendar day that ends at an instant, which is midnight in some zone of the laws. The result
 * is right in zones from -10:00 (Honolulu) to +13:45 (Chatham).
 */
export function dayBefore(midnight: Date): CalendarDate {
  const quarterPastTenHours = 10.25 * 3_600_000;
  return new Date(midnight.getTime() - quarterPastTenHours)
    .toISOString()
    .slice(0, 10) as CalendarDate;
}

const dayAfter = (day: CalendarDate): CalendarDate =>
  new Date(Date.parse(day) + 24 * 3_600_000).toISOString().slice(0, 10) as CalendarDate;

function lineOf(
  { workflowId, status, searchAttributes: attributes }: Execution,
  pollers: readonly Poller[],
): ListedRequest {
  const executionStatus = status.name;
  const valuesOf = (name: keyof typeof SEARCH_ATTRIBUTES): readonly unknown[] => {
    const values = attributes[name];
    return Array.isArray(values) ? values : [];
  };
  const [law] = valuesOf('DossierLaw');
  const [dueBy] = valuesOf('DossierDueBy');
  const [other] = valuesOf('DossierSamePerson');
  const [lateOn] = valuesOf('DossierLateOn');
  const answerBy = dueBy === undefined ? null : dayBefore(new Date(dueBy as string | Date));
  const broken = ['FAILED', 'TERMINATED', 'CANCELLED', 'CANCELED', 'TIMED_OUT'].includes(
    executionStatus,
  );
  const release = listedRelease(attributes);
  const stands = [
    ...(executionStatus === 'PAUSED' ? ['operator:workflow-paused'] : []),
    ...(REPORTED in attributes ? ['operator:workflow-task-failed'] : []),
    ...(release !== undefined && !isServed(pollers, release) ? [WITHOUT_WORKER] : []),
  ];
  const waitsFor = broken
    ? [endedAs(executionStatus)]
    : [...stands, ...valuesOf('DossierWaitingOn').map(String)];
  return {
    requestId: requestIdOf(workflowId),
    law: typeof law === 'string' ? law : null,
    stage: (valuesOf('DossierStage')[0] ?? 'received') as Stage,
    answerBy,
    dueAt: dueBy === undefined ? null : (new Date(dueBy as string | Date).toISOString() as Instant),
    // Visibility keeps what a request waited for at its end.
    waitingOn: executionStatus === 'COMPLETED' ? [] : waitsFor,
    ...(typeof other === 'string' && { samePerson: [other] }),
    overdue: valuesOf('DossierOverdue')[0] === true,
    willBeLate:
      lateOn === undefined || answerBy === null || executionStatus !== 'RUNNING'
        ? null
        : {
            on: dayAfter(answerBy),
            because: `waits for ${valuesOf('DossierWaitingOn').map(String).join(', ') || 'Dossier itself'}`,
          },
  };
}

/**
 * Only the later one of two requests of a person names the other. Here the earlier one names it
 * too.
 */
function withLater(lines: readonly ListedRequest[]): ListedRequest[] {
  const later = new Map<string, string[]>();
  for (const { requestId, samePerson = [] } of lines) {
    for (const other of samePerson) {
      later.set(other, [...(later.get(other) ?? []), requestId]);
    }
  }
  return lines.map((line) => {
    const others = [
      ...new Set([...(line.samePerson ?? []), ...(later.get(line.requestId) ?? [])]),
    ].sort();
    return others.length === 0 ? line : { ...line, samePerson: others };
  });
}

function queryOf({ stage, law, waitingOn, overdue, open }: ListFilter): string {
  return [
    `WorkflowType = '${WORKFLOW_TYPE}'`,
    // An execution that was continued as new is not a request of its own.
    open === true ? `CloseTime IS NULL` : `ExecutionStatus != 'ContinuedAsNew'`,
    stage && `DossierStage = '${plain('stage', stage)}'`,
    law && `DossierLaw = '${plain('law', law)}'`,
    waitingOn &&
      plain('waitingOn', waitingOn) &&
      (OURS.test(waitingOn) ? undefined : `DossierWaitingOn = '${waitingOn}'`),
    overdue === undefined ? undefined : `DossierOverdue = ${overdue}`,
  ]
    .filter(Boolean)
    .join(' AND ');
}

/** @throws DossierError `invalid-input` if a value could change the meaning of the query */
function plain(field: string, value: string): string {
  if (/^[\w.:-]+$/.test(value)) return value;
  throw new DossierError({
    code: 'invalid-input',
    message: `${field}: may hold letters, digits and ". _ : -" only.`,
    where: field,
    actions: [],
  });
}
