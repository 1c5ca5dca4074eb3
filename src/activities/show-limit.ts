import { asyncLocalStorage, log, metricMeter } from '@temporalio/activity';
import type { LimitReading } from '../http/limit-watch.ts';

/**
 * Shows as two gauges how much of the org's allowance of API calls is used. The log says when an
 * activity waits for the allowance.
 */
export function showLimit({ used, max }: LimitReading, waits: boolean): void {
  if (asyncLocalStorage.getStore() === undefined) return;
  metricMeter
    .createGauge(
      'dossier_salesforce_api_calls_used',
      'int',
      'calls',
      'API calls of the whole org in 24 hours',
    )
    .set(used);
  metricMeter
    .createGauge(
      'dossier_salesforce_api_calls_allowed',
      'int',
      'calls',
      'API calls that the org may make in 24 hours',
    )
    .set(max);
  if (waits) {
    log.warn(
      'The API calls that the org leaves to Dossier are used; the input waits for the window to move.',
      { used, max },
    );
  }
}
