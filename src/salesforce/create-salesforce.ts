import { bulkRows, type BulkOptions, type BulkRows } from './bulk.ts';
import { createSession, type CoreCall, type Credentials } from './auth.ts';
import { readProcessingConsent, type ProcessingConsent } from './consent.ts';
import {
  queryRunner,
  type QueryOptions,
  type QueryWay,
  type Sql,
  type SqlPage,
} from './data-cloud-query.ts';
import {
  createHttp,
  type HttpResponse,
  type HttpLimits,
  type HttpStream,
} from '../http/transport.ts';
import { watchLimit, type LimitReading, type LimitRules } from '../http/limit-watch.ts';
import { count } from '../http/meter.ts';
import {
  readDataSpaces,
  readDataStreams,
  readMappings,
  type DataStream,
  type Mapping,
} from './lineage.ts';
import {
  readEntities,
  readRelationships,
  type Edge,
  type Entity,
  type EntityKind,
} from './metadata.ts';
import type { PageRows } from './page-rows.ts';
import { queryConnect } from './query-connect.ts';
import { queryV2 } from './query-v2.ts';
import { queryV3 } from './query-v3.ts';
import { openTenant } from './tenant.ts';
import { lookUpUniversalId, type LinkedRecord, type SourceRecord } from './universal-id.ts';
import {
  batched,
  describeObject,
  soqlPages,
  soqlText,
  type SObjectDescription,
  type SoqlPage,
  type SoqlScope,
} from './soql.ts';

/** The part of section `salesforce` of `dossier.yaml` that the connection needs. */
export interface SalesforceSettings extends Credentials {
  /** A PEM file of an authority to trust besides the known ones. */
  readonly ca?: string;
  /** Which API runs queries in Data Cloud. */
  readonly query?: QueryWay;
  /** The share of the org's API calls that is left to others, such as `20%`; none by default. */
  readonly keepFree?: string;
  /** How long to wait if the allowance or the share is spent, such as `15m`. */
  readonly limitWait?: string;
}

export interface CallScope {
  readonly system: string;
  readonly signal?: AbortSignal;
}

/**
 * The company's Salesforce, for connectors. Calls share one token and one pool of connections; none
 * repeats itself.
 */
export interface Salesforce {
  readonly apiVersion: string;
  /** The host that the company signs in to. */
  readonly host: string;
  /** The path of the API that runs queries, for receipts. */
  queryPath(): string;
  /** Pages of a Data Cloud query. @throws SystemFailure */
  query(sql: Sql, options: QueryOptions): AsyncGenerator<SqlPage, void>;
  /** Every object of a data space, of one kind; of the model by default. @throws SystemFailure */
  entities(dataSpace: string, signal?: AbortSignal, kind?: EntityKind): Promise<Entity[]>;
  /** Edges of one object, inactive ones among them. @throws SystemFailure */
  relationships(
    dataSpace: string,
    object: string,
    signal?: AbortSignal,
  ): Promise<(Edge & { readonly active: boolean })[]>;
  /** Lake objects that are mapped to an object. @throws SystemFailure */
  mappings(dataSpace: string, object: string, signal?: AbortSignal): Promise<Mapping[]>;
  /** Every data stream of the org. @throws SystemFailure */
  dataStreams(signal?: AbortSignal): Promise<DataStream[]>;
  /** Names of all data spaces. @throws SystemFailure */
  dataSpaces(signal?: AbortSignal): Promise<string[]>;
  /** Whether an individual's data may be processed. @throws SystemFailure */
  processingConsent(individualId: string, signal?: AbortSignal): Promise<ProcessingConsent>;
  /**
   * Every record behind the same unified record, if the link object cannot be queried. @throws
   * SystemFailure
   */
  universalIds(
    dataSpace: string,
    link: string,
    record: SourceRecord,
    signal?: AbortSignal,
  ): Promise<LinkedRecord[]>;
  /** Pages of a SOQL query. @throws SystemFailure */
  soql(query: string, scope: SoqlScope): AsyncGenerator<SoqlPage, void>;
  /** Rows of a SOQL query by Bulk API 2.0, however many. @throws SystemFailure */
  bulk(query: string, options: BulkOptions): AsyncGenerator<BulkRows, void>;
  /** A value as a SOQL literal. */
  readonly soqlText: typeof soqlText;
  /** Queries that are short enough for a URI. */
  readonly batched: typeof batched;
  /** An object of the core org. @throws SystemFailure */
  describe(object: string, scope: CallScope): Promise<SObjectDescription>;
  /** How many API calls the whole org has used, from the last response. */
  limit(): LimitReading | undefined;
  /** An authorized call without a function of its own here. @throws SystemFailure */
  call(call: CoreCall): Promise<HttpResponse>;
  /** The same for responses of any size: files. @throws SystemFailure */
  open(call: CoreCall): Promise<HttpStream>;
  close(): Promise<void>;
}

const SECONDS = { s: 1, m: 60, h: 3600 } as const;
const secondsOf = (length: string): number =>
  Number.parseInt(length, 10) * SECONDS[length.slice(-1) as keyof typeof SECONDS];

/** Pages as they come, their rows counted. */
type Counted =
  | { readonly values: PageRows }
  | { readonly records: readonly unknown[] }
  | { readonly rows: readonly unknown[] };

async function* counted<Page extends Counted>(
  pages: AsyncGenerator<Page, void>,
): AsyncGenerator<Page, void> {
  for await (const page of pages) {
    count(
      'rows',
      'values' in page ? page.values.count : ('records' in page ? page.records : page.rows).length,
    );
    yield page;
  }
}

/** The connection to the company's Salesforce. Opens nothing before the first call. */
export function createSalesforce(
  settings: SalesforceSettings,
  limits: Partial<HttpLimits> = {},
  onReading?: LimitRules['onReading'],
): Salesforce {
  const watch = watchLimit({
    keepFree: Number.parseInt(settings.keepFree ?? '0', 10) / 100,
    wait: secondsOf(settings.limitWait ?? '15m'),
    onReading,
  });
  const http = createHttp(settings.ca, limits, watch);
  const session = createSession(settings, http);
  const tenant = openTenant(session, http);
  const queries = queryRunner(
    { connect: queryConnect(session), v3: queryV3(tenant), v2: queryV2(tenant) },
    settings.query ?? 'connect',
  );
  return {
    apiVersion: settings.apiVersion,
    host: new URL(settings.loginUrl).host,
    queryPath: () => queries.path(),
    query: (sql, options) => counted(queries.pages(sql, options)),
    entities: (dataSpace, signal, kind) => readEntities(session, dataSpace, signal, kind),
    relationships: (dataSpace, object, signal) =>
      readRelationships(session, dataSpace, object, signal),
    mappings: (dataSpace, object, signal) => readMappings(session, dataSpace, object, signal),
    dataStreams: (signal) => readDataStreams(session, signal),
    dataSpaces: (signal) => readDataSpaces(session, signal),
    processingConsent: (individualId, signal) =>
      readProcessingConsent(session, individualId, signal),
    universalIds: (dataSpace, link, record, signal) =>
      lookUpUniversalId(tenant, dataSpace, link, record, signal),
    soql: (query, scope) => counted(soqlPages(session, query, scope)),
    bulk: (query, options) => counted(bulkRows(session, query, options)),
    soqlText,
    batched,
    describe: (object, scope) => describeObject(session, object, scope),
    limit: () => watch.reading(),
    call: (call) => session.call(call),
    open: (call) => session.open(call),
    close: () => http.close(),
  };
}
