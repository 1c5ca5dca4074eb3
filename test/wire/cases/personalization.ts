import personalization from '../../../src/connectors/personalization/index.ts';
import { exportBy } from '../ask-connector.ts';
import { empty, json, ok, page, type Source, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const lookUp: Source = {
  of: 'github.com/achelat/evergage-mkdocs-test',
  at: 'docs/additional-apis/user-look-up-deletion-api.md',
  version: '08b9145',
  read: '2026-11-28',
};
const guide: Source = {
  of: 'developer.salesforce.com/docs/marketing/personalization/guide/user-look-up-deletion-api.html',
  at: 'User Look-Up and Deletion API',
  version: 'current',
  read: '2026-11-28',
};
const none: Source = {
  of: 'none found, both forms accepted',
  at: '-',
  version: '-',
  read: '2026-11-28',
};

const external = (name: string, value: string) => ({
  name: `externalIds.${name}`,
  kind: 'external-id' as const,
  value,
  confirmed: true,
});
const asked =
  (identifiers = [external('userId', '622bb783f91f82c0')], more: object = {}) =>
  (at: WireStand) =>
    exportBy(
      at,
      personalization,
      { baseUrl: at.origin, keyId: 'id', secret: 's', datasets: ['shop'], ...more },
      { identifiers },
    );
/** The vendor's example. It names no member `id`. */
const user = (more: object = {}) => ({
  userSummary: { _id: '622bb783f91f82c0' },
  anonAliases: ['622bb783f91f82c0'],
  anonMergeTimes: [1_541_189_046_207],
  anonymous: true,
  attributes: [{ name: 'oneSignalClickthroughRate', value: 0, updated: 1_541_190_782_448 }],
  displayName: null,
  engagement: { score: 121, date: 1_541_116_800_000 },
  firstActivity: 1_480_014_079_580,
  lastActivity: 1_541_190_778_395,
  location: { deviceProvided: false, longlat: [-92.3241, 35.2193] },
  namedUserId: '622bb783f91f82c0',
  segmentMembership: [{ id: '1PPOO', joined: 1_536_114_160_926 }],
  updated: 1_541_190_838_077,
  visitHistory: [{ start: 1_480_014_079_580, visitIndex: 1 }],
  ...more,
});
const call = 'GET api/dataset/shop/user/622bb783f91f82c0';
const nothing = { outcome: 'nothing-held', gaps: [], files: {} };

export default {
  api: 'Personalization: /api/dataset/{dataset}/user/{id}',
  connectors: ['personalization'],
  ask: asked(),
  cases: [
    {
      rule: 'keeps what is held of a user as it comes',
      source: lookUp,
      answers: { [call]: ok(user()) },
      gives: { outcome: 'exported', gaps: [], files: { 'shop/users': [user()] } },
    },
    {
      rule: 'takes one user for one, whose counters have moved between two look-ups',
      source: lookUp,
      ask: asked([external('userId', '622bb783f91f82c0'), external('anonymousId', 'anon-1')]),
      answers: {
        [call]: ok(user()),
        'GET user/anon-1': ok(user({ lastActivity: 1_541_190_999_999 })),
      },
      gives: { outcome: 'exported', gaps: [], files: { 'shop/users': [user()] } },
    },
    {
      rule: 'takes two users for two',
      source: lookUp,
      ask: asked([external('userId', '622bb783f91f82c0'), external('anonymousId', 'anon-1')]),
      answers: {
        [call]: ok(user()),
        'GET user/anon-1': ok({ userSummary: { _id: 'anon-1' }, anonymous: true }),
      },
      gives: {
        outcome: 'exported',
        gaps: [],
        files: { 'shop/users': [user(), { userSummary: { _id: 'anon-1' }, anonymous: true }] },
      },
    },
    {
      rule: 'takes a user of whom an ID alone is known',
      source: lookUp,
      answers: { [call]: ok({ userSummary: { _id: '622bb783f91f82c0' } }) },
      gives: {
        outcome: 'exported',
        gaps: [],
        files: { 'shop/users': [{ userSummary: { _id: '622bb783f91f82c0' } }] },
      },
    },
    {
      rule: 'knows nobody where the look-up is not found',
      source: none,
      guess: 'What is given for somebody unknown is not documented.',
      answers: { [call]: json(404, { message: 'Not Found' }) },
      gives: nothing,
    },
    {
      rule: 'knows nobody where the answer is an empty object',
      source: none,
      guess: 'The same.',
      answers: { [call]: ok({}) },
      gives: nothing,
    },
    {
      rule: 'knows nobody where the answer is an empty list',
      source: none,
      guess: 'The same.',
      answers: { [call]: ok([]) },
      gives: nothing,
    },
    {
      rule: 'knows nobody where the answer is null',
      source: none,
      guess: 'The same.',
      answers: { [call]: ok(null) },
      gives: nothing,
    },
    {
      rule: 'knows nobody where there is no content',
      source: none,
      guess: 'The same.',
      answers: { [call]: empty() },
      gives: nothing,
    },
    {
      rule: 'knows nobody where the user is null',
      source: none,
      guess: 'The same.',
      answers: { [call]: ok({ user: null }) },
      gives: nothing,
    },
    {
      rule: 'takes no list of users, who may be others',
      source: guide,
      answers: { [call]: ok([user()]) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'takes nothing for an answer that is about no user',
      source: guide,
      answers: { [call]: ok({ unexpected: true }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'is denied by a token that does not count',
      source: guide,
      answers: { [call]: json(401, { message: 'Unauthorized' }) },
      fails: { kind: 'denied', status: 401 },
    },
    {
      rule: 'names a dataset that may not be read, and exports the other',
      source: guide,
      guess: 'Tokens have permissions; the answer to one without is not shown.',
      ask: asked(undefined, { datasets: ['closed', 'shop'] }),
      answers: {
        'GET api/dataset/closed/user/622bb783f91f82c0': json(403, {}),
        [call]: ok(user()),
      },
      gives: {
        outcome: 'exported',
        gaps: [
          'denied: The dataset closed: access was refused. sys: denied (status 403). Check the client ID, its ' +
            'secret or key, and the permissions of the user that the app runs as, then retry the system.',
        ],
        files: { 'shop/users': [user()] },
      },
    },
    {
      rule: 'is unreadable where a page comes in place of data',
      source: none,
      guess: 'Login pages are such.',
      answers: { [call]: page() },
      fails: { kind: 'unreadable', code: 'NOT_JSON', action: /page/i },
    },
  ],
} satisfies WireApi;
