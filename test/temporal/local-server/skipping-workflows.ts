import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';

const DAY = 24 * 60 * 60 * 1000;
const orders = proxyActivities<{
  work(milliseconds: number): Promise<void>;
  failTwice(): Promise<number>;
}>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 day', backoffCoefficient: 1 },
});
const days = (since: number): number => Math.floor((Date.now() - since) / DAY);

export const note = defineSignal<[string]>('note');
export const diary = defineQuery<string[]>('diary');

export async function month(): Promise<number[]> {
  const began = Date.now();
  const passed: number[] = [];
  for (let day = 1; day <= 30; day++) {
    await sleep('1 day');
    await orders.work(0);
    passed.push(days(began));
  }
  return passed;
}

export async function workBesideTimer(): Promise<string[]> {
  const ended: string[] = [];
  await Promise.all([
    orders.work(300).then(() => ended.push('work')),
    sleep('10 days').then(() => ended.push('timer')),
  ]);
  return ended;
}

export async function retries(): Promise<{ attempts: number; days: number }> {
  const began = Date.now();
  const attempts = await orders.failTwice();
  return { attempts, days: days(began) };
}

export async function months(left: number, began: number): Promise<number> {
  await sleep('30 days');
  return left === 1 ? days(began) : continueAsNew<typeof months>(left - 1, began);
}

export async function diarist(): Promise<string[]> {
  const began = Date.now();
  const lines: string[] = [];
  let ended = false;
  setHandler(note, (text) => {
    lines.push(`${days(began)}: ${text}`);
    ended = text === 'end';
  });
  setHandler(diary, () => lines);
  while (!(await condition(() => ended, '7 days'))) {
    lines.push(`${days(began)}: a week has passed`);
  }
  return lines;
}
