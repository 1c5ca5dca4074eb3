import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Command } from 'commander';
import type { Parts } from '../../src/cli/command.ts';
import { createProgram } from '../../src/cli/program.ts';
import { invoke } from './invoke.ts';

const program = await createProgram({
  out: { json: false },
  environment: {},
  user: 'test',
} as Parts);
const runs = (command: Command): boolean =>
  command.commands.length === 0 || command.options.some(({ long }) => long === '--config');
const leaves = (command: Command, path: readonly string[]): (readonly [string, Command])[] =>
  command.commands.flatMap((child) => [
    ...(runs(child) ? [[[...path, child.name()].join(' '), child] as const] : []),
    ...leaves(child, [...path, child.name()]),
  ]);
const commands = leaves(program, []);

const contract = [
  'dev',
  'worker',
  'simulator',
  'simulator generate',
  'setup',
  'doctor',
  'request start',
  'request list',
  'request show',
  'request watch',
  'request identity',
  'request match',
  'request extend',
  'request retry',
  'request skip',
  'request withhold',
  'request approve',
  'request withdraw',
  'request clarification',
  'request files',
  'vendor respond',
  'vendor retract',
  'law list',
  'law show',
  'law due',
  'package verify',
  'package open',
  'config schema',
];

describe('every command', () => {
  it('is there', () => {
    const names = commands.map(([name]) => name);
    for (const name of contract) {
      assert.ok(names.includes(name), name);
    }
  });

  for (const [name, command] of commands) {
    it(`${name} is described, takes --json and shows an example that names it`, async () => {
      assert.notEqual(command.description(), '');
      assert.ok(command.options.some(({ long }) => long === '--json'));
      const { stdout, exitCode } = await invoke([...name.split(' '), '--help']);
      assert.equal(exitCode, 0);
      assert.match(stdout, new RegExp(`Examples?:[\\s\\S]*dossier ${name}`));
    });
  }
});
