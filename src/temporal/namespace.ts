import proto from '@temporalio/proto';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../contract/contract.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

/** Either kind of connection. Only its services are used. */
export type AnyConnection = Connection | NativeConnection;

/** A search attribute of the contract. */
export interface SearchAttribute {
  readonly name: string;
  /** `Keyword`, `Datetime`, `KeywordList` or `Bool`. */
  readonly type: string;
}

/** A search attribute that is missing in the namespace or has another type there. */
export interface MissingAttribute extends SearchAttribute {
  /** Its type in the namespace, if it is there. */
  readonly registeredAs?: string;
}

/**
 * The namespace is not ready for requests. The message names what is missing and the command that
 * fixes it.
 */
export class NotSetUp extends Error {
  readonly namespace: string;
  readonly actions: readonly string[];
  constructor(namespace: string, what: string, actions: readonly string[]) {
    super(`The namespace "${namespace}" is not set up: ${what}. ${actions.join(' ')}`);
    this.name = 'NotSetUp';
    this.namespace = namespace;
    this.actions = actions;
  }
}

const SECONDS_PER_DAY = 24 * 60 * 60;
const registered = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]): SearchAttribute => ({
  name,
  type,
}));

/** gRPC's codes for a call that this server or this caller does not have. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const closed = new Set([7, 12]);

/**
 * The search attributes that are missing in the namespace, or have another type there. Empty when
 * it is set up. Workers check this before they start, because an upsert of a missing one would stop
 * a request for ever.
 *
 * @throws NotSetUp if there is no such namespace
 */
export async function checkSearchAttributes(
  connection: AnyConnection,
  namespace: string,
): Promise<MissingAttribute[]> {
  await namespaceOf(connection, namespace);
  const known = await listAttributes(connection, namespace);
  if (known === undefined) return missingByQuery(connection, namespace);
  return registered.flatMap(({ name, type }) => {
    const found = known.get(name);
    return found === type
      ? []
      : [{ name, type, ...(found !== undefined && { registeredAs: found }) }];
  });
}

/** The error of a worker for the result of {@link checkSearchAttributes}. */
export function notSetUp(namespace: string, missing: readonly MissingAttribute[]): NotSetUp {
  const list = missing
    .map(({ name, type, registeredAs }) =>
      registeredAs === undefined
        ? `${name} (${type})`
        : `${name} (is ${registeredAs}, must be ${type})`,
    )
    .join(', ');
  const clash = missing.some(({ registeredAs }) => registeredAs !== undefined);
  return new NotSetUp(namespace, `search attributes are missing: ${list}`, [
    'Register them by `dossier setup`.',
    ...(clash
      ? [
          'One that has another type must first be removed by `temporal operator search-attribute remove`.',
        ]
      : []),
  ]);
}

export interface SetupOptions {
  readonly namespace: string;
  /** The server's address, which identifies Temporal Cloud. */
  readonly address: string;
  /** Days that ended requests are kept. Without it, the setting does not change. */
  readonly retentionDays?: number;
}

/** The result of the setup. */
export interface SetupReport {
  readonly namespace: string;
  /** Search attributes that it registered. */
  readonly registered: readonly string[];
  /** Search attributes that existed before. */
  readonly present: readonly string[];
  /** Days that ended requests are kept. */
  readonly retentionDays: number;
  /** Commands that a person must run, such as on Temporal Cloud, where no program may register. */
  readonly commands: readonly string[];
}

/**
 * Registers the missing search attributes and sets the retention. A second run changes nothing.
 *
 * @throws NotSetUp if there is no such namespace, or one of the attributes exists under another
 *   type
 */
