import type { Allowance } from '../server/allowance.ts';

/** Limits of an org of the Enterprise Edition that nothing here uses. */
const UNUSED: Readonly<Record<string, number>> = {
  ActiveScratchOrgs: 40,
  AnalyticsExternalDataSizeMB: 40_960,
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyAnalyticsDataflowJobExecutions: 60,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDeliveredPlatformEvents: 25_000,
  DailyDurableGenericStreamingApiEvents: 100_000,
  DailyDurableStreamingApiEvents: 100_000,
  DailyGenericStreamingApiEvents: 10_000,
  DailyScratchOrgs: 80,
  DailyStandardVolumePlatformEvents: 25_000,
  DailyStreamingApiEvents: 100_000,
  DailyWorkflowEmails: 100_000,
  DataStorageMB: 10_240,
  DurableStreamingApiConcurrentClients: 1_000,
  FileStorageMB: 10_240,
  HourlyAsyncReportRuns: 1_200,
  HourlyDashboardRefreshes: 200,
  HourlyDashboardResults: 5_000,
  HourlyDashboardStatuses: 999_999_999,
  HourlyODataCallout: 20_000,
  HourlyPublishedPlatformEvents: 100_000,
  HourlyPublishedStandardVolumePlatformEvents: 100_000,
  HourlySyncReportRuns: 500,
  HourlyTimeBasedWorkflow: 1_000,
  MassEmail: 5_000,
  Package2VersionCreates: 6,
  Package2VersionCreatesWithoutValidation: 500,
  SingleEmail: 5_000,
  StreamingApiConcurrentClients: 1_000,
};

/**
 * The limits of the org. Only the API calls of 24 hours count down.
 *
 * @see REST API Developer Guide, "Limits", `/vXX.X/limits/`, and its list of labels; read 2026-11
 */
export function orgLimits(allowance: Allowance): object {
  const unused = Object.entries(UNUSED).map(
    ([name, max]) => [name, { Max: max, Remaining: max }] as const,
  );
  const calls = {
    Max: allowance.max(),
    Remaining: Math.max(0, allowance.max() - allowance.used()),
  };
  const all = [...unused, ['DailyApiRequests', calls] as const];
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
