import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CodecKeyError, makeKey, parseKeys } from '../../src/codec/keys.ts';

const first = Buffer.alloc(32, 1).toString('base64');
const second = Buffer.alloc(32, 2).toString('base64');

describe('the key ring', () => {
  it('encrypts by the first key and knows all of them', () => {
    const ring = parseKeys(`new:${first}, old:${second}`);
    assert.equal(ring.current.id, 'new');
    assert.deepEqual(ring.ids, ['new', 'old']);
    assert.deepEqual(ring.find('old')?.secret.export(), Buffer.alloc(32, 2));
    assert.equal(ring.find('other'), undefined);
  });

  it('takes the keys that it makes, each with an ID of its own', () => {
    const made = [makeKey(), makeKey(), makeKey('march')];
    assert.equal(new Set(parseKeys(made.join(',')).ids).size, 3);
    assert.equal(parseKeys(made[2]).current.id, 'march');
  });

  it('takes base64 for addresses too', () => {
    assert.equal(
      parseKeys(`k1:${Buffer.alloc(32, 255).toString('base64url')}`).current.secret
        .symmetricKeySize,
      32,
    );
  });

  const short = Buffer.alloc(16, 3).toString('base64');
  const refused: readonly (readonly [string, string | undefined, RegExp])[] = [
    ['no keys at all', undefined, /is not set; .*node -p/],
    ['an empty list', ' , ', /is not set/],
    ['a key without an ID', first, /entry 1: it has no ID/],
    ['an ID that is no word', `a b:${first}`, /entry 1: the ID/],
    [
      'a short key',
      `k1:${first},k2:${short}`,
      /entry 2 \("k2"\): the key has 16 bytes and needs 32/,
    ],
    ['what is no base64', 'k1:%%%', /entry 1 \("k1"\): what follows the colon is no base64/],
    ['an ID that stands twice', `k1:${first},k1:${second}`, /"k1" twice/],
  ];
  for (const [what, text, message] of refused) {
    it(`refuses ${what}, and prints no key`, () => {
      assert.throws(
        () => parseKeys(text),
        (error) => {
          assert.ok(error instanceof CodecKeyError);
          assert.match(error.message, message);
          for (const key of [first, second, short]) {
            assert.ok(!error.message.includes(key));
          }
          return true;
        },
      );
    });
  }
});