export async function setupNamespace(
  connection: AnyConnection,
  { namespace, address, retentionDays }: SetupOptions,
): Promise<SetupReport> {
  const before = await namespaceOf(connection, namespace);
  const missing = await checkSearchAttributes(connection, namespace);
  const present = registered
    .map(({ name }) => name)
    .filter((name) => !missing.some((it) => it.name === name));
  if (missing.some(({ registeredAs }) => registeredAs !== undefined)) {
    throw notSetUp(namespace, missing);
  }
  const days = Math.round(
    Number(before.config?.workflowExecutionRetentionTtl?.seconds ?? 0) / SECONDS_PER_DAY,
  );
  if (isCloud(address)) {
    return {
      namespace,
      registered: [],
      present,
      retentionDays: days,
      commands: cloudCommands(
        namespace,
        missing,
        retentionDays === days ? undefined : retentionDays,
      ),
    };
  }
  if (missing.length > 0) await register(connection, namespace, missing);
  if (retentionDays !== undefined && retentionDays !== days) {
    await connection.workflowService.updateNamespace({
      namespace,
      config: {
        workflowExecutionRetentionTtl: { seconds: (retentionDays * SECONDS_PER_DAY) as never },
      },
    });
  }
  return {
    namespace,
    registered: missing.map(({ name }) => name),
    present,
    retentionDays: retentionDays ?? days,
    commands: [],
  };
}

const isCloud = (address: string): boolean =>
  /\.(tmprl\.cloud|api\.temporal\.io)(:\d+)?$/.test(address);

function cloudCommands(
  namespace: string,
  missing: readonly SearchAttribute[],
  retentionDays: number | undefined,
): string[] {
  const attributes = missing
    .map(({ name, type }) => `--search-attribute "${name}=${type}"`)
    .join(' ');
  return [
    ...(missing.length > 0
      ? [`tcld namespace search-attributes add --namespace ${namespace} ${attributes}`]
      : []),
    ...(retentionDays === undefined
      ? []
      : [
          `tcld namespace retention set --namespace ${namespace} --retention-days ${retentionDays}`,
        ]),
  ];
}

async function namespaceOf(
  connection: AnyConnection,
  namespace: string,
): Promise<proto.temporal.api.workflowservice.v1.IDescribeNamespaceResponse> {
  try {
    return await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (codeOf(error) !== NOT_FOUND) throw error;
    throw new NotSetUp(namespace, 'it does not exist', [
      `Make it by \`temporal operator namespace create --namespace ${namespace} --retention 30d\`, ` +
        'or name another by TEMPORAL_NAMESPACE.',
    ]);
  }
}

/** Custom attributes by name. Undefined if we may not call the operator service. */
async function listAttributes(
  connection: AnyConnection,
  namespace: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace,
    });
    return new Map(
      Object.entries(customAttributes ?? {}).map(([name, type]) => [name, typeName(type)]),
    );
  } catch (error) {
    if (closed.has(codeOf(error) ?? -1)) return undefined;
    throw error;
  }
}

/** Tests each attribute with a search, because the server refuses a search for an unknown one. */
async function missingByQuery(
  connection: AnyConnection,
  namespace: string,
): Promise<MissingAttribute[]> {
  const missing: MissingAttribute[] = [];
  for (const attribute of registered) {
    try {
      await connection.workflowService.countWorkflowExecutions({
        namespace,
        query: `${attribute.name} IS NOT NULL`,
      });
    } catch (error) {
      if (codeOf(error) !== 3) throw error;
      missing.push(attribute);
    }
  }
  return missing;
}

async function register(
  connection: AnyConnection,
  namespace: string,
  missing: readonly SearchAttribute[],
): Promise<void> {
  const searchAttributes = Object.fromEntries(
    missing.map(({ name, type }) => [name, typeNumber(type)]),
  );
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    // Another process set it up at the same moment.
    if (codeOf(error) !== ALREADY_EXISTS) throw error;
  }
}

/** `INDEXED_VALUE_TYPE_KEYWORD_LIST` for `KeywordList`, and back. */
const enumName = (type: string): string =>
  `INDEXED_VALUE_TYPE${type.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
const typeNumber = (type: string): number =>
  (IndexedValueType as unknown as Record<string, number>)[enumName(type)] ?? 0;
const typeName = (type: number): string =>
  (IndexedValueType as unknown as Record<number, string>)[type]
    ?.replace('INDEXED_VALUE_TYPE_', '')
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_whole, _bar, letter: string) => letter.toUpperCase()) ??
  `type ${type}`;

function codeOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return isGrpcServiceError(error) || typeof code === 'number' ? (code as number) : undefined;
}
