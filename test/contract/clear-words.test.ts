import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { failureConverter } from '../../src/codec/failure-converter.ts';
import { clearPath, refusalInClear } from '../../src/contract/clear-words.ts';
import { codedComplaintsOf } from '../../src/contract/complaints.ts';
import { MESSAGES } from '../../src/contract/messages/index.ts';
import { requestInput } from '../../src/contract/request.ts';

const PERSON = 'ana@example.com';

describe('a refusal in clear', () => {
  it('names its type, code and path, and what the code means', () => {
    assert.equal(
      refusalInClear('not-allowed', [
        [{ path: 'system', reason: `No system is called ${PERSON}`, code: 'no-such-system' }],
      ]),
      'not-allowed: system no-such-system: no system of this request has this ID (the whole ' +
        'reason is encrypted; a codec endpoint shows it)',
    );
  });

  it('holds nothing of a request that was sent: neither a value nor a key that no schema knows', () => {
    const sent = {
      requestId: PERSON,
      type: PERSON,
      subject: { emails: [`${PERSON}@`], externalIds: { 'Ana.Lima': '' }, [PERSON]: 1 },
      receivedAt: PERSON,
      [PERSON]: 1,
      'Ana Lima': 2,
    };
    const parsed = requestInput.safeParse(sent);
    assert.ok(!parsed.success);
    const clear = refusalInClear('invalid-request', [codedComplaintsOf(parsed.error)]) ?? '';
    assert.doesNotMatch(clear, /ana|lima/i);
    assert.match(
      clear,
      /^invalid-request: requestId ill-formed; type not-a-choice; subject\.emails\[0\] ill-formed; subject\.externalIds\.\*\.\* too-small; /,
    );
  });

  it('tells what is missing from what is of the wrong type', () => {
    const parsed = MESSAGES.skipSystem.input.safeParse({ system: 7, reason: 'why' });
    assert.match(
      refusalInClear('invalid-input', [codedComplaintsOf(parsed.error ?? assert.fail())]) ?? '',
      /^invalid-input: system wrong-type; by missing /,
    );
  });

  const paths = [
    ['subject.emails[0]', 'subject.emails[0]'],
    ['decisions[12].partyId', 'decisions[12].partyId'],
    ['externalIds.ana', 'externalIds.*'],
    [PERSON, '*.*'],
    ['emails[ana]', '*'],
    ['', ''],
  ] as const;
  for (const [path, clear] of paths) {
    it(`shows the path "${path}" as "${clear}"`, () => assert.equal(clearPath(path), clear));
  }

  it('is no matter of other failures, nor of a code that is none', () => {
    assert.equal(
      refusalInClear('denied', [[{ path: 'system', code: 'no-such-system' }]]),
      undefined,
    );
    assert.match(
      refusalInClear('not-allowed', [[{ path: 'system', code: `no ${PERSON}` }]]) ?? '',
      /^not-allowed: system refused /,
    );
    assert.match(refusalInClear('not-allowed', [PERSON]) ?? '', /^not-allowed: refused /);
  });
});

describe('the failure converter', () => {
  it('keeps the words of a refusal for the codec and gives them back, and lets its code stand', () => {
    const error = ApplicationFailure.create({
      type: 'not-allowed',
      message: `No system is called ${PERSON}`,
      details: [[{ path: 'system', reason: 'x', code: 'no-such-system' }]],
    });
    const failure = failureConverter.errorToFailure(error, defaultPayloadConverter);
    assert.match(failure.message ?? '', /^not-allowed: system no-such-system/);
    assert.equal(
      failureConverter.failureToError(failure, defaultPayloadConverter).message,
      `No system is called ${PERSON}`,
    );
  });

  it('lets nothing of another failure stand', () => {
    assert.equal(
      failureConverter.errorToFailure(new Error(PERSON), defaultPayloadConverter).message,
      'Encoded failure',
    );
  });
});
