import type { CommandModule } from '../command.ts';
import { port } from '../stack/port.ts';
import { untilEnding } from '../until-ending.ts';

interface Options {
  readonly dataDir: string;
  readonly seed?: string;
  readonly uiPort?: number;
  readonly config?: string;
  readonly worker: boolean;
  readonly temporal?: string;
}

const command: CommandModule = {
  name: 'dev',
  register(parent, parts) {
    parent
      .command('dev')
      .description(
        'Temporal with its UI, the Salesforce and vendor simulator, and a worker, kept ' +
          'running on this machine',
      )
      .option('--data-dir <dir>', 'where everything is kept', './.dossier')
      .option('--seed <file>', 'the rows that the simulator serves; sample rows by default')
      .option('--ui-port <port>', 'the port of the Temporal UI', port)
      .option(
        '--config <file>',
        "keep this file's systems, policies and unused clouds; Salesforce and storage become the stack's own",
      )
      .option('--no-worker', 'start none; run one by: dossier worker --config <dir>/dossier.yaml')
      .option('--temporal <address>', 'use this Temporal server in place of an own one')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  Work against sample rows:                      dossier dev',
          '  Serve own rows to an own configuration:        dossier dev --seed rows.json ' +
            '--config dossier.yaml',
          '  Have a program wait for the line that it prints: dossier dev --json',
          '',
          'A configuration may refer to ${DOSSIER_SIMULATOR_VENDORS}, ' +
            '${DOSSIER_SIMULATOR_CORE} and ${DOSSIER_SIMULATOR_TOKEN}.',
          'TEMPORAL_* is ignored. Ctrl-C stops everything; the data stays.',
        ].join('\n'),
      )
      .action(async (options: Options) => {
        parts.out.note('dossier dev: starting …');
        const { startStack } = await import('../stack/stack.ts');
        const stack = await startStack({
          ...options,
          environment: parts.environment,
          tell: (line) => parts.out.note(line),
          signal: parts.ending,
        });
        const { info } = stack;
        parts.out.result(info, [
          `Temporal   ${info.temporal}`,
          ...(info.ui ? [`UI         ${info.ui}`] : []),
          ...(stack.codecEndpoint
            ? [`Codec      ${stack.codecEndpoint}, by which temporal … --codec-endpoint decrypts`]
            : []),
          `Simulator  core ${info.core}, tenant ${info.tenant}, vendors ${info.vendors}`,
          `Data       ${info.dataDir}`,
          `Use it     dossier request start request.json --config ${info.config}`,
          'Ctrl-C stops everything.',
        ]);
        await untilEnding(parts.ending);
        await stack.stop();
      });
  },
};
export default command;
