import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choosePolicy, type Policies } from '../../src/contract/policy.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/contract/request.ts';

const strict: Policies = {
  default: { systems: ['acme-mail'], reviewPackage: true, maxProfiles: 1 },
  quick: { reviewPackage: false },
};
const choose = (asked: string | Partial<Policy> | undefined, policies = strict) => {
  const chosen = choosePolicy(policies, asked);
  return 'policy' in chosen ? chosen.policy : chosen.complaints.map(({ path }) => path);
};

describe('the policy of a request', () => {
  it('is the default one, or one that the configuration names', () => {
    assert.deepEqual(choose(undefined), { ...DEFAULT_POLICY, ...strict.default });
    assert.deepEqual(choose('quick'), {
      ...DEFAULT_POLICY,
      ...strict.default,
      reviewPackage: false,
    });
    assert.deepEqual(
      ['swift', 'constructor', '__proto__'].map((name) => choose(name)),
      [['policy'], ['policy'], ['policy']],
    );
  });

  const loosening: readonly Partial<Policy>[] = [
    { reviewPackage: false },
    { maxProfiles: 2 },
    { reviewIdOnly: false },
    { systems: [] },
    { systems: ['acme-ads'] },
    { cutOff: '2d' },
    { lateWait: '4d' },
    { remind: [] },
    { retention: '0d' },
    { retention: '31d' },
  ];
  for (const asked of loosening) {
    it(`is refused where the request loosens it: ${JSON.stringify(asked)}`, () => {
      assert.deepEqual(choose(asked), [`policy.${Object.keys(asked)[0]}`]);
      assert.deepEqual(choose(asked, { default: { ...strict.default, overridable: true } }), {
        ...DEFAULT_POLICY,
        ...strict.default,
        ...asked,
      });
    });
  }

  it('names every field that loosens it, and what it may do instead', () => {
    const chosen = choosePolicy(strict, {
      reviewPackage: false,
      maxProfiles: 999_999,
      retention: '0d',
    });
    assert.ok('complaints' in chosen);
    assert.deepEqual(
      chosen.complaints.map(({ path }) => path),
      ['policy.reviewPackage', 'policy.maxProfiles', 'policy.retention'],
    );
    assert.match(chosen.complaints[1]?.reason ?? '', /lowers it only.*overridable/);
  });

  it('may be loosened in the fields that the configuration lists, and in no other', () => {
    const policies: Policies = { default: { ...strict.default, overridable: ['maxProfiles'] } };
    assert.deepEqual(
      [choose({ maxProfiles: 50 }, policies), choose({ reviewPackage: false }, policies)],
      [{ ...DEFAULT_POLICY, ...strict.default, maxProfiles: 50 }, ['policy.reviewPackage']],
    );
  });

  it('may be tightened', () => {
    const asked = {
      reviewPackage: true,
      maxProfiles: 1,
      reviewIdOnly: true,
      systems: ['acme-mail', 'acme-ads'],
      cutOff: '10d',
      lateWait: '2d',
      remind: ['9d', '7d', '3d', '1d'],
      retention: '30d',
    };
    assert.deepEqual(choose(asked), { ...DEFAULT_POLICY, ...strict.default, ...asked });
  });
});
