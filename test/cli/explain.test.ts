import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeFailure } from '../../src/cli/output/failures.ts';
import { DossierError } from '../../src/client/dossier-error.ts';
import { ERROR_CODES } from '../../src/contract/errors/catalogue.ts';
import { foreignCode, SystemFailure } from '../../src/http/failure.ts';
import { errorOf, invoke } from './invoke.ts';

describe('dossier explain', () => {
  it('says what a code means and what mends it', async () => {
    const { exitCode, stdout } = await invoke(['explain', 'NO_DATA_SPACE']);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^NO_DATA_SPACE: .*\n {2}There is no data space .*\n {2}Mend /);
  });

  it('says all that a code means', async () => {
    const { stdout } = await invoke(['explain', 'denied', '--json']);
    const { ours, meanings } = JSON.parse(stdout) as { ours: boolean; meanings: object[] };
    assert.deepEqual([ours, meanings.length], [true, 2]);
  });

  it('knows every code of the catalogue', async () => {
    for (const code of ERROR_CODES) {
      assert.equal((await invoke(['explain', code])).exitCode, 0, code);
    }
  });

  it('names the nearest code where there is none of that name', async () => {
    const said = await invoke(['explain', 'no_data_spce', '--json']);
    assert.equal(said.exitCode, 2);
    assert.deepEqual(errorOf(said).actions, ['Did you mean: dossier explain NO_DATA_SPACE']);
    assert.equal((await invoke(['explain', 'what is this'])).exitCode, 2);
  });

  for (const code of [
    'INSUFFICIENT_ACCESS',
    'INVALID_SESSION_ID',
    'REQUEST_LIMIT_EXCEEDED',
    'ClientAccessForbiddenException',
    'ECONNREFUSED',
    'invalid_grant',
    '42P01',
    '122',
  ]) {
    it(`says of ${code} that it is another system's, and where to look`, async () => {
      const { exitCode, stdout } = await invoke(['explain', code, '--json']);
      const { ours, look } = JSON.parse(stdout) as { ours: boolean; look: string };
      assert.deepEqual([exitCode, ours], [0, false]);
      assert.ok(look.length > 20);
    });
  }
});

describe('a failure on the terminal', () => {
  it('of a system names what explains its code', () => {
    const { facts } = describeFailure(
      new SystemFailure({ kind: 'denied', system: 'crm', code: foreignCode('invalid_grant') }),
    );
    assert.deepEqual(facts.actions, ['What invalid_grant means: dossier explain invalid_grant']);
  });

  it('without anything to do names what explains its code, and one that says it does not', () => {
    const told = (actions: readonly string[]) =>
      describeFailure(new DossierError({ code: 'closed', message: 'Ended.', where: '', actions }))
        .facts.actions;
    assert.deepEqual(told([]), ['What closed means: dossier explain closed']);
    assert.deepEqual(told(['Start another.']), ['Start another.']);
  });
});
