import type { CommandModule, Parts } from '../command.ts';
import { readJson } from '../read-json.ts';

interface Options {
  readonly on: readonly string[];
  readonly received?: string;
}

const command: CommandModule = {
  name: 'rehearse',
  register(parent, parts) {
    parent
      .command('rehearse')
      .description(
        'run a request through its whole legal life in virtual time, on a server of its own, ' +
          'with silent vendors, and print the diary',
      )
      .argument('<file>', 'the request, as JSON; - for standard input')
      .option(
        '--on <day:what>',
        'what somebody does on a day, counted from today as 0; may be given again',
        (value: string, before: readonly string[]): readonly string[] => [...before, value],
        [],
      )
      .option('--received <moment>', 'when it came, in place of what the file says')
      .option(
        '--config <file>',
        'the configuration whose policies, systems and controller hold; its vendors are never asked',
      )
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  What happens when everybody is silent:     dossier rehearse samples/request.json',
          '  Identity on day 3, an extension on day 9:  dossier rehearse request.json --on ' +
            '3:identity --on 9:extend',
          '  A vendor answers on day 12:                dossier rehearse request.json --on ' +
            '12:answer:acme-mail',
          '',
          'What there is: identity, reject, clarify, clarified, extend[:UNTIL], ' +
            'answer:SYSTEM, skip:SYSTEM, approve, withdraw.',
        ].join('\n'),
      )
      .action((file: string, options: Options) => rehearse(file, options, parts));
  },
};
export default command;

async function rehearse(file: string, { on, received }: Options, parts: Parts): Promise<void> {
  const { out, environment, ending } = parts;
  const { parseMove } = await import('../rehearse/moves.ts');
  const moves = on.map(parseMove);
  const given = await readJson(file, parts);
  const { checkRequest } = await import('../../client/check.ts');
  const request = checkRequest(
    received === undefined || typeof given !== 'object'
      ? given
      : { ...given, receivedAt: received },
  );
  const { SAMPLE_CONFIG } = await import('../stack/sample-seed.ts');
  const { prepareSurroundings } = await import('../rehearse/surroundings.ts');
  const surroundings = await prepareSurroundings(request, parts.configFile() ?? SAMPLE_CONFIG);
  try {
    const { startStack } = await import('../stack/stack.ts');
    const stack = await startStack({
      dataDir: surroundings.folder,
      config: surroundings.config,
      seed: surroundings.seed,
      environment,
      tell: (line) => out.note(line),
      signal: ending,
    });
    try {
      await playOn(stack, request, moves, { out, ending });
    } finally {
      await stack.stop();
    }
  } finally {
    await surroundings.remove();
  }
}

async function playOn(
  {
    info,
    namespace,
    codecKeys,
  }: Awaited<ReturnType<typeof import('../stack/stack.ts').startStack>>,
  request: import('../../contract/request.ts').CheckedRequest,
  moves: readonly import('../rehearse/moves.ts').Move[],
  { out, ending }: Pick<Parts, 'out' | 'ending'>,
): Promise<void> {
  const { Dossier } = await import('../../client/dossier.ts');
  const { datesOf, diaryLines, folding } = await import('../rehearse/diary.ts');
  const { play } = await import('../rehearse/play.ts');
  const dossier = await Dossier.connect({
    address: info.temporal,
    namespace,
    codecKeys,
    environment: {},
  });
  try {
    let lastDay = '';
    const fold = folding();
    const { status, diary, stopped } = await play(request, {
      dossier,
      namespace,
      moves,
      signal: ending,
      begun: (first) => {
        if (!out.json) out.result(first, [...datesOf(first), '']);
      },
      tell: (whole) => {
        const entry = out.json ? undefined : fold(whole);
        if (entry === undefined) return;
        const [line = ''] = diaryLines([entry]);
        out.result(entry, [
          entry.on === lastDay ? line.replace(/^ {2}.{16}/, ' '.repeat(18)) : line,
        ]);
        lastDay = entry.on;
      },
    });
    const { requestId, law, receivedOn, timetable, stage, overdue, gaps } = status;
    const end = stopped ?? `It ended as ${stage}${overdue ? ', overdue' : ''}.`;
    out.result(
      {
        requestId,
        law,
        receivedOn,
        timetable,
        diary,
        stage,
        overdue,
        gaps,
        ...(stopped !== undefined && { stopped }),
      },
      ['', end],
    );
  } finally {
    await dossier.close();
  }
}
