import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { AskInput } from '../activities/inputs.ts';
import { readySystems } from '../temporal/assembly.ts';
import type { Config } from '../config/config.ts';
import type { Asked } from '../connectors/spi.ts';
import { workflowIdOf } from '../contract/contract.ts';
import { instant } from '@dossier/law/days';
import { createSalesforce } from '../salesforce/create-salesforce.ts';
import type { Store } from '../storage/filesystem.ts';
import type { State } from '../workflows/state/state.ts';

/** One vendor that a request asked, with its reference; null if a person asked it. */
export interface AskedVendor {
  readonly system: string;
  readonly reference: string | null;
}

/**
 * Every vendor that a request asked, from the history of its newest run and from what that run took
 * over from earlier ones.
 */
export async function askedVendors(client: Client, requestId: string): Promise<AskedVendor[]> {
  const workflowId = workflowIdOf(requestId);
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const decoded = (payloads: Parameters<typeof decodeArrayFromPayloads>[1]) =>
    decodeArrayFromPayloads(client.options.loadedDataConverter, payloads, {
      type: 'workflow',
      namespace: client.options.namespace,
      workflowId,
    });
  const asked = new Map<string, AskedVendor>();
  const systems = new Map<string, string>();
  const [, carried] = (await decoded(
    events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads,
  )) as [unknown, Partial<State>?];
  for (const {
    system: { id, kind },
    reference,
    status,
  } of Object.values(carried?.tasks ?? {})) {
    if (kind === 'vendor' && status.askedAt !== null) asked.set(id, { system: id, reference });
  }
  for (const event of events ?? []) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType?.name === 'askVendor') {
      const [order] = (await decoded(scheduled.input?.payloads)) as [AskInput | undefined];
      if (typeof order?.system === 'string') systems.set(String(event.eventId), order.system);
    }
    const completed = event.activityTaskCompletedEventAttributes;
    const system = systems.get(String(completed?.scheduledEventId));
    if (!completed || system === undefined) continue;
    const [answer] = (await decoded(completed.result?.payloads)) as [Asked | undefined];
    asked.set(system, { system, reference: answer?.way === 'poll' ? answer.reference : null });
  }
  return [...asked.values()];
}

/**
 * Tells vendors that a request has ended. Returns those that were told, and the others with the
 * reason.
 */
export async function tellVendors({
  config,
  store,
  requestId,
  asked,
  signal,
}: {
  readonly config: Config;
  readonly store: Store;
  readonly requestId: string;
  readonly asked: readonly AskedVendor[];
  readonly signal: AbortSignal;
}): Promise<{ told: string[]; untold: { system: string; why: string }[] }> {
  const told: string[] = [];
  const untold: { system: string; why: string }[] = [];
  if (asked.length === 0) return { told, untold };
  const salesforce = config.salesforce === undefined ? null : createSalesforce(config.salesforce);
  try {
    const systems = await readySystems(config, salesforce);
    for (const { system, reference } of asked) {
      const ready = systems.get(system);
      if (reference === null) untold.push({ system, why: 'a person asked it' });
      else if (ready?.kind !== 'vendor' || ready.connector.withdraw === undefined) {
        untold.push({ system, why: 'it cannot be told by machine' });
      } else {
        const context = {
          requestId,
          system,
          at: instant(Date.now()),
          signal,
          sink: store.sink(requestId),
          heartbeat: () => undefined,
          resume: undefined,
        };
        await ready.connector.withdraw(context, reference).then(
          () => told.push(system),
          (error: unknown) =>
            untold.push({
              system,
              why: error instanceof Error ? error.message : 'it did not answer',
            }),
        );
      }
    }
  } finally {
    await salesforce?.close();
  }
  return { told, untold };
}
