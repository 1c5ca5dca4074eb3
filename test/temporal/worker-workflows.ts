import {
  condition,
  defineSignal,
  log,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';

const stage = defineSearchAttributeKey('DossierStage', 'KEYWORD');
const orders = proxyActivities<{
  greet(email: string): Promise<string>;
  fail(email: string): Promise<void>;
}>({
  startToCloseTimeout: '1 minute',
  retry: { maximumAttempts: 1 },
  summary: 'greet the subject',
});

export const proceed = defineSignal<[unknown]>('proceed');

export async function greeting(email: string): Promise<string> {
  upsertSearchAttributes([{ key: stage, value: 'collecting' }]);
  log.info('a request begins', { stage: 'collecting' });
  return orders.greet(email);
}

export async function failing(email: string): Promise<void> {
  await orders.fail(email);
}

export async function waiting(): Promise<unknown> {
  let said: unknown;
  setHandler(proceed, (value) => {
    said = value;
  });
  await condition(() => said !== undefined);
  return said;
}
