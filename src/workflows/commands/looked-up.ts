import type { RequestRun } from '../state/request-run.ts';
import { open } from '../state/state.ts';

/** Whether a command is about the search for the person, which still runs. */
export const isLookedUp = ({ state }: RequestRun, system: string): boolean =>
  system === 'data-cloud' &&
  state.located === null &&
  state.tasks[system] === undefined &&
  state.plan !== null &&
  open(state);

/** The systems that a command can name: those of the request, and the search if it still runs. */
export const systemsToName = (run: RequestRun): string[] => [
  ...Object.keys(run.state.tasks),
  ...(isLookedUp(run, 'data-cloud') ? ['data-cloud'] : []),
];
