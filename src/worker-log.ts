import {
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  type LogEntry,
  type RuntimeOptions,
} from '@temporalio/worker';

/** Takes one line of log, without its line end. */
export type LogSink = (line: string) => void;

type Level = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Errors whose messages are made of system, status and code, and so may be logged as they are. */
const plainSpoken = new Set(['SystemFailure', 'ConfigError', 'CodecKeyError', 'TemporalUnreachable', 'NotSetUp']);

/** Never logged: a task token lets its holder complete the activity. */
const secret = new Set(['taskToken', 'task_token']);

const hidden: readonly (readonly [RegExp, string])[] = [
  // A vendor's file may be named after the person.
  [/(\bsystems\/(?:[\w.-]+\/)+)[\w.-]+/g, '$1[file]'],
  [/[^\s"'<>(),;:=]+@[^\s"'<>(),;]+/g, '[e-mail]'],
  [/\+?\d[\d ()/-]{6,}\d/g, '[number]'],
];

/**
 * Installs the SDK's runtime for this process: JSON lines to `log`, one object each with `at`, `level`, `message`, and
 * what Temporal says about the place. Call it before any connection is made, once.
 *
 * `metrics`: an address such as `127.0.0.1:9464` where Prometheus may fetch. `handleSignals`: whether SIGINT and SIGTERM
 * stop the workers; the SDK then keeps these signals to itself.
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

/** Replaces e-mail addresses, long numbers and the names of vendors' files. */
export const scrub = (text: string): string =>
  hidden.reduce((said, [pattern, sign]) => said.replace(pattern, sign), text);

function withoutPerson(value: unknown): unknown {
  if (value instanceof Error) return errorFacts(value);
  if (typeof value === 'string') return isIdentifier(value) ? value : scrub(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) return value.map(withoutPerson);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !secret.has(key))
        .map(([key, it]) => [key, withoutPerson(it)]),
    );
  return value;
}

/** Run IDs and digests hold long numbers, and are nobody's. */
const isIdentifier = (text: string): boolean => /^([0-9a-f-]{32,64}|dsar-[\w-]+)$/.test(text);

/**
 * Kind, message and the places in the code. Messages of libraries quote what they were given, so quoted text goes; of a
 * stack only the lines that name code stay, for the first line repeats the message.
 */
function errorFacts(error: Error): object {
  const type = (error as { type?: unknown }).type;
  const message = scrub(error.message);
  const stack = (error.stack ?? '')
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
    ...(error.cause instanceof Error && { cause: errorFacts(error.cause) }),
  };
}
