import { askVendor, exportCloud, pollVendor, withdrawFromVendor } from './ask-systems.ts';
import { buildPackage, deliverPackage, findUnknownFiles } from './build-package.ts';
import { deleteFiles } from './delete-files.ts';
import type { Dependencies } from './dependencies.ts';
import { exportObject, mapObjects } from './export-profiles.ts';
import { listProfiles } from './list-profiles.ts';
import { locateProfiles } from './locate-profiles.ts';
import type { Activities } from './inputs.ts';
import { shown } from './own-failures.ts';
import { planRequest, replanDates } from './plan-request.ts';
import { readMessage } from './read-message.ts';
import { receiveAnswer } from './receive-answer.ts';
import { registerRequest } from './register-request.ts';
import { writeLetter } from './write-letter.ts';

const makers = {
  registerRequest,
  planRequest,
  replanDates,
  locateProfiles,
  listProfiles,
  mapObjects,
  exportObject,
  exportCloud,
  askVendor,
  pollVendor,
  withdrawFromVendor,
  receiveAnswer,
  readMessage,
  writeLetter,
  findUnknownFiles,
  buildPackage,
  deliverPackage,
  deleteFiles,
} satisfies { [Name in keyof Activities]: (parts: Dependencies) => Activities[Name] };

/** Every activity, with its dependencies. */
export function createActivities(parts: Dependencies): Activities {
  return Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [name, shown(name, make(parts) as never)]),
  ) as unknown as Activities;
}
