import { join } from 'node:path';
import { serveDrop } from '../connectors/drop-server.ts';
import { CLOUD_PERSON, CLOUD_SUBJECT, cloudSystems } from './cloud-person.ts';
import { FAULTS, openWalk, type Walk, type WalkedFault } from './fault-walk.ts';

/** Every call but those that read Data Cloud and the CRM, which a walk of their own covers. */
const CLOUD_CALLS =
  '^(?:marketing-cloud|account-engagement|b2c-commerce|personalization|bucket|core \\w+ \\S*/consent/)';

/**
 * Personalization has no token that could be renewed, and most clouds have no code for a spent
 * allowance: they tell too many calls by 429.
 */
export const CLOUD_FAULTS: readonly WalkedFault[] = FAULTS.map((fault) => {
  if (fault.kind === 'unauthorized') return { ...fault, gap: ['personal: denied'] };
  return fault.kind === 'limit' ? { ...fault, gap: ['denied'] } : fault;
});

/**
 * A walk over the calls to all other clouds, the CRM's and Data Cloud's second copies among them.
 */
export async function openCloudWalk(): Promise<Walk> {
  let folder = '';
  const bucket = await serveDrop(
    () => join(folder, 'simulator/drops/drop'),
    () => new Date(0).toISOString(),
  );
  const walk = await openWalk({
    seed: CLOUD_PERSON,
    subject: CLOUD_SUBJECT,
    type: 'portability',
    marker: /\b(?:OWN|OTHER)-\w+/g,
    match: CLOUD_CALLS,
    systems: (simulator) =>
      cloudSystems(simulator, bucket.endpoint).map((system) =>
        system.id === 'crm' ? { ...system, dataSources: ['CRM_1', 'WEB'] } : system,
      ),
    opened: (world) => {
      folder = world.folder;
    },
  });
  return {
    ...walk,
    stop: async () => {
      await walk.stop();
      await bucket.stop();
    },
  };
}
