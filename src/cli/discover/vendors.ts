import { stringify } from 'yaml';
import type { SystemEntry } from '../../config/config.ts';
import { dataSourceOf, type DiscoverReport, type ReportedSource } from './report.ts';

/** An entry of `systems:` to fill in, for a source without one. */
export interface SuggestedEntry {
  readonly id: string;
  readonly connector: string;
  readonly dataSources: readonly string[];
  readonly instructions?: string;
}

/** Connectors of Salesforce's own clouds, by the connector kind of a data stream. */
const CLOUDS: readonly (readonly [RegExp, string])[] = [
  [/marketing ?cloud|sfmc|exacttarget/i, 'marketing-cloud'],
  [/personali[sz]ation|interaction ?studio|evergage/i, 'personalization'],
  [/pardot|account ?engagement/i, 'account-engagement'],
  [/commerce|demandware/i, 'b2c-commerce'],
  [/salesforcedotcom|^salesforce( ?crm)?$/i, 'core-crm'],
];

/**
 * Entries for all sources that no system claims. If a source belongs to a configured Salesforce
 * cloud, the suggestion is that cloud's entry.
 */
export function suggestedEntries(
  sources: readonly ReportedSource[],
  systems: readonly SystemEntry[],
): {
  readonly entries: readonly SuggestedEntry[];
  readonly additions: readonly { system: string; source: string }[];
} {
  const taken = new Set(systems.map(({ id }) => id));
  const entries: SuggestedEntry[] = [];
  const additions: { system: string; source: string }[] = [];
  for (const { source } of sources.filter(({ system }) => system === null)) {
    const { connector: kind } = sources.find((it) => it.source === source) as ReportedSource;
    const connector = CLOUDS.find(([pattern]) => pattern.test(kind))?.[1] ?? 'manual';
    const there =
      connector === 'manual' ? undefined : systems.find((entry) => entry.connector === connector);
    if (there !== undefined) additions.push({ system: there.id, source: dataSourceOf({ source }) });
    else {
      entries.push({
        id: freeId(source, taken),
        connector,
        dataSources: [dataSourceOf({ source })],
        ...(connector === 'manual' && { instructions: 'Whom to ask for the data, and how' }),
      });
    }
  }
  return { entries, additions };
}

function freeId(source: string, taken: Set<string>): string {
  const stem =
    source
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|(?<!-)-+$/g, '') || 'source';
  let id = stem;
  for (let number = 2; taken.has(id); number += 1) {
    id = `${stem}-${number}`;
  }
  taken.add(id);
  return id;
}

/** The entries as lines for `dossier.yaml`, with the data that each source feeds. */
export function entryLines(
  { entries, additions }: ReturnType<typeof suggestedEntries>,
  { sources, unnamedStreams }: Pick<DiscoverReport, 'sources' | 'unnamedStreams'>,
): string[] {
  const unnamed =
    unnamedStreams.length === 0
      ? []
      : [
          `# ${unnamedStreams.length} data stream(s) tell no source: ` +
            `${unnamedStreams.join(', ')}. See in Data Cloud whose data they bring, and whom to ask.`,
        ];
  if (sources.length === 0 && unnamed.length === 0) {
    return [
      'No source that feeds Data Cloud is known: there is no data stream, or we may not read ' +
        'them. `dossier discover` says which.',
    ];
  }
  if (entries.length + additions.length === 0) {
    return [
      ...(sources.length === 0
        ? []
        : [
            'Every source ' +
              `${unnamed.length === 0 ? 'that feeds Data Cloud' : 'that is named'} has an ` +
              'entry in dossier.yaml.',
          ]),
      ...unnamed,
    ];
  }
  const about = (name: string): string => {
    const source = sources.find((it) => it.source === name || dataSourceOf(it) === name);
    return (
      `${source?.connector || 'kind unknown'}; feeds ` +
      (source?.objects.join(', ') || 'lake objects only')
    );
  };
  return [
    '# Sources that feed Data Cloud and have no entry yet. Fill in, and add to dossier.yaml.',
    ...additions.map(
      ({ system, source }) =>
        `# ${source} (${about(source)}): add it to the dataSources of "${system}".`,
    ),
    ...unnamed,
    ...(entries.length > 0 ? ['systems:'] : []),
    ...entries.flatMap((entry) => [
      `  # ${about(entry.dataSources[0] ?? '')}`,
      ...stringify([entry], { lineWidth: 0 })
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    ]),
  ];
}
