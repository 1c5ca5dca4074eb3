import portability from '../../../src/connectors/data-cloud-portability/index.ts';
import { ANA, opened, parts, profile, question } from '../../connectors/fixture.ts';
import { sources } from '../sources.ts';
import { json, ok, raw, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const ORDER = 'PATCH consent/action/portability?mode=cdp&status=optin';
const FOLDER = 'dsar/R-1/1/profile-1';
const taken = { [ORDER]: ok({ cdpResult: { 'P-1': { result: 'Success', portability: true } } }) };
const LIST = 'GET drop/?list-type=2';
const xml = (status: number, body: string) =>
  raw(status, `<?xml version="1.0" encoding="UTF-8"?>\n${body}`, {
    'content-type': 'application/xml',
  });
const listed = (names: readonly string[], more = '') =>
  xml(
    200,
    '<ListBucketResult ' +
      `xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>drop</Name><Prefix>${FOLDER}/</Prefix><KeyCount>${names.length}</KeyCount><MaxKeys>1000</MaxKeys>${more || '<IsTruncated>false</IsTruncated>'}${names.map((name) => `<Contents><Key>${FOLDER}/${name}</Key><LastModified>2026-11-21T10:00:00.000Z</LastModified><ETag>"9b2cf535f27731c974343645a3985328"</ETag><Size>4</Size><StorageClass>STANDARD</StorageClass></Contents>`).join('')}</ListBucketResult>`,
  );
const refused = (status: number, code: string) =>
  xml(
    status,
    `<Error><Code>${code}</Code><Message>of Ana ` +
      'Lima</Message><Resource>/drop</Resource><RequestId>4442587FB7D0A2F9</RequestId></Error>',
  );
const file = raw(200, 'a,b\n', { 'content-type': 'binary/octet-stream' });

const connector = (at: WireStand) =>
  opened(
    portability,
    {
      bucket: 'drop',
      region: 'eu-central-1',
      folder: 'dsar',
      endpoint: at.origin,
      write: { accessKeyId: 'AKIAWRITE', secretAccessKey: 'secret' },
    },
    parts(at),
  );
/** Orders Ana's files, and looks once after them. */
async function ordered(at: WireStand): Promise<unknown> {
  const begin = await connector(at).ask(
    at.context('dc'),
    question(ANA, { profiles: [profile()] }),
    1,
  );
  if (begin.way !== 'poll') return begin.way;
  const answer = await connector(at).poll?.(at.context('dc'), begin.reference);
  return answer?.state === 'answered'
    ? Promise.all(
        (answer.receipt?.files ?? []).map(async ({ path }) => [path, await at.text(path)]),
      )
    : answer?.state;
}
/** Orders them alone. */
const order = async (at: WireStand): Promise<unknown> => {
  const begin = await connector(at).ask(
    at.context('dc'),
    question(ANA, { profiles: [profile()] }),
    1,
  );
  return begin.way === 'poll' ? (JSON.parse(begin.reference) as unknown) : begin.way;
};
const asked = { folder: 'dsar/R-1/1', asked: [1], failed: [] };

export default {
  api: 'Portability by the Consent API, and the bucket that it fills',
  connectors: ['data-cloud-portability'],
  ask: ordered,
  cases: [
    {
      rule: "takes every object of the person's folder",
      source: [sources.consent, sources.s3List],
      answers: {
        ...taken,
        [LIST]: listed(['Individual.csv', 'manifest.json']),
        [`GET drop/${FOLDER}/Individual.csv`]: file,
        [`GET drop/${FOLDER}/manifest.json`]: raw(200, '{}', {
          'content-type': 'application/json',
        }),
      },
      gives: [
        ['systems/dc/profile-1/Individual.csv', 'a,b\n'],
        ['systems/dc/profile-1/manifest.json', '{}'],
      ],
    },
    {
      rule: 'reads the list to its end',
      source: sources.s3List,
      answers: {
        ...taken,
        [LIST]: listed(
          ['A.csv'],
          '<IsTruncated>true</IsTruncated><NextContinuationToken>1ueGcxLPRx</NextContinuationToken>',
        ),
        [`${LIST}&continuation-token=1ueGcxLPRx`]: listed(['B.csv']),
        [`GET drop/${FOLDER}/A.csv`]: file,
        [`GET drop/${FOLDER}/B.csv`]: file,
      },
      gives: [
        ['systems/dc/profile-1/A.csv', 'a,b\n'],
        ['systems/dc/profile-1/B.csv', 'a,b\n'],
      ],
    },
    {
      rule: 'waits while the folder is empty',
      source: sources.s3List,
      answers: { ...taken, [LIST]: listed([]) },
      gives: 'waiting',
    },
    {
      rule: 'knows an order that was taken, in the shape of a reading',
      source: sources.consent,
      ask: order,
      answers: {
        [ORDER]: ok({
          'P-1': {
            result: 'Success',
            proceed: { portability: 'true', portabilityResult: 'Success' },
          },
        }),
      },
      gives: asked,
    },
    {
      rule: 'sees a refusal that comes with status 200',
      source: sources.consentHelp,
      ask: order,
      answers: {
        [ORDER]: ok({
          results: {
            result: 'Failure',
            errorCode: 'PROBLEM_PROCESSING_REQUEST',
            errorMessage:
              'Problem processing request: INVALID_ID_FIELD: individualId [P-1] not exists.',
          },
        }),
      },
      fails: { kind: 'rejected', code: 'PROBLEM_PROCESSING_REQUEST', action: /ConsentApiUpdate/ },
    },
    {
      rule: 'refuses an answer about somebody else',
      source: sources.consent,
      ask: order,
      answers: { [ORDER]: ok({ cdpResult: { 'P-9': { result: 'Success', portability: true } } }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'is denied without the permission',
      source: sources.restErrors,
      ask: order,
      answers: { [ORDER]: json(403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }]) },
      fails: { kind: 'denied', status: 403, code: 'INSUFFICIENT_ACCESS' },
    },
    {
      rule: 'is denied where the key may not list',
      source: sources.s3Errors,
      answers: { ...taken, [LIST]: refused(403, 'AccessDenied') },
      fails: {
        kind: 'denied',
        status: 403,
        code: 'AccessDenied',
        action: /credentials that read it/,
      },
    },
    {
      rule: 'calls a bucket that is not there rejected',
      source: sources.s3Errors,
      answers: { ...taken, [LIST]: refused(404, 'NoSuchBucket') },
      fails: { kind: 'rejected', status: 404, code: 'NoSuchBucket' },
    },
    {
      rule: 'calls a bucket of another region rejected',
      source: sources.s3Errors,
      answers: { ...taken, [LIST]: refused(301, 'PermanentRedirect') },
      fails: { kind: 'rejected', status: 301, action: /bucket, region/ },
    },
    {
      rule: 'waits where the bucket asks to slow down',
      source: sources.s3Errors,
      answers: { ...taken, [LIST]: refused(503, 'SlowDown') },
      fails: { kind: 'unavailable', status: 503, code: 'SlowDown' },
    },
    {
      rule: 'calls an answer that is no list unreadable, and quotes none of it',
      source: sources.s3List,
      answers: {
        ...taken,
        [LIST]: raw(200, '<html>Ana Lima <b>logs in</html>', { 'content-type': 'text/html' }),
      },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
  ],
} satisfies WireApi;
