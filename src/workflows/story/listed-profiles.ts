import { insisted, quick } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { open, SHOWN } from '../state/state.ts';

/** Keeps the list of all profiles in storage, if it is longer than the status shows. */
export async function listProfiles(run: RequestRun): Promise<void> {
  const { state } = run;
  const { profiles } = state.status;
  if (profiles.length <= SHOWN || !open(state)) return;
  const order = [{ requestId: state.request.requestId, profiles }] as const;
  state.status.profilesRef = await insisted(run, () =>
    quick.listProfiles.executeWithOptions({ summary: `list all ${profiles.length} profiles` }, [
      ...order,
    ]),
  );
  run.touch();
}
