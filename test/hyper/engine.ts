import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import { readRowsAnswer, type PageRows } from '../../src/salesforce/page-rows.ts';

/** The version that facts about the engine were found with. */
const VERSION = '0.0.26963';
const EXECUTE = '/salesforce.hyperdb.grpc.v1.HyperService/ExecuteQuery';
const [JSON_ARRAY, SYNC] = [6, 2];

/**
 * The few members of the engine's own messages that are used here.
 *
 * @see forcedotcom/datacloud-jdbc, jdbc-proto/src/main/proto/hyper_service.proto; read 2026-11
 */
const messages = protobuf.parse(`syntax = "proto3";
  message Parameters { string data = 127; }
  message Query { string sql = 1; int32 output_format = 3; int32 transfer_mode = 5; int32 param_style = 6; Parameters json_parameters = 8; }
  message Text { string data = 127; }
  message Result { Text string_part = 2; }
  message Answer { Result query_result = 7; }`).root;
const [query, answer] = [messages.lookupType('Query'), messages.lookupType('Answer')];

/** How a statement names its values. */
export type Style = 'named' | 'question-mark';
const STYLES: Readonly<Record<Style, number>> = { 'question-mark': 3, named: 2 };

/** What the engine said: rows, or why it refuses. */
export type Said =
  | { readonly rows: PageRows; readonly types: readonly string[] }
  | { readonly refusal: string };

/** The engine behind Data Cloud's query services, as long as it runs. */
export interface Engine {
  /** The Python of the environment that it was installed in. */
  readonly python: string;
  run(
    sql: string,
    parameters?: readonly { readonly name?: string; readonly value: string }[],
    style?: Style,
  ): Promise<Said>;
  stop(): Promise<void>;
}

/**
 * Installs the engine in `folder`, and starts it and its query service on a free port of 127.0.0.1.
 *
 * @throws Error where Python or the package is not to be had, or the service does not come up
 */
export async function startEngine(folder: string): Promise<Engine> {
  const python = install(folder);
  const program = join(packagesOf(folder), 'tableauhyperapi', 'bin', 'hyper', 'hyperd');
  const port = await freePort();
  const options = [
    '--no-password',
    '--skip-license',
    '--language=en_US',
    '--log-config=',
    '--init-user=tableau_internal_user',
    `--listen-connection=tcp.grpc://127.0.0.1:${port}`,
  ];
  const child = spawn(program, ['run', ...options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    await untilListening(child);
  } catch (error) {
    await end(child);
    throw error;
  }
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  });
  return {
    python,
    run: (sql, parameters = [], style = 'named') => execute(client, { sql, parameters, style }),
    async stop() {
      client.close();
      await end(child);
    },
  };
}

function install(folder: string): string {
  const environment = join(folder, 'environment');
  const python = join(environment, 'bin', 'python');
  for (const [command, ...rest] of [
    ['python3', '-m', 'venv', environment],
    [
      python,
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      `tableauhyperapi==${VERSION}`,
    ],
  ] as const) {
    const { status, stderr, error } = spawnSync(command, rest, {
      encoding: 'utf8',
      timeout: 300_000,
    });
    if (status !== 0) {
      throw new Error(
        `${command} ${rest.slice(0, 2).join(' ')} failed: ${(error?.message ?? stderr).trim().slice(-500)}`,
      );
    }
  }
  return python;
}

function packagesOf(folder: string): string {
  const library = join(folder, 'environment', 'lib');
  return join(
    library,
    readdirSync(library).find((name) => name.startsWith('python')) ?? 'python3',
    'site-packages',
  );
}

function untilListening(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let said = '';
    const timer = setTimeout(
      () => fail(new Error(`The engine does not listen after a minute: ${said.slice(-500)}`)),
      60_000,
    );
    const hear = (text: Buffer) => {
      if (said.length < 10_000) said += text.toString('utf8');
      if (!said.includes('gRPC listening')) return;
      clearTimeout(timer);
      done();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', fail);
    child.once('exit', () => {
      clearTimeout(timer);
      fail(new Error(`The engine ended: ${said.slice(-500)}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<boolean>((done) => {
    child.once('exit', () => done(true));
  });
  child.kill('SIGTERM');
  if (await Promise.race([ended, sleep(5_000, false, { ref: false })])) return;
  child.kill('SIGKILL');
  await ended;
}

function execute(
  client: grpc.Client,
  {
    sql,
    parameters,
    style,
  }: {
    sql: string;
    parameters: readonly { readonly name?: string; readonly value: string }[];
    style: Style;
  },
): Promise<Said> {
  const values = parameters.map((parameter) => ({ ...parameter, type: 'varchar' }));
  const message = {
    sql,
    outputFormat: JSON_ARRAY,
    transferMode: SYNC,
    paramStyle: STYLES[style],
    ...(values.length > 0 && { jsonParameters: { data: JSON.stringify(values) } }),
  };
  return new Promise((done) => {
    const parts: string[] = [];
    const written = (it: object) => Buffer.from(query.encode(query.fromObject(it)).finish());
    const call = client.makeServerStreamRequest(
      EXECUTE,
      written,
      (bytes: Buffer) =>
        answer.decode(bytes) as { queryResult?: { stringPart?: { data: string } } },
      message,
      new grpc.Metadata(),
      { deadline: Date.now() + 60_000 },
    );
    call.on('data', ({ queryResult }: { queryResult?: { stringPart?: { data: string } } }) => {
      if (queryResult?.stringPart) parts.push(queryResult.stringPart.data);
    });
    call.on('error', (error: grpc.ServiceError) => done({ refusal: error.details }));
    call.on('end', () => {
      const [schema = '{"columns":[]}', ...pages] = parts;
      const rows = pages
        .map((page) => page.trim().slice(1, -1))
        .filter((page) => page !== '')
        .join(',');
      const types = (JSON.parse(schema) as { columns: { type: string }[] }).columns.map(
        ({ type }) => type,
      );
      done({ rows: readRowsAnswer(`{"data":[${rows}]}`, 'hyper').rows as PageRows, types });
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
