import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { checkMessage, checkRequest } from '../../src/client/check.ts';
import { identifierComplaint, requestLimits } from '../../src/contract/input-limits.ts';
import { bytesOf, jsonBytes, keywordList, LIMITS, withinBytes } from '../../src/contract/limits.ts';

const request = (more: object = {}) => ({
  requestId: 'R-1',
  type: 'access',
  law: 'gdpr',
  receivedAt: '2026-11-23',
  subject: { emails: ['ana@example.com'] },
  ...more,
});
const complaint = (input: unknown): string => {
  try {
    checkRequest(input);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};
const long = (length: number) => 'x'.repeat(length);

describe('the server’s limits are kept in bytes', () => {
  it('a list of waits is cut by its encoded bytes, with a mark that more is waited for', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 400, unit: 'grapheme' }), { maxLength: 200 }),
        (names) => {
          const list = keywordList(names);
          assert.ok(jsonBytes(list) <= LIMITS.searchAttribute, `${jsonBytes(list)} bytes`);
          assert.ok(list.every((name) => name.length <= LIMITS.keyword));
          const all = new Set(names.map((name) => keywordList([name])[0]));
          const [, left] = /^more:(\d+)$/.exec(list.at(-1) ?? '') ?? [];
          assert.equal(left === undefined ? list.length : list.length - 1 + Number(left), all.size);
        },
      ),
    ));

  it('30 systems of 66 letters are cut, for a value over 2,048 bytes ends the request', () => {
    const list = keywordList(Array.from({ length: 30 }, (_, index) => `s${index}-${long(62)}`));
    assert.match(list.at(-1) ?? '', /^more:\d+$/);
    assert.ok(list.length > 20 && jsonBytes(list) <= 1_900);
  });

  it('no text is cut inside a character', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 100 }),
        fc.integer({ min: 3, max: 60 }),
        (text, most) => {
          const cut = withinBytes(text, most);
          assert.ok(bytesOf(cut) <= most && (cut === text || text.startsWith(cut.slice(0, -1))));
        },
      ),
    ));
});

describe('identifiers and texts have lengths', () => {
  const refused: readonly (readonly [string, object, RegExp])[] = [
    [
      'a request ID that Windows keeps for a device',
      { requestId: 'COM1' },
      /requestId: is a name that file systems keep/,
    ],
    ['the same in small letters', { requestId: 'nul' }, /requestId: is a name/],
    [
      'an e-mail address over 320 characters',
      {
        subject: {
          emails: [
            `a@${long(60)}.${long(60)}.${long(60)}.${long(60)}.${long(60)}.${long(60)}.example`,
          ],
        },
      },
      /subject\.emails\[0\]: (may hold 320|must be)/,
    ],
    [
      'a party ID over 255',
      { subject: { partyIds: [long(256)] } },
      /subject\.partyIds\[0\]: may hold 255/,
    ],
    [
      'a phone number over 64',
      { subject: { phones: [long(65)] } },
      /subject\.phones\[0\]: may hold 64/,
    ],
    [
      'an external ID over 255',
      { subject: { externalIds: { loyalty: long(256) } } },
      /subject\.externalIds\.loyalty: may hold 255/,
    ],
    [
      'the name of an external ID over 64',
      { subject: { externalIds: { [long(65)]: '1' } } },
      /subject\.externalIds: holds a name of 65/,
    ],
    [
      'a name over 200',
      { subject: { emails: ['ana@example.com'], name: long(201) } },
      /subject\.name: may hold 200/,
    ],
    ['a policy’s name over 64', { policy: long(65) }, /policy: may hold 64/],
    [
      'more identifiers than any configuration allows',
      { subject: { phones: Array.from({ length: 1_001 }, (_, index) => `+4930${index}`) } },
      /subject: holds 1001 identifiers, and 1000 are the most/,
    ],
    [
      'what the server would refuse as too long',
      {
        subject: { phones: Array.from({ length: 100_000 }, (_, index) => `+49 30 90000 ${index}`) },
      },
      /bytes long as JSON, and the server takes/,
    ],
  ];
  for (const [what, more, reason] of refused) {
    it(`refuses ${what}, with path and reason`, () =>
      assert.match(complaint(request(more)), reason));
  }

  it('takes what fits', () =>
    assert.equal(
      complaint(
        request({
          requestId: 'COM-1',
          subject: {
            emails: ['ana@example.com'],
            partyIds: [long(255)],
            externalIds: { loyalty: long(255) },
          },
        }),
      ),
      '',
    ));
  it('no complaint quotes a value', () =>
    assert.doesNotMatch(complaint(request({ subject: { partyIds: [`ana${long(256)}`] } })), /ana/));
  it('names how many identifiers the company allows', () =>
    assert.match(
      identifierComplaint({
        emails: Array.from({ length: 51 }),
        phones: [],
        partyIds: [],
        externalIds: {},
      })?.reason ?? '',
      /51 identifiers, and 50 .*limits\.identifiers/,
    ));
  it('is checked of the request alone, once its form is right', () =>
    assert.deepEqual(
      requestLimits({
        requestId: 'R-1',
        subject: { emails: [], phones: [], partyIds: [], externalIds: {} },
      }),
      [],
    ));

  for (const [name, message, reason] of [
    ['retrySystem', { system: long(301), by: 'me' }, /system: may hold 300/],
    ['withdraw', { reason: long(4_001), by: 'me' }, /reason: may hold 4000/],
    ['withdraw', { reason: 'x', by: long(201) }, /by: may hold 200/],
    [
      'vendorResponded',
      {
        system: 'a',
        outcome: 'delivered',
        by: 'me',
        files: Array.from({ length: 10_001 }, () => ({ uri: 'file:///x' })),
      },
      /files: may hold 10000 entries/,
    ],
    [
      'vendorResponded',
      {
        system: 'a',
        outcome: 'delivered',
        by: 'me',
        files: Array.from({ length: 9_999 }, () => ({ uri: long(250) })),
      },
      /bytes long as JSON, and the server takes/,
    ],
  ] as const) {
    it(`a message ${name} that is too long is refused before it is sent`, () =>
      assert.throws(() => checkMessage(name, message), reason));
  }
});
