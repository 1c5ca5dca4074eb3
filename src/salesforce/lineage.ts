import * as z from 'zod';
import { SystemFailure } from '../http/failure.ts';
import type { Session } from './auth.ts';
import { jsonOf } from '../http/transport.ts';
import { pathOf } from './metadata.ts';
import { isNone, readAs } from './read-response.ts';

/** A lake object that is mapped to an object of the model, and the model's fields that it fills. */
export interface Mapping {
  readonly lake: string;
  readonly label: string;
  readonly fields: readonly string[];
}

/** What brings data into Data Cloud: a source system, and the lake object that it feeds. */
export interface DataStream {
  readonly name: string;
  readonly lake: string;
  readonly label: string;
  /** The data source, or the connection if there is no data source; empty if neither is named. */
  readonly source: string;
  /** The connector's kind, such as `SalesforceDotCom` or `IngestApi`; empty if it is not named. */
  readonly connector: string;
}

const SYSTEM = 'data-cloud';
const text = z.string().nullish();
const mappingsAnswer = z.looseObject({
  objectSourceTargetMaps: z.array(
    z.looseObject({
      sourceEntityDeveloperName: z.string(),
      sourceEntityLabel: text,
      fieldMappings: z.array(z.looseObject({ targetFieldDeveloperName: z.string() })).nullish(),
    }),
  ),
});

/**
 * The lake objects that are mapped to an object. An object without mappings returns 404, which is
 * no failure.
 *
 * @throws SystemFailure
 */
export async function readMappings(
  session: Session,
  dataSpace: string,
  object: string,
  signal?: AbortSignal,
): Promise<Mapping[]> {
  const query = new URLSearchParams({ dataspace: dataSpace, dmoDeveloperName: object });
  const path = `/services/data/v${session.apiVersion}/ssot/data-model-object-mappings?${query.toString()}`;
  try {
    const body = jsonOf(
      SYSTEM,
      await session.call({ system: SYSTEM, method: 'GET', path, signal }),
    );
    if (isNone(body, 'objectSourceTargetMaps')) return [];
    const { objectSourceTargetMaps } = readAs(mappingsAnswer, body, SYSTEM);
    return objectSourceTargetMaps.map(
      ({ sourceEntityDeveloperName: lake, sourceEntityLabel, fieldMappings }) => ({
        lake,
        label: sourceEntityLabel ?? lake,
        fields: (fieldMappings ?? []).map(
          ({ targetFieldDeveloperName }) => targetFieldDeveloperName,
        ),
      }),
    );
  } catch (error) {
    if (error instanceof SystemFailure && error.facts.status === 404) return [];
    throw error;
  }
}

const named = z
  .union([z.string(), z.looseObject({ name: text }).transform((it) => it.name ?? null)])
  .nullish()
  .catch(null);
/**
 * The names of a stream's source: its data source, spelled in two ways; the connection behind it;
 * names that other orgs put on the connector itself.
 */
const connectorShape = z.looseObject({
  connectorDetails: z.looseObject({ name: text }).nullish().catch(null),
  connectorName: text,
  name: text,
  label: text,
  displayName: text,
  connectorType: text,
});
const lakeShape = z.looseObject({ name: z.string(), label: text });
const streamShape = z.looseObject({
  name: text,
  label: text,
  dataSource: named,
  datasource: named,
  dataLakeObjectInfo: z.union([lakeShape, z.array(lakeShape)]).nullish(),
  connectorInfo: connectorShape.nullish(),
});
const streamsAnswer = z.looseObject({
  dataStreams: z.array(streamShape),
  nextPageUrl: text,
  totalSize: z.number().nullish(),
});

/**
 * Every data stream of the org. Several may feed one lake object, and one may feed several. @throws
 * SystemFailure
 */
export async function readDataStreams(
  session: Session,
  signal?: AbortSignal,
): Promise<DataStream[]> {
  const first = `/services/data/v${session.apiVersion}/ssot/data-streams?limit=100`;
  const streams: DataStream[] = [];
  for await (const { dataStreams } of pagesOf(session, {
    first,
    list: 'dataStreams',
    shape: streamsAnswer,
    signal,
  })) {
    streams.push(...dataStreams.flatMap(streamsIn));
  }
  return streams;
}

function streamsIn({
  name,
  label,
  dataSource,
  datasource,
  dataLakeObjectInfo,
  connectorInfo,
}: z.infer<typeof streamShape>): DataStream[] {
  const {
    connectorDetails,
    connectorName,
    name: plain,
    label: shown,
    displayName,
    connectorType,
  } = connectorInfo ?? {};
  const source =
    [dataSource, datasource, connectorDetails?.name, connectorName, plain, shown, displayName].find(
      (it) => it,
    ) ?? '';
  return [dataLakeObjectInfo ?? []].flat().map((lake) => ({
    name: name ?? lake.name,
    lake: lake.name,
    label: lake.label ?? label ?? name ?? lake.name,
    source,
    connector: connectorType ?? '',
  }));
}

const dataSpacesAnswer = z.looseObject({
  dataSpaces: z.array(z.looseObject({ name: z.string() })),
  nextPageUrl: text,
  totalSize: z.number().nullish(),
});

/** The data spaces that the company has. @throws SystemFailure */
export async function readDataSpaces(session: Session, signal?: AbortSignal): Promise<string[]> {
  const first = `/services/data/v${session.apiVersion}/ssot/data-spaces?batchSize=200`;
  const names = new Set<string>();
  for await (const { dataSpaces } of pagesOf(session, {
    first,
    list: 'dataSpaces',
    shape: dataSpacesAnswer,
    signal,
  })) {
    for (const { name } of dataSpaces) {
      names.add(name);
    }
  }
  return [...names];
}

interface Page {
  readonly nextPageUrl?: string | null | undefined;
  readonly totalSize?: number | null | undefined;
}

/**
 * The pages of a list: by the link in a page, else by offset while the total says that there is
 * more.
 * @throws SystemFailure
 */
async function* pagesOf<Shape extends Page>(
  session: Session,
  {
    first,
    list,
    shape,
    signal,
  }: {
    first: string;
    list: string;
    shape: z.ZodType<Shape>;
    signal: AbortSignal | undefined;
  },
): AsyncGenerator<Shape, void> {
  const seen = new Set<string>();
  let told = 0;
  for (let path: string | null = first; path !== null;) {
    if (seen.has(path)) {
      throw new SystemFailure({ kind: 'unreadable', system: SYSTEM, code: 'ENDLESS_PAGES' });
    }
    seen.add(path);
    const body = jsonOf(
      SYSTEM,
      await session.call({ system: SYSTEM, method: 'GET', path, signal }),
    );
    if (isNone(body, list)) return;
    const page = readAs(shape, body, SYSTEM);
    yield page;
    const here = ((page as Readonly<Record<string, unknown>>)[list] as readonly unknown[]).length;
    told += here;
    const more = here > 0 && told < (page.totalSize ?? 0);
    const byOffset = more ? `${first}&offset=${told}` : null;
    path = page.nextPageUrl ? pathOf(page.nextPageUrl) : byOffset;
  }
}
