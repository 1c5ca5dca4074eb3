import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemFailureOf, withServer, type Reply } from './plain-server.ts';

const failure = (errorMessage: string, errorCode = 'PROBLEM_PROCESSING_REQUEST') => ({
  result: 'Failure',
  errorCode,
  errorMessage,
});
const absent = failure(
  'Problem processing request: INVALID_ID_FIELD: individualId [P-1] not exists.',
);
const said = (processing: unknown) => ({
  'P-1': { result: 'Success', proceed: { processing, processingResult: 'Success' } },
});

describe('the flag that restricts processing', () => {
  const answers: readonly [string, unknown, string][] = [
    ['says yes', said('true'), 'free'],
    ['says no', said('false'), 'restricted'],
    ['says no as a boolean', said(false), 'restricted'],
    ['speaks in the words of the order', said('optout'), 'restricted'],
    [
      'comes in the shape of a write',
      { cdpResult: { 'P-1': { result: 'Success', processing: false } } },
      'restricted',
    ],
    ['is not there: a failure with status 200', { results: absent }, 'no-row'],
    ['is not there: a failure of this ID', { 'P-1': absent }, 'no-row'],
  ];
  for (const [what, body, consent] of answers) {
    it(`${what}: ${consent}`, () =>
      withServer(
        () => ({ body }),
        async ({ salesforce, seen }) => {
          assert.equal(await salesforce.processingConsent('P-1'), consent);
          assert.equal(
            seen[0]?.url,
            '/services/data/v67.0/consent/action/processing?ids=P-1&mode=cdp',
          );
        },
      ));
  }

  const failures: readonly [string, Reply, string, string | undefined][] = [
    [
      'another failure with status 200',
      { body: { results: failure('Ana Lima cannot be read', 'UNKNOWN_EXCEPTION') } },
      'rejected',
      'UNKNOWN_EXCEPTION',
    ],
    [
      'a failure of this ID',
      { body: { 'P-1': failure('busy', 'LOCKED_ROW') } },
      'rejected',
      'LOCKED_ROW',
    ],
    [
      'an answer about somebody else',
      { body: { 'P-2': said('true')['P-1'] } },
      'unreadable',
      'FOREIGN_SHAPE',
    ],
    [
      'success that says nothing',
      { body: { 'P-1': { result: 'Success' } } },
      'unreadable',
      'FOREIGN_SHAPE',
    ],
    ['a flag that nobody knows', { body: said('perhaps') }, 'unreadable', 'FOREIGN_SHAPE'],
    ['another shape', { body: [] }, 'unreadable', 'FOREIGN_SHAPE'],
    [
      'no permission',
      { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: '' }] },
      'denied',
      'INSUFFICIENT_ACCESS',
    ],
  ];
  for (const [what, reply, kind, code] of failures) {
    it(`is ${kind} with ${what}`, () =>
      withServer(
        () => reply,
        async ({ salesforce }) => {
          const failed = await systemFailureOf(salesforce.processingConsent('P-1'));
          assert.deepEqual(
            [failed.facts.kind, failed.facts.code, failed.message.includes('Ana')],
            [kind, code, false],
          );
        },
      ));
  }
});
