import openDsr from '../../../src/connectors/opendsr/index.ts';
import { subjectRequestId } from '../../../src/connectors/opendsr/wire.ts';
import type { Question } from '../../../src/connectors/spi.ts';
import { ANA, identifier, opened, parts, question } from '../../connectors/fixture.ts';
import {
  empty,
  json,
  ok,
  page,
  raw,
  type Answers,
  type Source,
  type WireAnswer,
  type WireApi,
} from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const spec: Source = {
  of: 'github.com/opengdpr/OpenDSR',
  at: 'specification.md',
  version: '6c080e2 (2.0)',
  read: '2026-11-28',
};
const goGdpr: Source = {
  of: 'github.com/greencase/go-gdpr',
  at: 'types.go, errors.go, server.go',
  version: '26f1228',
  read: '2026-11-28',
};
const mParticle: Source = {
  of: 'github.com/mParticle/docs',
  at: 'src/pages/developers/dsr-api/v3/index.md',
  version: '975ea50',
  read: '2026-11-28',
};
const mParticle2: Source = {
  of: 'github.com/mParticle/docs',
  at: 'DSR Distributions for Erasure, "Check Distribution Status"',
  version: '2021',
  read: '2026-11-28',
};
const guardian: Source = {
  of: 'github.com/guardian/support-service-lambdas',
  at: 'handlers/mparticle-api/src/apis/dataSubjectRequests',
  version: 'd710fc9',
  read: '2026-11-28',
};
const singular: Source = {
  of: 'support.singular.net/hc/en-us/articles/360045674671-GDPR-API-Reference',
  at: 'Discovery Endpoint, Requests Endpoint',
  version: '0.1.4',
  read: '2026-11-28',
};
const rudder: Source = {
  of: 'github.com/rudderlabs/rudder-transformer',
  at: 'test/integrations/destinations/af/network.ts',
  version: '89ab93f',
  read: '2026-11-28',
};
const none: Source = {
  of: 'none found, both forms accepted',
  at: '-',
  version: '-',
  read: '2026-11-28',
};

const ID = subjectRequestId('R-1', 'sys', 1);
const vendor = (at: WireStand, more: object) =>
  opened(
    openDsr,
    {
      baseUrl: `${at.origin}/v2`,
      token: 'key:secret',
      regulation: 'gdpr',
      signature: 'none',
      ...more,
    },
    parts(at),
  );
/** Asks, and gives how and what was sent. */
const asks =
  (more: object = {}, asked: Partial<Question> = {}) =>
  async (at: WireStand): Promise<unknown> => {
    const { way, ...rest } = await vendor(at, more).ask(at.context('sys'), question(ANA, asked), 1);
    const sent = at.calls.find(({ method }) => method === 'POST');
    return {
      way,
      ...('why' in rest && { why: rest.why }),
      ...('expectedAt' in rest && { expectedAt: rest.expectedAt }),
      ...(sent !== undefined && {
        path: sent.path,
        authorization: sent.headers.authorization,
        body: JSON.parse(sent.body) as unknown,
      }),
    };
  };
const way =
  (more: object = {}) =>
  async (at: WireStand): Promise<unknown> =>
    (await vendor(at, more).ask(at.context('sys'), question(ANA), 1)).way;
const polls =
  (more: object = {}) =>
  async (at: WireStand): Promise<unknown> => {
    const answer = await vendor(at, more).poll?.(at.context('sys'), ID);
    return answer?.state === 'answered'
      ? {
          outcome: answer.outcome,
          files: answer.receipt?.files.map(({ path }) => path.split('.').at(-1)) ?? [],
          notes: answer.receipt?.notes ?? [],
        }
      : answer;
  };
const withdraws =
  (more: object = {}) =>
  async (at: WireStand): Promise<unknown> => {
    await vendor(at, more).withdraw?.(at.context('sys'), ID);
    return 'withdrawn';
  };

const identity = (identity_type: string, identity_format = 'raw') => ({
  identity_type,
  identity_format,
});
const discovery = (api_version: unknown = '2.0', more: object = {}) =>
  ok({
    api_version,
    supported_identities: [identity('email'), identity('controller_customer_id')],
    supported_subject_request_types: ['access', 'erasure', 'portability'],
    processor_certificate: 'https://exampleprocessor.com/cert.pem',
    ...more,
  });
const accepted = (more: object = {}): WireAnswer =>
  json(201, {
    controller_id: 'example_controller_id',
    expected_completion_time: '2026-12-01T15:00:01Z',
    received_time: '2026-11-23T10:15:01Z',
    subject_request_id: ID,
    ...more,
  });
