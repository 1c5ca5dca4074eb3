import type { DueAnswer } from '@dossier/law';
import type { DueError } from '@dossier/law';
import { Failed, type CommandModule, type Parts } from '../../command.ts';
import { weekdayOf } from '../../output/days.ts';
import { usage } from '../../output/failures.ts';
import { readJson } from '../../read-json.ts';

interface Options {
  readonly law?: string;
  readonly country?: string;
  readonly region?: string;
  readonly received?: string;
  readonly event: readonly string[];
  readonly right?: string;
  readonly entity?: string;
  readonly timeZone?: string;
  readonly controller?: string;
  readonly input?: string;
}

const command: CommandModule = {
  name: 'law due',
  register(parent, parts) {
    parent
      .command('due')
      .description('when a request must be answered, with every step and its article')
      .option('--law <law>', "the law's ID; left out, the residence decides")
      .option('--country <code>', 'where the person lives, such as DE')
      .option('--region <code>', 'the region there, such as BE')
      .option('--received <moment>', 'when the request came: a moment with offset or a day')
      .option(
        '--event <type=moment>',
        'what moved the clock; may be given again. With an end: type=moment/until',
        collect,
        [],
      )
      .option('--right <right>', 'access or portability')
      .option('--entity <entity>', 'organisation or agency')
      .option('--time-zone <zone>', 'where days are counted, such as Europe/Berlin')
      .option(
        '--controller <place>',
        'where the company acts, such as DE or CA-ON: its law may hold as well, and the ' +
          'strictest date counts',
      )
      .option('--input <file>', 'a JSON array of questions instead; - for standard input')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  One request:               dossier law due --law gdpr --country DE --received 2026-11-23',
          '  One that was extended:     dossier law due --law gdpr --country DE --received ' +
            '2026-11-23 --event extended=2026-12-10',
          '  Two laws may hold:         dossier law due --country JP --controller DE --received 2026-11-23',
          '  Many, as JSON:             dossier law due --input questions.json --json',
          '',
          'Event types: identityRequested, identityVerified, clarificationRequested, ' +
            'clarificationReceived, feeRequested, feePaid, extended.',
        ].join('\n'),
      )
      .action((options: Options) =>
        options.input === undefined ? one(options, parts) : many(options.input, options, parts),
      );
  },
};
export default command;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function one(options: Options, parts: Parts): Promise<void> {
  if (options.received === undefined) {
    throw usage(
      'Say when the request came by --received, or give questions by --input.',
      '--received',
    );
  }
  const { law, country, region, received, right, entity, timeZone } = options;
  const [actsIn, ...within] = options.controller?.split('-') ?? [];
  const controller =
    actsIn === undefined
      ? undefined
      : { country: actsIn, ...(within.length > 0 && { region: within.join('-') }) };
  const question = {
    id: 'request',
    law,
    country,
    region,
    receivedAt: received,
    right,
    entity,
    timeZone,
    controller,
    events: options.event.map(eventOf),
  };
  const { lawDue } = await import('@dossier/law');
  const answer = lawDue(question);
  parts.out.result(answer, page(answer));
}

async function many(
  file: string,
  { law, country, received }: Options,
  parts: Parts,
): Promise<void> {
  if (law ?? country ?? received) {
    throw usage(
      'Give questions either by --input or by --law, --country and --received.',
      '--input',
    );
  }
  const { lawDueAll } = await import('@dossier/law');
  const answers = lawDueAll(await readJson(file, parts));
  parts.out.result(
    answers,
    answers.flatMap((answer) =>
      'error' in answer
        ? [`${answer.id ?? '?'}: ${answer.error.message}`, '']
        : [...page(answer), ''],
    ),
  );
  if (answers.some((answer): answer is DueError => 'error' in answer)) throw new Failed();
}

function eventOf(text: string): {
  type: string;
  at: string;
  until?: string;
} {
  const [, type, at, until] = /^(\w+)=([^/]+)(?:\/(.+))?$/.exec(text) ?? [];
  if (type === undefined || at === undefined) {
    throw usage(
      `An event is given as type=moment, such as extended=2026-12-10; "${text}" is not.`,
      '--event',
    );
  }
  return { type, at, ...(until !== undefined && { until }) };
}

function page({
  id,
  law,
  receivedOn,
  dueOn,
  extendedDueOn,
  acknowledgeOn,
  plannedOn,
  steps,
  doubts,
}: DueAnswer): string[] {
  return [
    `${id === 'request' ? '' : `${id}: `}${law}, received ${weekdayOf(receivedOn)}`,
    `Due       ${weekdayOf(dueOn)}`,
    ...(extendedDueOn ? [`Extended  ${weekdayOf(extendedDueOn)}`] : []),
    ...(acknowledgeOn ? [`Confirm   ${weekdayOf(acknowledgeOn)}`] : []),
    `Plan for  ${weekdayOf(plannedOn)}`,
    ...steps.map(({ rule, cite, from, to }) => `  ${from} to ${to}  ${rule}  [${cite}]`),
    ...doubts.map((doubt) => `  doubt: ${doubt}`),
  ];
}
