import * as z from 'zod';
import { SystemFailure } from '../domain/failure.ts';
import type { Session } from './auth.ts';
import { jsonOf } from './http.ts';
import { pathOf } from './metadata.ts';
import { readAs } from './read-answer.ts';

/** A lake object that is mapped to an object of the model, and the model's fields that it fills. */
export interface Mapping { readonly lake: string; readonly label: string; readonly fields: readonly string[] }

/** What brings data into Data Cloud: a source system, and the lake object that it feeds. */
export interface DataStream {
  readonly name: string;
  readonly lake: string;
  readonly label: string;
  /** The source as its connector names it; empty where nothing does. */
  readonly source: string;
  /** The connector's kind, such as `SalesforceDotCom` or `IngestApi`; empty where nothing says. */
  readonly connector: string;
}

const SYSTEM = 'data-cloud';
const text = z.string().nullish();
const mappingsAnswer = z.looseObject({
  objectSourceTargetMaps: z.array(z.looseObject({
    sourceEntityDeveloperName: z.string(), sourceEntityLabel: text,
    fieldMappings: z.array(z.looseObject({ targetFieldDeveloperName: z.string() })).nullish(),
  })),
});

/**
 * The lake objects that are mapped to an object. An object without mappings answers 404, which is an answer.
 *
 * @throws SystemFailure
 */
export async function readMappings(session: Session, dataSpace: string, object: string, signal?: AbortSignal): Promise<Mapping[]> {
  const query = new URLSearchParams({ dataspace: dataSpace, dmoDeveloperName: object });
  const path = `/services/data/v${session.apiVersion}/ssot/data-model-object-mappings?${query.toString()}`;
  try {
    const { objectSourceTargetMaps } = readAs(mappingsAnswer, jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal })), SYSTEM);
    return objectSourceTargetMaps.map(({ sourceEntityDeveloperName: lake, sourceEntityLabel, fieldMappings }) => ({
      lake, label: sourceEntityLabel ?? lake, fields: (fieldMappings ?? []).map(({ targetFieldDeveloperName }) => targetFieldDeveloperName),
    }));
  } catch (error) {
    if (error instanceof SystemFailure && error.facts.status === 404) return [];
    throw error;
  }
}

/** The member that names a stream's source differs among orgs. */
const connectorShape = z.looseObject({ connectorName: text, name: text, label: text, displayName: text, connectorType: text });
const streamsAnswer = z.looseObject({
  dataStreams: z.array(z.looseObject({ name: z.string(), label: text, dataLakeObjectInfo: z.looseObject({ name: z.string(), label: text }).nullish(), connectorInfo: connectorShape.nullish() })),
  nextPageUrl: text,
  totalSize: z.number().nullish(),
});

/** Every data stream of the org. Several may feed one lake object. @throws SystemFailure */
export async function readDataStreams(session: Session, signal?: AbortSignal): Promise<DataStream[]> {
  const streams: DataStream[] = [];
  const seen = new Set<string>();
  const first = `/services/data/v${session.apiVersion}/ssot/data-streams?limit=100`;
  let told = 0;
  for (let path: string | null = first; path !== null;) {
    if (seen.has(path)) throw new SystemFailure({ kind: 'unreadable', system: SYSTEM, code: 'ENDLESS_PAGES' });
    seen.add(path);
    const answer: z.infer<typeof streamsAnswer> = readAs(streamsAnswer, jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal })), SYSTEM);
    const { dataStreams, nextPageUrl, totalSize } = answer;
    for (const { name, label, dataLakeObjectInfo: lake, connectorInfo } of dataStreams) {
      if (!lake) continue;
      const { connectorName, name: plain, label: shown, displayName, connectorType } = connectorInfo ?? {};
      streams.push({ name, lake: lake.name, label: lake.label ?? label ?? name, source: connectorName ?? plain ?? shown ?? displayName ?? '', connector: connectorType ?? '' });
    }
    told += dataStreams.length;
    const isMore = dataStreams.length > 0 && told < (totalSize ?? 0);
    path = nextPageUrl ? pathOf(nextPageUrl) : isMore ? `${first}&offset=${told}` : null;
  }
  return streams;
}

const dataSpacesAnswer = z.looseObject({ dataSpaces: z.array(z.looseObject({ name: z.string() })) });

/** The data spaces that the company has. @throws SystemFailure */
export async function readDataSpaces(session: Session, signal?: AbortSignal): Promise<string[]> {
  const path = `/services/data/v${session.apiVersion}/ssot/data-spaces`;
  return readAs(dataSpacesAnswer, jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal })), SYSTEM).dataSpaces.map(({ name }) => name);
}
