import { fileURLToPath } from 'node:url';
import { readSeed, type CheckedSeed } from '@dossier/salesforce-simulator';
import { usage } from './failures.ts';

/** The rows that are served where no seed is named. */
export const SAMPLE_SEED = fileURLToPath(new URL('../../../samples/seed-demo.json', import.meta.url));

/** The configuration that fits the sample rows. */
export const SAMPLE_CONFIG = fileURLToPath(new URL('../../../samples/dossier-demo.yaml', import.meta.url));

/** A seed, checked before anything is started. @throws DossierError `usage` that names the path in it */
export function checkedSeed(file: string): CheckedSeed {
  try {
    return readSeed(file);
  } catch (error) {
    throw error instanceof Error && error.name === 'SeedError' ? usage(error.message, file, ['Mend the seed, or leave --seed out for the sample rows.']) : error;
  }
}