const told = (request_status: string, more: object = {}): WireAnswer =>
  ok({
    controller_id: 'example_controller_id',
    expected_completion_time: '2026-12-01T15:00:01Z',
    subject_request_id: ID,
    request_status,
    api_version: '2.0',
    ...more,
  });
const refused = (status: number, error: object): WireAnswer => json(status, { error });
const results = { 'GET v2/results/1': json(200, [{ segment: 'tents' }]) };
const link = { results_url: '{origin}/v2/results/1' };
const status = (answer: WireAnswer | readonly WireAnswer[], path = 'requests'): Answers => ({
  [`GET v2/${path}/${ID}`]: answer,
});
const waiting = { state: 'waiting', expectedAt: '2026-12-01T15:00:01Z' };
const body = {
  regulation: 'gdpr',
  subject_request_id: ID,
  subject_request_type: 'access',
  submitted_time: '2026-11-23T10:15:00.000Z',
};
const list = [{ identity_type: 'email', identity_value: ANA, identity_format: 'raw' }];
const bearer = 'Bearer key:secret';

export default {
  api: 'OpenDSR: the specification, OpenGDPR 0.1, mParticle, Singular, AppsFlyer',
  connectors: ['opendsr'],
  ask: polls(),
  always: { 'GET v2/discovery': discovery() },
  cases: [
    {
      rule: 'sends a request as the specification has it',
      source: spec,
      ask: asks(),
      answers: { 'POST v2/requests': accepted() },
      gives: {
        way: 'poll',
        expectedAt: '2026-12-01T15:00:01Z',
        path: '/v2/requests',
        authorization: bearer,
        body: { ...body, subject_identities: list, api_version: '2.0' },
      },
    },
    {
      rule: 'sends a digest where nothing else is taken',
      source: spec,
      ask: asks(),
      answers: {
        'GET v2/discovery': discovery('2.0', {
          supported_identities: [identity('email', 'sha256')],
        }),
        'POST v2/requests': accepted(),
      },
      gives: {
        way: 'poll',
        expectedAt: '2026-12-01T15:00:01Z',
        path: '/v2/requests',
        authorization: bearer,
        body: {
          ...body,
          subject_identities: [
            {
              identity_type: 'email',
              identity_value: '03bcdf026c44eaf449d42b4755f97281cdb0145fbdc93837106cf937c216eea9',
              identity_format: 'sha256',
            },
          ],
          api_version: '2.0',
        },
      },
    },
    {
      rule: 'asks by hand a vendor that takes erasures alone, as the example is',
      source: spec,
      ask: asks(),
      answers: {
        'GET v2/discovery': discovery('2.0', { supported_subject_request_types: ['erasure'] }),
      },
      gives: { way: 'manual', why: 'it takes no access requests by OpenDSR' },
    },
    {
      rule: 'takes an acceptance that repeats the request',
      source: spec,
      ask: way(),
      answers: {
        'POST v2/requests': accepted({
          encoded_request: Buffer.from(
            JSON.stringify({ ...body, subject_identities: list, api_version: '2.0' }),
          ).toString('base64'),
          processor_signature: 'kiGlog3P',
        }),
      },
      gives: 'poll',
    },
    {
      rule: 'is unreadable where another request is accepted',
      source: spec,
      ask: way(),
      answers: {
        'POST v2/requests': accepted({
          encoded_request: Buffer.from(
            JSON.stringify({ ...body, subject_identities: [] }),
          ).toString('base64'),
        }),
      },
      fails: { kind: 'unreadable', code: 'OTHER_REQUEST' },
    },
    {
      rule: 'takes an ID in capitals',
      source: none,
      guess: 'It is the same ID.',
      ask: way(),
      answers: { 'POST v2/requests': accepted({ subject_request_id: ID.toUpperCase() }) },
      gives: 'poll',
    },
    {
      rule: 'is rejected, without a word of what was said',
      source: spec,
      ask: way(),
      answers: {
        'POST v2/requests': refused(400, {
          code: 400,
          message: `subject_request_id of ${ANA} is required`,
          errors: [{ domain: 'Validation', reason: 'IllegalArgumentException', message: 'x' }],
        }),
        ...status(refused(404, { code: 404 })),
      },
      fails: { kind: 'rejected', status: 400 },
    },
    {
      rule: 'finds that a request was sent before',
      source: guardian,
      ask: way(),
      answers: {
        'POST v2/requests': json(400, { code: 400, message: 'Subject request already exists' }),
        ...status(told('pending')),
      },
      gives: 'poll',
    },
    {
      rule: 'finds that one about the same identities is under way',
      source: guardian,
      ask: way(),
      answers: { 'POST v2/requests': json(409, { code: 409 }), ...status(told('in_progress')) },
      gives: 'poll',
    },
    {
      rule: 'waits while a request is pending',
      source: spec,
      answers: status(told('pending')),
      gives: waiting,
    },
    {
      rule: 'waits while it is acted on',
      source: spec,
      answers: status(told('in_progress')),
      gives: waiting,
    },
    {
      rule: 'waits at a status that nobody knows',
      source: none,
      guess: 'Vendors of the first version say "distributed".',
      answers: status(told('distributed')),
      gives: waiting,
    },
    {
      rule: 'takes a status in another spelling',
      source: none,
      guess: 'Branch, which speaks a protocol like it, writes in capitals.',
      answers: status(told('IN-PROGRESS')),
      gives: waiting,
    },
    {
      rule: 'takes the results in',
      source: spec,
      answers: { ...status(told('completed', { ...link, results_count: 1 })), ...results },
      gives: { outcome: 'delivered', files: ['json'], notes: [] },
    },
    {
      rule: 'says that results and their number differ',
      source: spec,
      answers: { ...status(told('completed', { ...link, results_count: 103 })), ...results },
      gives: {
        outcome: 'delivered',
        files: ['json'],
        notes: ['The vendor spoke of 103 results, and its file holds 1.'],
      },
    },
    {
      rule: 'holds nothing where it completes without a link',
      source: spec,
      answers: status(told('completed', { results_url: null })),
      gives: { outcome: 'nothing-held', files: [], notes: [] },
    },
    {
      rule: 'holds nothing where it counts none',
      source: spec,
      answers: status(told('completed', { ...link, results_count: 0 })),
      gives: { outcome: 'nothing-held', files: [], notes: [] },
    },
    {
      rule: 'has not said so where it counts some and links to none',
      source: spec,
      answers: status(told('completed', { results_count: 2 })),
      fails: { kind: 'unreadable', code: 'NO_RESULTS_LINK', action: /respondForVendor/ },
    },
    {
      rule: 'refuses where it cancels',
      source: spec,
      answers: status(told('cancelled')),
      gives: { outcome: 'refused', files: [], notes: [] },
    },
    {
      rule: 'is taken back by 202',
      source: spec,
      ask: withdraws(),
      answers: {
        [`DELETE v2/requests/${ID}`]: json(202, {
          controller_id: 'c',
          received_time: '2026-11-23T15:00:01Z',
          subject_request_id: ID,
          api_version: '2.0',
        }),
      },
      gives: 'withdrawn',
    },
    {
      rule: 'is taken back by an answer without a word',
      source: none,
      guess: 'The specification has a body; a server may have none.',
      ask: withdraws(),
      answers: { [`DELETE v2/requests/${ID}`]: empty() },
      gives: 'withdrawn',
    },
    {
      rule: 'is not taken back once it is no longer pending',
      source: spec,
      ask: withdraws(),
      answers: {
        [`DELETE v2/requests/${ID}`]: refused(400, { code: 400, message: 'not pending' }),
      },
      gives: 'withdrawn',
    },

    {
      rule: 'speaks the first version where discovery names one',
      source: goGdpr,
      ask: asks(),
      answers: { 'GET v2/discovery': discovery('0.1'), 'POST v2/opengdpr_requests': accepted() },
      gives: {
        way: 'poll',
        expectedAt: '2026-12-01T15:00:01Z',
        path: '/v2/opengdpr_requests',
        authorization: bearer,
        body: {
          subject_request_id: ID,
          subject_request_type: 'access',
          submitted_time: body.submitted_time,
          subject_identities: list,
        },
      },
    },
    {
      rule: 'takes a request that is repeated as it was understood',
      source: goGdpr,
      ask: way(),
      answers: {
        'GET v2/discovery': discovery('0.1', { processor_certificate: '' }),
        'POST v2/opengdpr_requests': accepted({
          encoded_request: Buffer.from(
            JSON.stringify({
              subject_request_id: ID,
              subject_request_type: 'access',
              submitted_time: '2026-11-23T10:15:00Z',
              api_version: '',
              status_callback_urls: null,
              subject_identities: list,
              extensions: null,
            }),
          ).toString('base64'),
        }),
      },
      gives: 'poll',
    },
    {
      rule: 'holds nothing where the link is an empty text',
      source: goGdpr,
      answers: {
        'GET v2/discovery': discovery('0.1'),
        ...status(told('completed', { results_url: '', api_version: '0.1' }), 'opengdpr_requests'),
      },
      gives: { outcome: 'nothing-held', files: [], notes: [] },
    },
    {
      rule: 'takes a time that was never set',
      source: goGdpr,
      answers: {
        'GET v2/discovery': discovery('0.1'),
        ...status(
          told('pending', { expected_completion_time: '0001-01-01T00:00:00Z', results_url: '' }),
          'opengdpr_requests',
        ),
      },
      gives: { state: 'waiting', expectedAt: '0001-01-01T00:00:00Z' },
    },
    {
      rule: 'is rejected for good by an identity that is not implemented',
      source: goGdpr,
      ask: way(),
      answers: {
        'GET v2/discovery': discovery('0.1'),
        'POST v2/opengdpr_requests': refused(501, {
          code: 501,
          message: 'unsupported identity: email/raw',
          errors: null,
        }),
      },
      fails: { kind: 'rejected', status: 501 },
    },

    {
      rule: 'sends mParticle one identity of a kind under its name',
      source: mParticle,
      ask: asks({ tokenScheme: 'basic' }),
      answers: {
        'GET v2/discovery': discovery('3.0', {
          processor_certificate: 'https://static.mparticle.com/dsr/opendsr_cert.pem',
        }),
        'POST v2/requests': accepted({
          expected_completion_time: '2026-12-09T00:00:00Z',
          received_time: '2026-11-29T18:16:24.5568051Z',
          controller_id: '3622',
        }),
      },
      gives: {
        way: 'poll',
        expectedAt: '2026-12-09T00:00:00Z',
        path: '/v2/requests',
        authorization: `Basic ${Buffer.from('key:secret').toString('base64')}`,
        body: {
          ...body,
          subject_identities: { email: { value: ANA, encoding: 'raw' } },
          api_version: '3.0',
        },
      },
    },
    {
      rule: 'asks mParticle by hand about several identities of a kind',
      source: mParticle,
      ask: asks(
        {},
        {
          identifiers: [identifier(ANA), { ...identifier('lima@example.com'), name: 'emails[1]' }],
        },
      ),
      answers: { 'GET v2/discovery': discovery('3.0') },
      gives: {
        way: 'manual',
        why: 'it takes one identity of each kind, and the subject has several',
      },
    },
    {
      rule: "reads a status with members of mParticle's own",
      source: mParticle,
      answers: status(
        ok({
          controller_id: '3622',
          expected_completion_time: '2026-12-09T00:00:00Z',
          subject_request_id: ID,
          group_id: null,
          request_status: 'pending',
          api_version: '3.0',
          results_url: null,
          extensions: null,
        }),
      ),
      gives: { state: 'waiting', expectedAt: '2026-12-09T00:00:00Z' },
    },
    {
      rule: 'reads a time without a zone, and how others were told',
      source: mParticle2,
      answers: status(
        told('in_progress', {
          expected_completion_time: '2026-12-13T00:00:00',
          extensions: {
            'opendsr.mparticle.com': {
              distribution_status: [
                { domain: 'kochava.com', status: 'in_progress', status_message: null },
              ],
            },
          },
        }),
      ),
      gives: { state: 'waiting', expectedAt: '2026-12-13T00:00:00' },
    },
    {
      rule: 'takes a zip in',
      source: guardian,
      answers: {
        ...status(told('completed', link)),
        'GET v2/results/1': raw(200, 'PK', { 'content-type': 'application/zip' }),
      },
      gives: { outcome: 'delivered', files: ['zip'], notes: [] },
    },
    {
      rule: 'says that results have ended, and that the vendor is asked anew',
      source: mParticle,
      answers: { ...status(told('completed', link)), 'GET v2/results/1': raw(410, '') },
      fails: { kind: 'rejected', status: 410, action: /asked anew/ },
    },
    {
      rule: 'has not said that it holds nothing where its link leads to nothing',
      source: guardian,
      answers: { ...status(told('completed', link)), 'GET v2/results/1': raw(404, '') },
      fails: { kind: 'rejected', status: 404, action: /missingResults/ },
    },
    {
      rule: 'has said so where the entry says that it means that',
      source: guardian,
      guess:
        "mParticle's documents, as this client quotes them, leave open which call they speak of.",
      ask: polls({ missingResults: 'nothing-held' }),
      answers: { ...status(told('completed', link)), 'GET v2/results/1': raw(404, '') },
      gives: { outcome: 'nothing-held', files: [], notes: [] },
    },
    {
      rule: 'is taken back where no time is told any more',
      source: mParticle,
      ask: withdraws(),
      answers: {
        [`DELETE v2/requests/${ID}`]: ok({
          expected_completion_time: null,
          received_time: '2026-05-16T17:35:58.3631375Z',
          subject_request_id: ID,
          controller_id: '3622',
        }),
      },
      gives: 'withdrawn',
    },

    {
      rule: 'sends Singular, whose version is a first one, to a path of its own, the token alone',
      source: singular,
      ask: asks(
        { requestsPath: '/requests', tokenScheme: 'plain', identities: ['controller_customer_id'] },
        {
          identifiers: [
            { name: 'externalIds.controller_customer_id', kind: 'external-id', value: 'U-7' },
          ],
        },
      ),
      answers: {
        'GET v2/discovery': ok({
          api_version: '0.1.4',
          supported_identities: [identity('controller_customer_id')],
          supported_subject_request_types: ['erasure', 'access'],
        }),
        'POST v2/requests': accepted(),
      },
      gives: {
        way: 'poll',
        expectedAt: '2026-12-01T15:00:01Z',
        path: '/v2/requests',
        authorization: 'key:secret',
        body: {
          subject_request_id: ID,
          subject_request_type: 'access',
          submitted_time: body.submitted_time,
          subject_identities: [
            {
              identity_type: 'controller_customer_id',
              identity_value: 'U-7',
              identity_format: 'raw',
            },
          ],
        },
      },
    },
    {
      rule: "sends AppsFlyer the app's ID besides",
      source: rudder,
      ask: asks({ requestsPath: '/opendsr_requests', extra: { property_id: 'AnAID' } }),
      answers: { 'POST v2/opendsr_requests': accepted() },
      gives: {
        way: 'poll',
        expectedAt: '2026-12-01T15:00:01Z',
        path: '/v2/opendsr_requests',
        authorization: bearer,
        body: { ...body, property_id: 'AnAID', subject_identities: list, api_version: '2.0' },
      },
    },
    {
      rule: 'is rejected where the app is not known',
      source: rudder,
      ask: way({ requestsPath: '/opendsr_requests' }),
      answers: {
        'POST v2/opendsr_requests': refused(400, {
          code: 400,
          af_gdpr_code: 'e411',
          message: "AppID given in 'property_id' is incorrect",
        }),
        ...status(refused(404, { code: 404, af_gdpr_code: 'e214' }), 'opendsr_requests'),
      },
      fails: { kind: 'rejected', status: 400 },
    },

    {
      rule: 'waits as long as a vendor that is busy asks for',
      source: mParticle,
      guess: 'Its service limits speak of 429.',
      answers: status(raw(429, '', { 'retry-after': '60' })),
      fails: { kind: 'unavailable', status: 429, retryAfter: 60 },
    },
    {
      rule: 'waits where a vendor is down',
      source: none,
      guess: 'Pages of proxies come with it.',
      answers: status(page(503)),
      fails: { kind: 'unavailable', status: 503 },
    },
    {
      rule: 'is denied by a token that does not count',
      source: spec,
      guess: 'How a request is authenticated is left to vendors.',
      answers: status(refused(401, { code: 401 })),
      fails: { kind: 'denied', status: 401 },
    },
    {
      rule: 'is unreadable where a page comes in place of a status',
      source: none,
      guess: 'Login pages are such.',
      answers: status(page()),
      fails: { kind: 'unreadable', code: 'NOT_JSON' },
    },
    {
      rule: 'reads JSON behind the mark of its encoding',
      source: none,
      guess: 'Some servers send it; it costs nothing.',
      answers: status(
        raw(200, `\uFEFF${JSON.stringify({ subject_request_id: ID, request_status: 'pending' })}`, {
          'content-type': 'application/json',
        }),
      ),
      gives: { state: 'waiting', expectedAt: null },
    },
    {
      rule: 'takes a discovery whose version is a number and whose identities name no format',
      source: none,
      guess: 'Vendors that take one format alone need not name it.',
      ask: way(),
      answers: {
        'GET v2/discovery': discovery(2, { supported_identities: [{ identity_type: 'email' }] }),
        'POST v2/requests': accepted(),
      },
      gives: 'poll',
    },
  ],
} satisfies WireApi;
