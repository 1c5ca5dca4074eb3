import { sources } from '../sources.ts';
import { json, ok, page, type WireApi } from '../wire-case.ts';

const ID = '003xx0000000A01';
const CALL = `GET consent/action/processing?ids=${ID}&mode=cdp`;
const failure = (errorCode: string, errorMessage: string) =>
  ok({ results: { result: 'Failure', errorCode, errorMessage } });

export default {
  api: 'Consent API: the flag of processing',
  connectors: ['data-cloud'],
  ask: (at) => at.salesforce.processingConsent(ID),
  cases: [
    {
      rule: 'knows who may be processed',
      source: sources.consent,
      answers: {
        [CALL]: ok({
          [ID]: { result: 'Success', proceed: { processing: 'true', processingResult: 'Success' } },
        }),
      },
      gives: 'free',
    },
    {
      rule: 'knows whose processing is restricted',
      source: sources.consent,
      answers: {
        [CALL]: ok({
          [ID]: {
            result: 'Success',
            proceed: { processing: 'false', processingResult: 'Success' },
          },
        }),
      },
      gives: 'restricted',
    },
    {
      rule: 'reads the flag below cdpResult',
      source: sources.consentHelp,
      answers: { [CALL]: ok({ cdpResult: { [ID]: { result: 'Success', processing: false } } }) },
      gives: 'restricted',
    },
    {
      rule: 'takes the failure for an individual without consent data for none',
      source: sources.consentHelp,
      answers: {
        [CALL]: failure(
          'PROBLEM_PROCESSING_REQUEST',
          `Problem processing request: INVALID_ID_FIELD: individualId [${ID}] not exists.`,
        ),
      },
      gives: 'no-row',
    },
    {
      rule: 'calls another failure with status 200 rejected',
      source: sources.consent,
      answers: { [CALL]: failure('PROBLEM_PROCESSING_REQUEST', `Problem with ${ID}`) },
      fails: { kind: 'rejected', status: 200, code: 'PROBLEM_PROCESSING_REQUEST' },
    },
    {
      rule: 'refuses an answer about another individual',
      source: sources.consent,
      answers: {
        [CALL]: ok({ j00932I3SU92: { result: 'Success', proceed: { processing: 'true' } } }),
      },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'refuses a success that tells no flag',
      source: sources.consentHelp,
      answers: { [CALL]: ok({ cdpResult: { [ID]: { result: 'Success', shouldforget: true } } }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'is denied without the permission',
      source: sources.restErrors,
      answers: {
        [CALL]: json(403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'ConsentApiUpdate' }]),
      },
      fails: { kind: 'denied', status: 403, code: 'INSUFFICIENT_ACCESS' },
    },
    {
      rule: 'says what a page in place of data means',
      source: sources.autodocErrors,
      answers: { [CALL]: page() },
      fails: { kind: 'unreadable', code: 'NOT_JSON', action: /page came in place of data/ },
    },
  ],
} satisfies WireApi;
