import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainEmail, emailSpellings } from '../../src/connectors/shared/email-spelling.ts';
import { requestInput } from '../../src/contract/request.ts';

describe('an e-mail address', () => {
  it('of ASCII letters has one spelling, the one that was given', () =>
    assert.deepEqual(emailSpellings(' Ana.Lima+x@Example.COM '), ['Ana.Lima+x@Example.COM']));

  const same: readonly (readonly string[])[] = [
    [
      'info@müller.example',
      'Info@MÜLLER.example ',
      'info@xn--mller-kva.example',
      'info@XN--MLLER-KVA.EXAMPLE',
      'info@mu\u0308ller.example',
    ],
    ['jörg@example.com', 'jo\u0308rg@example.com', 'JÖRG@EXAMPLE.COM'],
    ['田中@例え.example', '田中@xn--r8jz45g.example'],
    ['a..b@docomo.example', 'A..B@docomo.example'],
  ];
  for (const [first = '', ...others] of same) {
    it(`${first} is one however it is spelled, and each spelling leads to the others`, () => {
      for (const other of others) {
        assert.equal(plainEmail(other), plainEmail(first), other);
        for (const [given, stored] of [
          [first, other],
          [other, first],
        ] as const) {
          assert.ok(
            emailSpellings(given).some((it) => it.toLowerCase() === stored.trim().toLowerCase()),
            `${given} asks for ${stored}: ${emailSpellings(given).join(', ')}`,
          );
        }
      }
    });
  }
  it('is not another one that only looks alike', () =>
    assert.notEqual(plainEmail('info@muller.example'), plainEmail('info@müller.example')));
  it('of a domain that is none stays as it is', () =>
    assert.deepEqual(
      [plainEmail('A@x y'), emailSpellings('no address')],
      ['a@x y', ['no address']],
    ));
});

describe('an e-mail address of a request', () => {
  const taken = (email: string) =>
    requestInput.safeParse({
      requestId: 'R-1',
      type: 'access',
      subject: { emails: [email] },
      receivedAt: '2026-11-23',
    });
  const good = [
    'info@müller.example',
    'jörg@example.com',
    'a..b@docomo.example',
    '.x.@docomo.example',
    ' ana@example.com ',
    '"ana lima"@example.com',
    'ana@localhost',
    'ana@[192.0.2.1]',
    '田中@例え.example',
  ];
  for (const email of good) {
    it(`is ${email}`, () => assert.equal(taken(email).data?.subject.emails[0], email.trim()));
  }
  const bad = [
    '',
    ' ',
    'ana',
    '@example.com',
    'ana@',
    'ana@lima@example.com',
    'ana\n@example.com',
    'ana@exam ple.com',
    'ana\u2028b@example.com',
    '\u212aenji@example.com',
    `${'a'.repeat(400)}@example.com`,
  ];
  for (const email of bad) {
    it(`is not ${JSON.stringify(email.slice(0, 30))}`, () =>
      assert.equal(taken(email).success, false));
  }
});
