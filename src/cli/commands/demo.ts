import { Option } from 'commander';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestStatus } from '../../contract/status.ts';
import type { CommandModule, Parts } from '../command.ts';
import { untilEnding } from '../until-ending.ts';
import { uiPort } from '../stack/ui-port.ts';
import { packageFile } from '../../package-files.ts';

interface Options {
  readonly exit?: boolean;
  readonly dataDir: string;
  readonly uiPort?: number;
}

const command: CommandModule = {
  name: 'demo',
  register(parent, parts) {
    parent
      .command('demo')
      .description(
        'everything on this machine: Temporal with its UI, a simulated Salesforce, a worker, ' +
          'and sample requests',
      )
      .option('--exit', 'end when the sample requests are done')
      .option('--data-dir <dir>', 'where everything is kept', './.dossier')
      .addOption(new Option('--ui-port <port>', 'the port of the Temporal UI').argParser(uiPort))
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  Look at it in the Temporal UI:   dossier demo',
          '  Check that everything works:     dossier demo --exit',
        ].join('\n'),
      )
      .action((options: Options) => demo(options, parts));
  },
};
export default command;

async function demo(options: Options, { out, environment, ending }: Parts): Promise<void> {
  const { createTelling, summary } = await import('../demo/telling.ts');
  const tell = createTelling(out);
  tell.chapter('Dossier demo: a consumer asks for a copy of their data.');
  const { startStack } = await import('../stack/stack.ts');
  const config = packageFile('samples/dossier-demo.yaml');
  const stack = await startStack({
    ...options,
    config,
    environment,
    tell: (line) => (out.json ? out.note(line) : tell.line(line)),
    signal: ending,
  });
  try {
    const { info } = stack;
    if (out.json) out.result(info, []);
    else if (info.ui) tell.good(`everything runs; the Temporal UI is at ${info.ui}`);
    const { Dossier } = await import('../../client/dossier.ts');
    const dossier = await Dossier.connect({
      address: info.temporal,
      namespace: stack.namespace,
      codecKeys: stack.codecKeys,
      environment: {},
    });
    try {
      const { playStory } = await import('../demo/story.ts');
      const { delivered, open, packagePath } = await playStory({
        dossier,
        namespace: stack.namespace,
        dataDir: info.dataDir,
        tell,
        signal: ending,
      });
      tell.chapter('What came out of it');
      tell.lines(summary([...delivered, open], out.width));
      tell.lines(['', `  A package: ${here(packagePath)}  (unzip it and open index.html)`]);
      if (info.ui) tell.lines([`  Temporal UI: ${info.ui}`]);
      const { findServer } = await import('../../temporal/local-server/find-server.ts');
      if (options.exit !== true) {
        tell.lines(howToComplete(open, info, here((await findServer('temporal')).path)));
      }
      if (options.exit) {
        out.result({ done: true, requests: [...delivered, open] }, [
          '',
          'Done: everything is stopped. To go on with the open request:',
          `  npx dossier dev${atDirectory(options.dataDir)}`,
          `  npx dossier vendor respond ${open.requestId} acme-mail --outcome nothing-held ` +
            `--config ${here(info.config)}    (in another terminal)`,
        ]);
      } else await keepTelling(dossier, open, tell, ending);
    } catch (error) {
      // Ctrl-C during the story ends a demo without `--exit` normally. With it, the demo did not
      // reach its end, so that is a failure.
      if (!ending.aborted || options.exit === true) throw error;
    } finally {
      await dossier.close();
    }
  } finally {
    await stack.stop();
  }
  if (ending.aborted) {
    tell.lines([
      '',
      '  Everything is stopped. The data stays; to go on with it: npx dossier ' +
        `dev${atDirectory(options.dataDir)}`,
    ]);
  }
}

const atDirectory = (dataDir: string): string =>
  dataDir === './.dossier' ? '' : ` --data-dir ${here(dataDir)}`;

/** A path relative to the current folder, if it is in it. */
function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}

/** The exact commands that complete the open request. */
function howToComplete(
  { requestId }: RequestStatus,
  {
    temporal,
    ui,
    config,
  }: {
    temporal: string;
    ui?: string;
    config: string;
  },
  program: string,
): string[] {
  const message = JSON.stringify({ system: 'acme-mail', outcome: 'nothing-held', by: 'acme-mail' });
  return [
    '',
    `  ${requestId} waits for acme-mail. Answer for it, in another terminal, in one of these ways:`,
    "  with Dossier's own command line:",
    `      npx dossier vendor respond ${requestId} acme-mail --outcome nothing-held --config ${here(config)}`,
    '  with the temporal command line:',
    `      ${program} workflow signal --address ${temporal} --workflow-id dsar-${requestId} ` +
      `--name vendorResponded --input '${message}'`,
    ...(ui
      ? [
          '  in the Temporal UI:',
          `      ${ui}/namespaces/default/workflows/dsar-${requestId}`,
          '      More Actions → Send an Update → respondForVendor, with this input (click ' +
            'beside the editor before you submit):',
          `      ${message}`,
        ]
      : []),
  ];
}

type Telling = import('../demo/telling.ts').Telling;

async function keepTelling(
  dossier: import('../../client/dossier.ts').Dossier,
  open: RequestStatus,
  tell: Telling,
  ending: AbortSignal,
): Promise<void> {
  tell.lines(['', '  It keeps running; Ctrl-C ends it and leaves no process behind.']);
  const watch = async (): Promise<void> => {
    for await (const status of dossier.watch(open.requestId, { every: 500, signal: ending })) {
      if (status.stage !== 'delivered') continue;
      tell.chapter(`${open.requestId} is complete.`);
      tell.good(
        `acme-mail has answered, and the package is delivered: ${fileURLToPath(status.package?.uri ?? '')}`,
      );
      return;
    }
  };
  await Promise.all([
    untilEnding(ending),
    watch().catch((error: unknown) => {
      if (!ending.aborted) throw error;
    }),
  ]);
}
