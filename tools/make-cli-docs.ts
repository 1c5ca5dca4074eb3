// Writes the commands of docs/reference/cli.md from the program itself. `--check` only compares.
import { createProgram } from '../src/cli/program.ts';
import type { Command } from 'commander';
import type { Parts } from '../src/cli/command.ts';
import { table, writeParts } from './written-parts.ts';

const program = await createProgram({
  out: { json: false },
  environment: {},
  user: '',
} as unknown as Parts);

/** Commands that do something, with the whole name that is typed. */
function commandsOf(command: Command, name: string): [string, Command][] {
  const own = command.commands.length === 0 || command.options.some(({ hidden }) => !hidden);
  const itself: [string, Command][] = own && command !== program ? [[name, command]] : [];
  return [
    ...itself,
    ...command.commands.flatMap((child) => commandsOf(child, `${name} ${child.name()}`)),
  ];
}

/** The help below the options: examples and remarks. */
function afterOf(command: Command): string {
  let text = '';
  const write = (it: string) => {
    text += it;
  };
  command.configureOutput({ writeOut: write, writeErr: write });
  command.outputHelp();
  return text.slice(text.indexOf(command.helpInformation()) + command.helpInformation().length);
}

/** Examples as commands, with a remark before each. Other lines stay unchanged. */
function remarksOf(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const begin = lines.findIndex((line) => /^Examples?:$/.test(line));
  const blank = lines.indexOf('', begin);
  const end = blank < 0 ? lines.length : blank;
  const examples = begin < 0 ? [] : lines.slice(begin + 1, end);
  const others = [...lines.slice(0, Math.max(begin, 0)), ...(begin < 0 ? lines : lines.slice(end))];
  const commands = examples.flatMap((line) => {
    const [, what, typed] =
      /^\s*(.*?):\s{1,}((?:[A-Z_]+=(?:\$\([^)]*\)|\S+) )*(?:[\w-]+ \| )?(?:dossier|temporal) .*)$/.exec(
        line,
      ) ?? [];
    if (typed === undefined) throw new Error(`no example: ${line}`);
    return [`# ${what}`, typed];
  });
  return [
    ...(commands.length === 0 ? [] : ['```sh', ...commands, '```']),
    ...(others.join('').trim() === '' ? [] : ['', ...paragraphs(others)]),
  ].join('\n');
}

const paragraphs = (lines: readonly string[]) =>
  lines
    .join('\n')
    .trim()
    .split(/\n\n+/)
    .flatMap((it) =>
      /^ {2}/m.test(it) ? ['```text', it, '```', ''] : [it.replace(/\s+/g, ' '), ''],
    )
    .slice(0, -1);

/** The default of an option or an argument. Its type in commander is unknown. */
const defaultOf = (value: unknown): string => {
  const text = Array.isArray(value) ? value.join(',') : String((value ?? '') as string | number);
  return text === '' || value === false ? '' : `\`${text}\``;
};

function sectionOf([name, command]: [string, Command]): string {
  const rows = [
    ...command.registeredArguments.map((it) => [
      `\`${it.required ? `<${it.name()}>` : `[${it.name()}]`}${it.variadic ? '…' : ''}\``,
      it.description,
      it.defaultValue === undefined ? '' : `\`${it.defaultValue}\``,
    ]),
    ...command.options
      .filter(({ hidden, long }) => !hidden && long !== '--json')
      .map((it) => [
        `\`${it.flags}\``,
        it.description +
          (it.argChoices ? ` (${it.argChoices.map((c) => `\`${c}\``).join(', ')})` : ''),
        it.mandatory ? 'needed' : defaultOf(it.defaultValue),
      ]),
  ];
  return [
    `### ${name}`,
    `${command.description().replace(/^./, (letter) => letter.toUpperCase())}.`,
    ...(rows.length === 0 ? [] : [table(['takes', 'what it is', 'default'], rows)]),
    remarksOf(afterOf(command)),
  ]
    .filter((it) => it !== '')
    .join('\n\n');
}

writeParts({
  'docs/reference/cli.md': {
    '': commandsOf(program, 'dossier').map(sectionOf).join('\n\n'),
  },
});
