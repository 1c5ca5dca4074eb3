import type { Client } from '@temporalio/client';
import { lastPoll } from '../../client/read-status.ts';
import { asDossierError, isUnanswered } from '../../client/temporal-failures.ts';
import {
  requestIdOf,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  WORKFLOW_TYPE,
} from '../../contract/contract.ts';
import { OWN_WAITS } from '../../contract/own-failure.ts';
import { Finds, look, type Finding } from './finding.ts';

/** A worker polls again within this time, in milliseconds. */
const POLLS_WITHIN = 70_000;
/** The most requests in a finding. */
const NAMED = 10;

/** The longest time in which an idle worker must answer, in milliseconds. */
const ANSWERS_WITHIN = 5_000;

/** Whether a worker answers a query about an open request. `unknown` if no request is open. */
async function answersNow(client: Client): Promise<'yes' | 'no' | 'unknown'> {
  const query = `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1 })) {
    try {
      await client.withDeadline(Date.now() + ANSWERS_WITHIN, () =>
        client.workflow.getHandle(workflowId).query('status'),
      );
      return 'yes';
    } catch (error) {
      // A worker that refuses or cannot read does answer.
      return isUnanswered(error) ? 'no' : 'yes';
    }
  }
  return 'unknown';
}

/** Checks the namespace, its search attributes, and whether a worker polls. */
export async function checkTemporal(client: Client): Promise<Finding[]> {
  const { namespace } = client.options;
  const asked = <Result>(call: () => Promise<Result>): Promise<Result> =>
    client.withDeadline(Date.now() + 10_000, call).catch((error: unknown) => {
      throw asDossierError(error, namespace);
    });
  const setup = ['Register what is missing with: dossier setup'];
  return Promise.all([
    look(
      'temporal namespace',
      async () => {
        const { config } = await asked(() =>
          client.workflowService.describeNamespace({ namespace }),
        );
        const days = Math.round(
          Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400,
        );
        return `"${namespace}" keeps ended requests for ${days} ${days === 1 ? 'day' : 'days'}`;
      },
      setup,
    ),
    look(
      'search attributes',
      async () => {
        const { customAttributes } = await asked(() =>
          client.connection.operatorService.listSearchAttributes({ namespace }),
        );
        const missing = Object.keys(SEARCH_ATTRIBUTES).filter(
          (name) => customAttributes?.[name] === undefined,
        );
        if (missing.length > 0) {
          throw new Finds(`${missing.join(', ')} are not registered; no worker can start.`, setup);
        }
        return `all ${Object.keys(SEARCH_ATTRIBUTES).length} are registered`;
      },
      setup,
    ),
    look(
      'failing steps',
      async () => {
        const failing = async (on: string) => {
          const ids: string[] = [];
          for await (const { workflowId } of client.workflow.list({
            query:
              `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus = 'Running' AND ` +
              `DossierWaitingOn = '${on}'`,
          })) {
            if (ids.push(requestIdOf(workflowId)) > NAMED) break;
          }
          return ids;
        };
        const [storage, worker] = await asked(() =>
          Promise.all([failing(OWN_WAITS.storage), failing(OWN_WAITS['own-fault'])]),
        );
        const all = [...storage, ...worker];
        if (all.length === 0) {
          return 'no request stands still for a storage that fails or a fault of ours';
        }
        const names = `${all.slice(0, NAMED).join(', ')}${all.length > NAMED ? ' and more' : ''}`;
        throw new Finds(
          `${names}: ${storage.length > 0 ? 'the storage cannot be used' : 'a step fails again and again'}.`,
          [
            `See why: dossier request show ${all[0]}`,
            'Once it is mended they go on by themselves within a minute.',
          ],
        );
      },
      setup,
    ),
    look('worker', async () => {
      const age = await asked(() => lastPoll(client));
      if (age === null || age > POLLS_WITHIN) {
        throw new Finds(`No worker polls the task queue "${TASK_QUEUE}"; requests wait.`, [
          'Start one: dossier worker --config dossier.yaml',
        ]);
      }
      const seconds = Math.round(age / 1000);
      if (seconds <= 5) return `one asked for work ${seconds} s ago`;
      const answers = await asked(() => answersNow(client));
      if (answers === 'no') {
        throw new Finds(
          `A worker asked for work ${seconds} s ago, and none answers within ${ANSWERS_WITHIN / 1000} s now.`,
          [
            'See whether it still runs, or start one: dossier worker --config dossier.yaml',
            'A worker that is only busy answers later: ask again in a minute.',
          ],
        );
      }
      return answers === 'yes'
        ? `one asked for work ${seconds} s ago, and answers`
        : `one asked for work ${seconds} s ago; whether it still runs shows within ` +
            `${Math.ceil((POLLS_WITHIN - age) / 1000)} s`;
    }),
  ]);
}
