import { readSeed, type CheckedSeed } from '@dossier/salesforce-simulator';
import { usage } from '../output/failures.ts';
import { packageFile } from '../../package-files.ts';

/** The rows to serve without a named seed. */
export const SAMPLE_SEED = packageFile('samples/seed-demo.json');

/** The configuration for the sample rows. */
export const SAMPLE_CONFIG = packageFile('samples/dossier-demo.yaml');

/**
 * Reads and checks a seed before anything starts.
 *
 * @throws DossierError `usage` that names the path in it
 */
export function checkedSeed(file: string): CheckedSeed {
  try {
    return readSeed(file);
  } catch (error) {
    throw error instanceof Error && error.name === 'SeedError'
      ? usage(error.message, file, ['Mend the seed, or leave --seed out for the sample rows.'])
      : error;
  }
}
