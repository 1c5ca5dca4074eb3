import type {
  Covered,
  ListedObject,
  ObjectMap,
  PersonObject,
  SourceFeed,
} from '../../contract/object-map.ts';
import type { SystemEntry } from '../../config/config.ts';

/** An exported object, and how its rows lead to a person. */
export interface ReportedObject {
  readonly object: string;
  readonly label: string;
  readonly reach: PersonObject['reach'];
  readonly by: readonly string[];
  readonly inferred: boolean;
}

/** The report of `dossier discover` about one data space. */
export interface SpaceReport {
  readonly dataSpace: string;
  readonly readAt: string;
  /** The age of the metadata, in seconds. */
  readonly age: number;
  readonly rulesets: readonly string[];
  readonly exported: readonly ReportedObject[];
  readonly shared: readonly ListedObject[];
  readonly excluded: readonly ListedObject[];
  readonly guessed: readonly ListedObject[];
  readonly unreachable: readonly ListedObject[];
  readonly unstructured: readonly ListedObject[];
  /** What happens to every object of the org. Each is in it once. */
  readonly coverage: readonly Covered[];
  readonly notes: readonly string[];
}

/** A source system, and the entry of `dossier.yaml` that claims it. Null if none does. */
export type ReportedSource = SourceFeed & { readonly system: string | null };

/** The object that `dossier discover --json` prints. */
export interface DiscoverReport {
  readonly dataSpaces: readonly SpaceReport[];
  readonly sources: readonly ReportedSource[];
  /** Data streams that name no source. Nobody knows whom to ask for their data. */
  readonly unnamedStreams: readonly string[];
}

/**
 * The data source of a stream that names only its connection. The data source of a CRM has another
 * name than its connection.
 *
 * @see a public client of data streams, checked on orgs: the connection `SalesforceDotCom_Home` has
 *   the data source `Salesforce_Home`; read 2026-11
 */
export const dataSourceOf = ({ source }: Pick<SourceFeed, 'source'>): string =>
  source.replace(/^SalesforceDotCom_/, 'Salesforce_');

export function reportOf(
  maps: readonly ObjectMap[],
  systems: readonly SystemEntry[],
  now: number,
): DiscoverReport {
  const sources = new Map<string, SourceFeed>();
  for (const feed of maps.flatMap((map) => map.sources ?? [])) {
    const before = sources.get(feed.source);
    sources.set(
      feed.source,
      before === undefined
        ? feed
        : { ...before, objects: [...new Set([...before.objects, ...feed.objects])].toSorted() },
    );
  }
  return {
    dataSpaces: maps.map((map) => spaceReport(map, now)),
    sources: [...sources.values()].map((feed) => ({
      ...feed,
      system:
        systems.find(
          ({ dataSources }) =>
            dataSources.includes(feed.source) || dataSources.includes(dataSourceOf(feed)),
        )?.id ?? null,
    })),
    unnamedStreams: [
      ...new Set(maps.flatMap(({ unnamedStreams = [] }) => unnamedStreams)),
    ].toSorted(),
  };
}

function spaceReport(
  {
    dataSpace,
    readAt,
    rulesets,
    objects,
    shared,
    excluded,
    guessed,
    unreachable,
    unstructured = [],
    coverage = [],
    notes,
  }: ObjectMap,
  now: number,
): SpaceReport {
  const at = readAt ?? new Date(now).toISOString();
  return {
    dataSpace,
    readAt: at,
    age: Math.max(0, Math.round((now - Date.parse(at)) / 1000)),
    rulesets: rulesets.map(({ id }) => id),
    exported: objects.map((object) => ({
      object: object.name,
      label: object.label,
      reach: object.reach,
      by: waysOf(object),
      inferred: object.inferred === true,
    })),
    shared,
    excluded,
    guessed,
    unreachable,
    unstructured,
    coverage,
    notes,
  };
}

/**
 * Each way from an object's rows to a person, such as `ssot__SalesOrderId__c →
 * ssot__SalesOrder__dlm.ssot__SoldToCustomerId__c`.
 */
function waysOf({ personFields, parent, otherWays = [] }: PersonObject): string[] {
  const own = parent === undefined ? personFields.map(({ field }) => field) : [];
  return [
    ...own,
    ...[...(parent === undefined ? [] : [{ parent, personFields }]), ...otherWays].map(
      (way) =>
        `${way.parent.childField.field} → ` +
        `${way.parent.object}${way.parent.via === undefined ? '' : ` → ${way.parent.via.object}`}.${way.personFields.map(({ field }) => field).join(', ')}`,
    ),
  ];
}
