import { Option } from 'commander';
import type { MessageInput } from '../../../contract/messages/index.ts';
import type { RequestStatus } from '../../../contract/status.ts';
import type { Dossier } from '../../../client/dossier.ts';
import type { CommandModule, Parts } from '../../command.ts';
import { usage } from '../../output/failures.ts';
import { messageCommand, recorded } from '../../message-command.ts';
import { dataDirectoryOf } from '../../settings.ts';

type Answer = MessageInput<'vendorResponded'>;
interface Options {
  readonly outcome: Answer['outcome'];
  readonly file?: string[];
  readonly note?: string;
}

const command: CommandModule = {
  name: 'vendor respond',
  register(parent, parts) {
    const respond = parent
      .command('respond')
      .description("record a vendor's answer; its files are copied into the request's inbox first")
      .argument('<id>', "the request's ID")
      .argument('<system>', "the system's ID")
      .addOption(
        new Option('--outcome <outcome>', 'what the vendor says')
          .choices(['delivered', 'nothing-held', 'refused', 'in-progress'])
          .makeOptionMandatory(),
      )
      .option('--file <path...>', 'files that the vendor sent')
      .option('--note <text>', 'for the record')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  The vendor sent an export:        dossier vendor respond R-1042 acme-mail ' +
            '--outcome delivered --file export.csv',
          '  The vendor does not know them:    dossier vendor respond R-1042 acme-mail ' +
            '--outcome nothing-held --by privacy@acme.example',
        ].join('\n'),
      );
    messageCommand(respond, parts, async (dossier, by) => {
      const [id = '', system = ''] = respond.args;
      const { outcome, file: paths = [], note } = respond.opts<Options>();
      if (outcome === 'delivered' && paths.length === 0) {
        throw usage(
          'delivered needs at least one --file; without data the outcome is nothing-held.',
          '--file',
        );
      }
      if (outcome !== 'delivered' && paths.length > 0) {
        throw usage(
          `--file goes with --outcome delivered alone: an answer "${outcome}" takes no file in.`,
          '--file',
        );
      }
      const before = await dossier.status(id);
      const files =
        paths.length === 0
          ? []
          : await copied(parts, { id, system, paths, known: knownIn(before) });
      const answered = await dossier.respondForVendor(id, { system, outcome, files, note, by });
      if (
        answered.answers.length === before.answers.length ||
        answered.answers.at(-1)?.state === 'repeated'
      ) {
        return {
          status: answered,
          did: [`Already recorded: ${system} has said this before, and it counts once.`],
        };
      }
      const answerId = answered.answers.at(-1)?.answerId ?? '';
      const status =
        files === undefined || files.length === 0
          ? answered
          : await takenIn(dossier, answered, answerId);
      return { status, did: answerDone(status, answerId) };
    });
  },
};
export default command;

/**
 * The systems that can have an answer. A data source that no system claims has its own name in the
 * waits.
 */
const knownIn = ({ systems, waits }: RequestStatus): readonly string[] => [
  ...systems.map(({ id }) => id),
  ...waits.map(({ on }) => on),
];

interface Copies {
  readonly id: string;
  readonly system: string;
  readonly paths: readonly string[];
  readonly known: readonly string[];
}

async function copied(
  parts: Parts,
  { id, system, paths, known }: Copies,
): Promise<Answer['files']> {
  const { existsSync, statSync } = await import('node:fs');
  for (const path of paths) {
    if (!existsSync(path)) throw usage(`${path} cannot be read (ENOENT).`, '--file');
    if (!statSync(path).isFile()) throw usage(`${path} is no file.`, '--file');
    if (statSync(path).size === 0) {
      throw usage(
        `${path} holds no byte; an answer without data is --outcome nothing-held.`,
        '--file',
      );
    }
  }
  const directory = await dataDirectoryOf(parts);
  // The command itself refuses an unknown system, and names the known ones. So nothing is copied
  // for it.
  if (!known.includes(system)) return paths.map((path) => ({ uri: path }));
  const { openStore } = await import('../../../storage/filesystem.ts');
  const store = openStore(directory);
  const files: { uri: string; sha256: string }[] = [];
  for (const path of paths) {
    const { uri, sha256 } = await store.copyToInbox(id, system, path);
    files.push({ uri, sha256 });
  }
  return files;
}

/**
 * How long the command waits for files to be taken in, in milliseconds. After that, the work
 * continues without it.
 */
const TAKEN_IN_WITHIN = 5_000;

/** The status after the files of an answer were checked, or the present one after some seconds. */
async function takenIn(
  dossier: Dossier,
  answered: RequestStatus,
  answerId: string,
): Promise<RequestStatus> {
  let last = answered;
  for await (const status of dossier.watch(answered.requestId, {
    every: 200,
    until: 'closed',
    signal: AbortSignal.timeout(TAKEN_IN_WITHIN),
  })) {
    last = status;
    if (isTakenIn(status, answerId)) break;
  }
  return last;
}

function isTakenIn({ answers, systems }: RequestStatus, answerId: string): boolean {
  const answer = answers.find((it) => it.answerId === answerId);
  return (
    answer === undefined ||
    answer.state !== 'counted' ||
    systems.find(({ id }) => id === answer.system)?.state === 'done'
  );
}

/** The state of an answer: recorded, being taken in, or quarantined with the reason. */
function answerDone(status: RequestStatus, answerId: string): string[] {
  const { requestId, answers } = status;
  const answer = answers.find((it) => it.answerId === answerId);
  if (answer === undefined) return [recorded('the answer.')];
  const { system, outcome, files, state } = answer;
  if (state === 'quarantined') {
    const why = (answer.refusedFiles ?? []).map(({ file, reason }) => `File ${file} ${reason}.`);
    return [
      `NOT taken in: the answer ${answerId} of ${system} is quarantined, and does not count.`,
      ...(why.length > 0 ? why : [answer.note ?? 'The notes below say why.']).map(
        (line) => `  ${line}`,
      ),
      `Answer again with a file that can be taken in: dossier vendor respond ${requestId} ` +
        `${system} --outcome delivered --file PATH`,
    ];
  }
  const said =
    outcome === 'delivered'
      ? `${system} has delivered ${files} ${files === 1 ? 'file' : 'files'}`
      : `${system} says: ${outcome}`;
  const taking = isTakenIn(status, answerId)
    ? ''
    : ` The files are still being taken in; see what came of it: dossier request show ${requestId}`;
  return [recorded(`${said}, as the answer ${answerId}.${taking}`)];
}
