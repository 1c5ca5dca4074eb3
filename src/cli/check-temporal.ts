import type { Client } from '@temporalio/client';
import { lastPoll } from '../client/read-status.ts';
import { asDossierError } from '../client/temporal-failures.ts';
import { SEARCH_ATTRIBUTES, TASK_QUEUE } from '../domain/contract.ts';
import { Finds, look, type Finding } from './finding.ts';

/** A worker asks again at least this often, in milliseconds. */
const POLLS_WITHIN = 70_000;

/** The namespace, its search attributes, and whether a worker listens. */
export async function checkTemporal(client: Client): Promise<Finding[]> {
  const { namespace } = client.options;
  const asked = <Result>(call: () => Promise<Result>): Promise<Result> =>
    client.withDeadline(Date.now() + 10_000, call).catch((error: unknown) => { throw asDossierError(error, namespace); });
  const setup = ['Register what is missing with: dossier setup'];
  return Promise.all([
    look('temporal namespace', async () => {
      const { config } = await asked(() => client.workflowService.describeNamespace({ namespace }));
      const days = Math.round(Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400);
      return `"${namespace}" keeps ended requests for ${days} ${days === 1 ? 'day' : 'days'}`;
    }, setup),
    look('search attributes', async () => {
      const { customAttributes } = await asked(() => client.connection.operatorService.listSearchAttributes({ namespace }));
      const missing = Object.keys(SEARCH_ATTRIBUTES).filter((name) => customAttributes?.[name] === undefined);
      if (missing.length > 0) throw new Finds(`${missing.join(', ')} are not registered; no worker can start.`, setup);
      return `all ${Object.keys(SEARCH_ATTRIBUTES).length} are registered`;
    }, setup),
    look('worker', async () => {
      const age = await asked(() => lastPoll(client));
      if (age === null || age > POLLS_WITHIN) throw new Finds(`No worker polls the task queue "${TASK_QUEUE}"; requests wait.`, ['Start one: dossier worker --config dossier.yaml']);
      return `one asked for work ${Math.round(age / 1000)} s ago`;
    }),
  ]);
}
