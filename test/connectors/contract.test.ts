import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { SystemFailure } from '../../src/http/failure.ts';
import { CONNECTORS } from '../../src/connectors/known.ts';
import { loadFolder } from '../support/load-folder.ts';
import { ANA, STRANGER, type Fixture, type SmallFixture } from './fixture.ts';
import type { ConnectorContext } from '../../src/connectors/spi.ts';
import { smallStand, type SmallStand } from './small-server.ts';
import type { Stand } from './stand.ts';
import type { WireApi } from '../wire/wire-case.ts';

const fixtures = await loadFolder<Fixture | SmallFixture>(new URL('./fixtures/', import.meta.url));
const connectors = CONNECTORS;
const recorded = await loadFolder<WireApi>(new URL('../wire/cases/', import.meta.url));

const KINDS: Readonly<Record<string, string>> = {
  unauthorized: 'denied',
  forbidden: 'denied',
  limit: 'unavailable',
  'bad-request': 'rejected',
  'too-many': 'unavailable',
  unavailable: 'unavailable',
  html: 'unavailable',
  'server-error': 'unavailable',
  drop: 'unavailable',
  foreign: 'unreadable',
};
const PERSONAL = [ANA, 'Lima', 'P-1', '003xx0000000A01'];

/** Connectors that have an operator ask. */
const BY_HAND = new Set(['manual', 'support-case']);

/** Connectors whose systems' real answers nobody has recorded yet. */
const UNRECORDED: readonly string[] = [];

class Crash extends Error {}

it('holds over every connector that speaks to a system', () => {
  assert.deepEqual(
    [...connectors.keys()].filter((name) => !BY_HAND.has(name) && !fixtures.has(name)),
    [],
  );
});

it('has answers of other hands for every one of them (see test/wire)', () => {
  const spoken = new Set([...recorded.values()].flatMap((api) => api.connectors));
  assert.deepEqual(
    [...new Set([...connectors.keys(), ...fixtures.keys()])]
      .filter((name) => !BY_HAND.has(name) && !spoken.has(name))
      .toSorted(),
    UNRECORDED,
  );
  assert.deepEqual(
    [...spoken].filter((name) => !connectors.has(name) && !fixtures.has(name)),
    [],
  );
});

for (const [name, fixture] of fixtures) {
  describe(`connector ${name}`, () => {
    let at: Stand | SmallStand;
    // Not before all of them: where a pattern chooses other tests, nothing is started.
    beforeEach(async () => {
      at ??=
        'seed' in fixture
          ? await (await import('./stand.ts')).stand(fixture.seed)
          : await smallStand(fixture.cloud);
    });
    const ask = (context: ConnectorContext, email: string) =>
      'seed' in fixture
        ? fixture.ask(at as Stand, context, email)
        : fixture.ask(at as SmallStand, context, email);
    after(() => at?.stop());

    const text = async (paths: readonly { path: string }[]) =>
      (await Promise.all(paths.map(({ path }) => at.text(path)))).join('');

    it('gives all that it holds about a person, and nothing of anybody else', async () => {
      const { files } = await ask(at.context('sys'), ANA);
      const all = await text(files);
      for (const value of fixture.holds) {
        assert.ok(all.includes(value), value);
      }
      assert.ok(!/Stranger|bo@example|P-9|0B02/.test(all));
    });

    it('counts and hashes what it wrote', async () => {
      const { createHash } = await import('node:crypto');
      const { files } = await ask(at.context('sys'), ANA);
      for (const { path, bytes, sha256 } of files) {
        const written = Buffer.from(await at.text(path));
        assert.deepEqual(
          { bytes, sha256 },
          { bytes: written.length, sha256: createHash('sha256').update(written).digest('hex') },
        );
      }
    });

    it('gives nothing for a stranger, and says so', async () => {
      assert.deepEqual(
        await ask(at.context('sys'), STRANGER).then(({ outcome, files }) => ({
          outcome,
          files: files.length,
        })),
        { outcome: 'nothing-held', files: 0 },
      );
    });

    it('goes on from any page', async () => {
      const whole = await ask(at.context('sys'), ANA);
      const expected = await text(whole.files);
      for (
        let crashAt = 1, crashed = true;
        crashed;
        crashAt = crashAt < 12 ? crashAt + 1 : crashAt * 2
      ) {
        let last: unknown;
        let beats = 0;
        crashed = await ask(
          at.context('sys', {
            heartbeat: (details) => {
              last = details;
              beats += 1;
              if (beats === crashAt) throw new Crash();
            },
          }),
          ANA,
        ).then(
          () => false,
          (error: unknown) => {
            if (!(error instanceof Crash)) throw error;
            return true;
          },
        );
        const { files } = await ask(
          at.context('sys', { resume: JSON.parse(JSON.stringify(last ?? null)) as unknown }),
          ANA,
        );
        assert.deepEqual(files, whole.files);
        assert.equal(await text(files), expected);
      }
    });

    for (const [fault, usual] of Object.entries(KINDS)) {
      const kind = fixture.kinds?.[fault] ?? usual;
      it(`calls "${fault}" ${kind}, and never names the person`, async () => {
        await at.fault(fixture.calls, fault);
        const failure = await ask(at.context('sys'), ANA).then(
          () => undefined,
          (error: unknown) => error,
        );
        await at.clear();
        assert.ok(failure instanceof SystemFailure, String(failure));
        assert.equal(failure.facts.kind, kind);
        const said = `${failure.message} ${failure.stack} ${JSON.stringify(failure)}`;
        for (const value of PERSONAL) {
          assert.ok(!said.includes(value));
        }
      });
    }

    it('passes on how long a busy system asks to wait', async () => {
      await at.fault(fixture.calls, 'too-many', { retryAfter: 7 });
      const failure = await ask(at.context('sys'), ANA).then(
        () => undefined,
        (error: unknown) => error,
      );
      await at.clear();
      assert.ok(failure instanceof SystemFailure);
      assert.equal(failure.facts.retryAfter, 7);
    });

    it('asks once and leaves repeating to others', async () => {
      const before = await at.calls();
      await at.fault(fixture.calls, 'unavailable');
      await assert.rejects(ask(at.context('sys'), ANA), SystemFailure);
      await at.clear();
      const now = await at.calls();
      const more = Object.entries(now)
        .filter(
          ([call]) =>
            !call.includes('discovery') && !call.includes('oauth2') && !call.includes('control'),
        )
        .reduce((sum, [call, count]) => sum + count - (before[call] ?? 0), 0);
      assert.equal(more, 1);
    });

    it('ends when it is told to', async () => {
      await assert.rejects(
        ask(
          at.context('sys', { signal: AbortSignal.abort(new Error('cancelled by the test')) }),
          ANA,
        ),
        /cancelled by the test/,
      );
    });
  });
}
