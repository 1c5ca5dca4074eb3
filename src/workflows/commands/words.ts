import type { RequestRun } from '../state/request-run.ts';

/** The beginning of a refusal because of the stage. */
export const atStage = (run: RequestRun): string =>
  `The request is at the stage ${run.state.status.stage}`;

/** The systems of a request, as a refusal names them. */
export const systemsOf = (run: RequestRun): string =>
  Object.keys(run.state.tasks).join(', ') || 'none yet';
