import {
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  type LogEntry,
  type RuntimeOptions,
} from '@temporalio/worker';
import { scrub } from '../contract/scrub.ts';

/** Receives one line of log, without its line end. */
export type LogSink = (line: string) => void;

type Level = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Errors whose messages consist of system, status and code. They may be logged unchanged. */
const plainSpoken = new Set([
  'SystemFailure',
  'ConfigError',
  'CodecKeyError',
  'TemporalUnreachable',
  'NotSetUp',
]);

/** Fields that are never logged: the holder of a task token can complete the activity. */
const secret = new Set(['taskToken', 'task_token']);

/**
 * The depth of a logged value, and the characters of a stack. There are limits because a value from
 * the SDK may quote what somebody sent.
 */
const DEEPEST = 8;
const STACK = 8_000;

/**
 * Installs the SDK's runtime for this process. `log` receives JSON lines, each an object with `at`,
 * `level`, `message`, and Temporal's facts. Call it once, before any connection is made.
 *
 * `metrics`: an address such as `127.0.0.1:9464` for Prometheus to read. `handleSignals`: whether
 * SIGINT and SIGTERM stop the workers; the SDK then keeps these signals to itself.
 *
 * @throws Error if the process has a runtime already
 */
export function installRuntime({
  log,
  level = 'INFO',
  metrics,
  handleSignals = true,
}: {
  readonly log: LogSink;
  readonly level?: Level;
  readonly metrics?: string;
  readonly handleSignals?: boolean;
}): void {
  const options: RuntimeOptions = {
    logger: new DefaultLogger(level, (entry) => log(logLine(entry))),
    telemetryOptions: {
      // Without `forward` the native part writes to the console by itself, and not in JSON.
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      ...(metrics !== undefined && {
        metrics: { prometheus: { bindAddress: metrics }, globalTags: { app: 'dossier' } },
      }),
    },
    ...(handleSignals ? {} : { shutdownSignals: [] }),
  };
  Runtime.install(options);
}

/** One entry as a JSON line that names no person. */
export function logLine({
  message,
  level,
  timestampNanos,
  meta,
}: Pick<LogEntry, 'message' | 'level' | 'timestampNanos' | 'meta'>): string {
  const at = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
  const facts = Object.entries(meta ?? {})
    .filter(([key]) => !secret.has(key))
    .map(([key, value]) => [key, withoutPerson(value)] as const);
  return JSON.stringify({ at, level, message: scrub(message), ...Object.fromEntries(facts) });
}

function withoutPerson(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return '[deeper]';
  if (value instanceof Error) return errorFacts(value);
  if (typeof value === 'string') return isIdentifier(value) ? value : scrub(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) return value.map((it) => withoutPerson(it, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !secret.has(key))
        .map(([key, it]) => [key, withoutPerson(it, depth + 1)]),
    );
  }
  return value;
}

/** Run IDs and digests contain long numbers, but identify nobody. */
const isIdentifier = (text: string): boolean =>
  text.length <= 80 && /^(?:[0-9a-f-]{32,64}|dsar-[\w-]{1,70})$/.test(text);

/**
 * The kind, the message and the places in the code. Messages of libraries quote their input, so
 * quoted text is removed. Of a stack only the lines about code are kept, because the first line
 * repeats the message.
 */
function errorFacts(error: Error, depth = 0): object {
  const type = (error as { type?: unknown }).type;
  const message = scrub(error.message);
  const { stack: whole = '' } = error;
  const quoted = whole.indexOf(error.message);
  const stack = whole
    .slice(quoted === -1 ? 0 : quoted + error.message.length)
    .slice(0, STACK)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
  return {
    name: error.name,
    ...(typeof type === 'string' && { type }),
    message:
      plainSpoken.has(error.name) || error.name === 'ApplicationFailure'
        ? message
        : message.replace(/'[^']*'|"[^"]*"|`[^`]*`/g, '[text]'),
    ...(stack.length > 0 && { stack: stack.slice(0, 12) }),
    ...(error.cause instanceof Error &&
      depth < DEEPEST && { cause: errorFacts(error.cause, depth + 1) }),
  };
}
