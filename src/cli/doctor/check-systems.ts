import type { ReadySystem } from '../../activities/dependencies.ts';
import { readySystems } from '../../temporal/assembly.ts';
import { ConfigError, type Config, type SystemEntry } from '../../config/config.ts';
import { createSalesforce, type Salesforce } from '../../salesforce/create-salesforce.ts';
import { Finds, look, type Finding } from './finding.ts';

/** The longest time for one system, in milliseconds. */
const PATIENCE = 30_000;

/** Signs in to Salesforce, and asks every system to check its credentials and reach. */
export async function checkSystems(config: Config, ending: AbortSignal): Promise<Finding[]> {
  const salesforce = config.salesforce === undefined ? null : createSalesforce(config.salesforce);
  const patience = () => AbortSignal.any([ending, AbortSignal.timeout(PATIENCE)]);
  try {
    const [own, ...others] = await Promise.all([
      checkSalesforce(config, salesforce, patience()),
      ...config.systems.map((entry) =>
        look(
          `system ${entry.id}`,
          async () => {
            const { connector } = await ready(config, entry, salesforce);
            const found =
              (await connector.check?.(patience())) ?? 'is asked by an operator; nothing to check';
            const warnings =
              'warnings' in connector ? await connector.warnings?.(patience()) : undefined;
            return { found, warnings: warnings ?? [] };
          },
          ['Mend its entry or its credentials in dossier.yaml, then look again.'],
        ),
      ),
    ]);
    return own === undefined ? others : [own, ...others];
  } finally {
    await salesforce?.close();
  }
}

/** Prepares one entry alone, so that a bad one does not hide the others. */
async function ready(
  config: Config,
  entry: SystemEntry,
  salesforce: Salesforce | null,
): Promise<ReadySystem> {
  try {
    const found = (await readySystems({ ...config, systems: [entry] }, salesforce)).get(entry.id);
    if (found === undefined) throw new Finds('It has no connector.', []);
    return found;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Finds(
      'Its entry cannot be used: ' +
        error.complaints
          .map(
            ({ path, reason }) => `${path.replace(/^systems\[0\]\.?/, '') || 'entry'}: ${reason}`,
          )
          .join('; '),
      ['Mend it in dossier.yaml.'],
    );
  }
}

function checkSalesforce(
  config: Config,
  salesforce: Salesforce | null,
  signal: AbortSignal,
): Promise<Finding> {
  return look(
    'salesforce',
    async () => {
      if (salesforce === null) {
        throw new Finds('No salesforce: section; Data Cloud cannot be read.', [
          'Add salesforce: with loginUrl, clientId and clientSecret.',
        ]);
      }
      const found = await salesforce.dataSpaces(signal);
      const missing = (config.salesforce?.dataSpaces ?? []).filter((name) => !found.includes(name));
      if (missing.length > 0) {
        throw new Finds(
          `The data space ${missing.join(', ')} is not there; found ${found.join(', ')}.`,
          ['Name only data spaces that exist under salesforce.dataSpaces.'],
        );
      }
      return `${salesforce.host} lets us in; data spaces ${found.join(', ')}`;
    },
    [
      'Check salesforce.loginUrl, clientId and the secret, and the External Client App in Salesforce.',
    ],
  );
}
