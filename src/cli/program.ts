import { Command, Option } from 'commander';
import type { CommandModule, Parts } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { ownVersion } from './version.ts';

/** What each group of commands is for, in the help. */
const groups: Readonly<Record<string, string>> = {
  request: 'start, watch and decide requests',
  vendor: 'record what a vendor answered',
  law: 'the deadline engine alone',
  package: 'check or open a package',
  config: 'about dossier.yaml',
};

/**
 * The command line. If `args` call a command, only that one is loaded, because the others would
 * slow the start. For anything else, such as help or a mistake, all are loaded. It prints and runs
 * nothing.
 */
export async function createProgram(parts: Parts, args: readonly string[] = []): Promise<Command> {
  const program = new Command('dossier');
  program
    .description(
      "Answers a consumer's request for a copy of their personal data, completely, provably and in time.",
    )
    .version(ownVersion(), '-V, --version')
    .showHelpAfterError(false)
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  Try everything on this machine:          dossier demo',
        '  Keep a stack running to work against:    dossier dev',
        '  Start a request from a file:             dossier request start request.json',
        '  See what a request waits for:            dossier request show R-1042',
        '',
        'Exit codes: 0 done, 1 refused or failed, 2 wrong usage.',
      ].join('\n'),
    );
  const modules = await Promise.all(
    calledBy(args).map(async (name): Promise<CommandModule> => (await COMMANDS[name]()).default),
  );
  // A command must come before its subcommands.
  const inOrder = modules.toSorted((a, b) => a.name.split(' ').length - b.name.split(' ').length);
  for (const module of inOrder) {
    module.register(parentOf(program, module.name), parts);
  }
  finish(program, parts);
  return program;
}

type Name = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as Name[];

/** The command that arguments call, with its subcommands. If they call none, all commands. */
function calledBy(args: readonly string[]): readonly Name[] {
  const [group = '', command = ''] = args;
  const called =
    NAMES.find((name) => name === `${group} ${command}`) ?? NAMES.find((name) => name === group);
  return called === undefined
    ? NAMES
    : NAMES.filter((name) => name === called || name.startsWith(`${called} `));
}

/** The parent of a command. A group is created with its first command. */
function parentOf(program: Command, name: string): Command {
  const [group, ...rest] = name.split(' ');
  if (rest.length === 0 || group === undefined) return program;
  const known = program.commands.find((command) => command.name() === group);
  if (known) return known;
  const created = program.command(group).description(groups[group] ?? '');
  // Without a subcommand commander would print the help and succeed; a group alone is wrong usage.
  created.action(() => {
    const [unknown] = created.args;
    created.error(
      'error: ' +
        `${unknown === undefined ? `"dossier ${group}" needs a command` : `unknown command '${unknown}'`}: ` +
        `there are ${created.commands.map((it) => it.name()).join(', ')}`,
    );
  });
  created.allowExcessArguments(true);
  return created;
}

function finish(command: Command, parts: Parts): void {
  command.exitOverride((error) => {
    throw Object.assign(error, { command: nameOf(command) });
  });
  // Errors are printed once, at the end of `run`, as lines or as JSON.
  command.configureOutput({
    writeOut: (text) => parts.out.help(text),
    writeErr: (text) => parts.out.help(text, 'stderr'),
    outputError: () => {},
  });
  const json = new Option('--json', 'print JSON on standard output and nothing else');
  // A command with its own options runs by itself, even with subcommands. A group has no options.
  const leaf =
    command.commands.length === 0 || (command.parent !== null && command.options.length > 0);
  if (leaf) command.allowExcessArguments(false);
  // Scripts pass the same configuration to every command, also to those that need none.
  if (leaf && !command.options.some(({ long }) => long === '--config')) {
    command.addOption(new Option('--config <file>').hideHelp());
  }
  command.addOption(leaf ? json : json.hideHelp());
  for (const child of command.commands) {
    finish(child, parts);
  }
}

/** The full name of a command, such as `dossier request show`. */
const nameOf = (command: Command): string =>
  command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
