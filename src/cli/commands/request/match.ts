import type { MessageInput } from '../../../contract/messages/index.ts';
import type { CommandModule, Parts } from '../../command.ts';
import { usage } from '../../output/failures.ts';
import { readJson } from '../../read-json.ts';
import { messageCommand, recorded } from '../../message-command.ts';

type Decision = MessageInput<'decideMatch'>['decisions'][number];
interface Options {
  readonly include?: string[];
  readonly exclude?: string[];
  readonly reason?: string;
  readonly file?: string;
}

const command: CommandModule = {
  name: 'request match',
  register(parent, parts) {
    const match = parent
      .command('match')
      .description("decide which of the found profiles are the subject's")
      .argument('<id>', "the request's ID")
      .option(
        '--include <profile...>',
        'profiles that are theirs: partyId@dataSpace or partyId@dataSpace/keyQualifier',
      )
      .option('--exclude <profile...>', "profiles that are somebody else's")
      .option('--reason <why>', 'why, for the record')
      .option(
        '--file <file>',
        'JSON with the decisions instead: an array, or {"decisions": […]}; - for standard input',
      )
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  Take one profile and leave another:   dossier request match R-1042 --include ' +
            'P-1@default --exclude P-2@default/CRM --reason "customer number checked"',
          '  Send decisions from a file:           dossier request match R-1042 --file decisions.json',
        ].join('\n'),
      );
    messageCommand(match, parts, async (dossier, by) => {
      const [id = ''] = match.args;
      const decisions = await decisionsOf(match.opts<Options>(), parts);
      const status = await dossier.decideMatch(id, { decisions, by });
      const open =
        status.stage === 'reviewing-match'
          ? status.profiles.filter(({ decided }) => decided === undefined)
          : [];
      const count = `${decisions.length} ${decisions.length === 1 ? 'profile is' : 'profiles are'} decided`;
      const next =
        open.length === 0
          ? 'the request goes on.'
          : `still to decide: ${open
              .slice(0, 10)
              .map(
                ({ partyId, dataSpace, keyQualifier }) =>
                  `${partyId}@${dataSpace}${keyQualifier === '' ? '' : `/${keyQualifier}`}`,
              )
              .join(', ')}${open.length > 10 ? ` and ${open.length - 10} more` : ''}.`;
      return { status, did: [recorded(`${count}; ${next}`)] };
    });
  },
};
export default command;

async function decisionsOf(
  { include = [], exclude = [], reason, file }: Options,
  parts: Parts,
): Promise<Decision[]> {
  if (file !== undefined) {
    if (include.length + exclude.length > 0) {
      throw usage('Give decisions either by --file or by --include and --exclude.', '--file');
    }
    const read = await readJson(file, parts);
    return (
      Array.isArray(read) ? read : ((read as { decisions?: Decision[] } | null)?.decisions ?? [])
    ) as Decision[];
  }
  if (include.length + exclude.length === 0) {
    throw usage(
      'Name at least one profile by --include or --exclude, or give --file.',
      '--include',
    );
  }
  if (reason === undefined) throw usage('A decision on a match needs --reason.', '--reason');
  return [
    ...include.map((text) => decision(text, true, reason)),
    ...exclude.map((text) => decision(text, false, reason)),
  ];
}

/**
 * The last `@` divides, because a party ID may contain one. Data spaces contain neither `@` nor
 * `/`.
 */
function decision(text: string, include: boolean, reason: string): Decision {
  const [, partyId, dataSpace, keyQualifier] = /^(.+)@([^@/]+)(?:\/(.*))?$/s.exec(text) ?? [];
  if (partyId === undefined || dataSpace === undefined) {
    throw usage(
      'A profile is named as partyId@dataSpace or partyId@dataSpace/keyQualifier.',
      include ? '--include' : '--exclude',
    );
  }
  return {
    partyId,
    dataSpace,
    ...(keyQualifier !== undefined && { keyQualifier }),
    include,
    reason,
  };
}
