import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({
  startToCloseTimeout: '1 minute',
});

/** A workflow that orders so many activities, one after the other, none of which does anything. */
export async function bare(activities: number): Promise<void> {
  for (let done = 0; done < activities; done += 1) {
    await nothing();
  }
}
