import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { CheckedRequest } from '../../contract/request.ts';
import { readSettings } from '../stack/stack-config.ts';

/**
 * Where a rehearsal runs: a temporary folder, the company's configuration without its vendors, and
 * a person to find.
 */
export interface Surroundings {
  readonly folder: string;
  readonly config: string;
  readonly seed: string;
  remove(): Promise<void>;
}

/**
 * The only connector that the simulator serves. Every other system stays silent, so nobody outside
 * is ever asked.
 */
const SIMULATED = 'core-crm';

interface System {
  readonly id: string;
  readonly connector: string;
  readonly dataSources?: readonly string[];
  readonly instructions?: string;
}

/**
 * Prepares a rehearsal. Systems keep their IDs and data sources. Every vendor is asked by a letter
 * that nobody answers.
 *
 * @throws DossierError `usage` if the configuration cannot be read
 */
export async function prepareSurroundings(
  request: CheckedRequest,
  configFile: string,
): Promise<Surroundings> {
  const settings = readSettings(configFile);
  const systems = (settings.systems ?? []) as readonly System[];
  const folder = await mkdtemp(join(tmpdir(), 'dossier-rehearsal-'));
  const [config, seed] = [join(folder, 'rehearsal.yaml'), join(folder, 'person.json')];
  const notices = (settings.notices ?? {}) as { readonly directory?: string };
  const silent = {
    ...settings,
    systems: systems.map(
      ({ id, connector, dataSources = [], instructions = 'A silent vendor of the rehearsal.' }) =>
        connector === SIMULATED
          ? { id, connector, dataSources }
          : { id, connector: 'manual', dataSources, instructions },
    ),
    ...(notices.directory !== undefined && {
      notices: { ...notices, directory: resolve(dirname(resolve(configFile)), notices.directory) },
    }),
  };
  await writeFile(config, stringify(silent), { mode: 0o600 });
  const { dataSpaces = ['default'] } = (settings.salesforce ?? {}) as {
    readonly dataSpaces?: readonly string[];
  };
  await writeFile(
    seed,
    JSON.stringify(
      personOf(request, dataSpaces, [
        ...new Set(systems.flatMap(({ dataSources = [] }) => dataSources)),
      ]),
    ),
    { mode: 0o600 },
  );
  return { folder, config, seed, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** One profile of the person in every data source, so every system that owns one is asked. */
function personOf(
  { subject }: CheckedRequest,
  dataSpaces: readonly string[],
  sources: readonly string[],
): object {
  const [first = 'Pat', ...rest] = (subject.name ?? 'Pat Sample').split(' ');
  const profiles = (sources.length === 0 ? ['Rehearsal'] : sources).map((source, index) => ({
    source,
    id: subject.partyIds[index] ?? `REHEARSAL-${index + 1}`,
  }));
  const key = { KQ_Id__c: 'rehearsal' };
  const points = (values: readonly string[], field: string) =>
    profiles.flatMap(({ id }) =>
      values.map((value, index) => ({
        ssot__Id__c: `${field}-${id}-${index}`,
        ...key,
        ssot__PartyId__c: id,
        KQ_PartyId__c: 'rehearsal',
        [field]: value,
      })),
    );
  const rows = {
    ssot__Individual__dlm: profiles.map(({ source, id }) => ({
      ssot__Id__c: id,
      ...key,
      ssot__DataSourceId__c: source,
      ssot__FirstName__c: first,
      ssot__LastName__c: rest.join(' ') || 'Sample',
      ssot__BirthDate__c: '1990-01-02',
    })),
    ssot__ContactPointEmail__dlm: points(subject.emails, 'ssot__EmailAddress__c'),
    ssot__ContactPointPhone__dlm: points(subject.phones, 'ssot__TelephoneNumber__c'),
  };
  const filled = Object.fromEntries(Object.entries(rows).filter(([, list]) => list.length > 0));
  return {
    dataCloud: Object.fromEntries(
      dataSpaces.map((name, index) => [name, index === 0 ? filled : {}]),
    ),
  };
}
