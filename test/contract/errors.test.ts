import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { ERRORS, explained, type ErrorGroup } from '../../src/contract/errors/catalogue.ts';
import { SYSTEM_ERRORS } from '../../src/contract/errors/system-errors.ts';
import { membersOf, nodesOf, textsOf } from '../support/sentences.ts';

/** Folders in which the codes of each group are given. */
const FOLDERS: Readonly<Record<ErrorGroup, readonly string[]>> = {
  call: ['client', 'cli'],
  command: ['contract', 'workflows', 'activities'],
  field: ['contract', 'workflows'],
  gap: ['connectors', 'workflows', 'contract'],
  system: ['http', 'salesforce', 'connectors'],
};

/** Every text in some folders, but for the tables of codes themselves. */
function textsIn(folders: readonly string[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { file, node } of nodesOf(folders)) {
    if (file.startsWith('contract/errors/') || file === 'contract/refusals.js') continue;
    if (node.type === 'Literal' && typeof node.value === 'string') texts.add(node.value);
    // A key of a table, such as those of the refusals.
    const key = node.key as { type?: string; name?: string } | undefined;
    if (node.type === 'Property' && key?.type === 'Identifier') texts.add(String(key.name));
  }
  return texts;
}

describe('the catalogue of errors', () => {
  for (const [group, entries] of Object.entries(ERRORS) as [
    ErrorGroup,
    (typeof ERRORS)[ErrorGroup],
  ][]) {
    it(`${group}: every code is used`, () => {
      const used = textsIn(FOLDERS[group]);
      assert.deepEqual(
        Object.keys(entries).filter((code) => !used.has(code)),
        [],
      );
    });

    for (const [code, { cause, cure }] of Object.entries(entries)) {
      it(`${group}: ${code} has cause and cure in sentences, with commands that there are`, () => {
        for (const text of [cause, cure]) {
          assert.match(text, /^[A-Zd].*[.”"]$/);
          assert.ok(text.length <= 200, `${text.length} characters`);
        }
        for (const [, named = ''] of cure.matchAll(/\bdossier ([a-z]+(?: [a-z]+)?)/g)) {
          const words = named.split(' ');
          assert.ok(
            Object.hasOwn(COMMANDS, named) || Object.hasOwn(COMMANDS, words[0] ?? ''),
            named,
          );
        }
      });
    }
  }

  it('has every code that a failure is given', () => {
    const given = [...nodesOf(FOLDERS.system)].flatMap(({ node }) => {
      const members = membersOf(node);
      const code = members.get('code');
      return code !== undefined && (members.has('kind') || members.has('system'))
        ? textsOf(code).filter((text) => /^[A-Z][A-Z_]+$/.test(text))
        : [];
    });
    assert.ok(given.length > 60, `${given.length} codes`);
    assert.deepEqual(
      given.filter((code) => !Object.hasOwn(SYSTEM_ERRORS, code)),
      [],
    );
  });

  it('explains a code at every place where it stands, and no other word', () => {
    assert.deepEqual(
      explained('denied').map(({ group }) => group),
      ['call', 'gap'],
    );
    assert.deepEqual(explained('constructor'), []);
  });
});
