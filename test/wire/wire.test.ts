import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SystemFailure } from '../../src/http/failure.ts';
import { loadFolder } from '../support/load-folder.ts';
import type { WireApi, WireCase } from './wire-case.ts';
import { startWireServer, type WireServer, type WireStand } from './wire-stand.ts';

const apis = await loadFolder<WireApi>(new URL('./cases/', import.meta.url));

/** Whoever an answer is about: no failure may name them. */
const PERSONAL = /Ana|Lima|003xx0000000A/;

/** What an asking ended in. */
type Outcome = { readonly given: unknown } | { readonly failure: unknown };

for (const { api, ask, always, cases } of apis.values()) {
  describe(api, () => {
    let server: WireServer;
    before(async () => {
      server = await startWireServer();
    });
    after(() => server.stop());

    for (const given of cases) {
      it(given.rule, async () => {
        const recording = await server.record(given.answers, always);
        try {
          const outcome = await outcomeOf(recording.stand, given.ask ?? ask);
          check(given, outcome);
          assert.deepEqual(
            { strange: recording.strange, unasked: recording.unasked() },
            { strange: [], unasked: [] },
          );
        } finally {
          await recording.close();
        }
      });
    }
  });
}

const outcomeOf = (at: WireStand, ask: WireApi['ask']): Promise<Outcome> =>
  ask(at).then(
    (given) => ({ given }),
    (failure: unknown) => ({ failure }),
  );

function check({ gives, fails }: WireCase, outcome: Outcome): void {
  if ('given' in outcome) {
    assert.equal(fails, undefined, `It gave ${JSON.stringify(outcome.given)}`);
    assert.deepEqual(JSON.parse(JSON.stringify(outcome.given ?? null)), gives);
    return;
  }
  const { failure } = outcome;
  if (!(failure instanceof SystemFailure)) throw failure;
  assert.doesNotMatch(`${failure.stack ?? ''} ${JSON.stringify(failure.facts)}`, PERSONAL);
  assert.ok(fails !== undefined, failure.message);
  for (const [name, wanted] of Object.entries(fails)) {
    const told: unknown = failure.facts[name as keyof SystemFailure['facts']];
    if (wanted instanceof RegExp) assert.match(String(told), wanted, failure.message);
    else assert.equal(told, wanted, failure.message);
  }
}

describe('recorded answers', () => {
  const every = [...apis.values()].flatMap(({ api, cases }) =>
    cases.map((given) => ({ api, ...given })),
  );

  it('each says what comes out, and nothing twice', () => {
    assert.deepEqual(
      every
        .filter(({ gives, fails }) => (gives === undefined) === (fails === undefined))
        .map(({ rule }) => rule),
      [],
    );
    const rules = every.map(({ api, rule }) => `${api}: ${rule}`);
    assert.deepEqual(
      rules.filter((rule, index) => rules.indexOf(rule) < index),
      [],
    );
  });

  it('each names a source of other hands, and when it was read', () => {
    const wrong = every.filter(
      ({ source }) =>
        [source].flat().length === 0 ||
        [source]
          .flat()
          .some(
            ({ of, at, version, read }) =>
              !/^\d{4}-\d{2}-\d{2}$/.test(read) ||
              [of, at, version].some((it) => it.trim() === '') ||
              /\bids? \d/.test(`${of} ${at}`),
          ),
    );
    assert.deepEqual(
      wrong.map(({ api, rule }) => `${api}: ${rule}`),
      [],
    );
  });
});
