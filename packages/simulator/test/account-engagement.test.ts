import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { control, simulated } from './start.ts';

const UNIT = '0UvHs0000000001AAA';
const stage = simulated({
  accountEngagement: {
    longestSequence: 6,
    businessUnits: {
      [UNIT]: {
        prospects: [
          { id: 1, email: 'ana@example.com', firstName: 'Ana', score: 12 },
          { id: 2, email: 'Ana@example.com', firstName: 'Ana', score: 3 },
          { id: 3, email: 'ana@example.com', firstName: 'Old', isDeleted: true },
          { id: 4, email: 'bo@example.com', firstName: 'Bo' },
        ],
        'visitor-activities': Array.from({ length: 9 }, (_, index) => ({
          id: 100 + index,
          prospectId: index < 8 ? 1 : 4,
          typeName: 'Visit',
          createdAt: `2026-01-0${index + 1}T10:00:00Z`,
        })),
      },
    },
  },
});
const call = async (
  path: string,
  query: Record<string, string>,
  headers: Record<string, string> = {},
) => {
  const url =
    stage.simulator.accountEngagement?.url ?? assert.fail('there is no Account Engagement');
  const answer = await fetch(
    `${url}/api/v5/objects/${path}?${new URLSearchParams(query).toString()}`,
    {
      headers: {
        authorization: `Bearer ${stage.client.token}`,
        'pardot-business-unit-id': UNIT,
        ...headers,
      },
    },
  );
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as {
      code: number;
      values: Record<string, unknown>[];
      nextPageToken: string | null;
      nextPageUrl: string | null;
    },
  };
};
afterEach(() => control(stage.simulator, 'DELETE', '/faults'));

describe('Account Engagement', () => {
  it('finds every prospect of an e-mail address, with the fields that are asked for', async () => {
    const { body } = await call('prospects', {
      fields: 'id,email,company',
      email: 'ana@example.com',
    });
    assert.deepEqual(body, {
      nextPageToken: null,
      nextPageUrl: null,
      values: [
        { id: 1, email: 'ana@example.com', company: null },
        { id: 2, email: 'Ana@example.com', company: null },
      ],
    });
  });

  it('shows the recycle bin only where it is asked to', async () => {
    const ids = async (deleted: string) =>
      (
        await call('prospects', { fields: 'id', email: 'ana@example.com', deleted })
      ).body.values.map(({ id }) => id);
    assert.deepEqual(
      [await ids('all'), await ids('true'), await ids('false')],
      [[1, 2, 3], [3], [1, 2]],
    );
    assert.equal((await call('prospects/3', { fields: 'id' })).body.code, 192);
    assert.equal((await call('prospects/3', { fields: 'id', deleted: 'all' })).status, 200);
  });

  it('gives pages by a token that goes with the fields alone, and ends a sequence that is too long', async () => {
    const fields = 'id,prospect.email';
    const first = (await call('visitor-activities', { fields, prospectId: '1', limit: '4' })).body;
    assert.deepEqual(first.values[0], { id: 100, prospect: { email: 'ana@example.com' } });
    const nextPageToken = first.nextPageToken ?? '';
    assert.match(
      first.nextPageUrl ?? '',
      /\/api\/v5\/objects\/visitor-activities\?fields=id%2Cprospect\.email&nextPageToken=/,
    );
    assert.equal(
      (await call('visitor-activities', { fields, nextPageToken, limit: '4' })).status,
      400,
    );
    assert.equal((await call('prospects', { fields: 'id', nextPageToken })).body.code, 211);
    const last = await call('visitor-activities', { fields, nextPageToken });
    assert.deepEqual(
      last.body.values.map(({ id }) => id),
      [104, 105],
    );
    assert.deepEqual(
      [last.body.nextPageToken, last.headers.get('pardot-warning')?.slice(0, 3)],
      [null, '101'],
    );
  });

  it('forgets a token after four hours', async () => {
    const { nextPageToken } = (await call('visitor-activities', { fields: 'id', limit: '1' })).body;
    await control(stage.simulator, 'POST', '/clock', { advanceSeconds: 4 * 3_600 + 1 });
    assert.equal(
      (await call('visitor-activities', { fields: 'id', nextPageToken: nextPageToken ?? '' })).body
        .code,
      210,
    );
  });

  it('orders, and filters by windows', async () => {
    const { values } = (
      await call('visitor-activities', {
        fields: 'id',
        createdAtAfter: '2026-01-07T10:00:00Z',
        orderBy: 'id DESC',
      })
    ).body;
    assert.deepEqual(
      values.map(({ id }) => id),
      [108, 107],
    );
  });

  it('tells how many calls are used, where it is asked to', async () => {
    assert.equal((await call('prospects', { fields: 'id' })).headers.get('x-api-usage'), null);
    assert.match(
      (await call('prospects', { fields: 'id' }, { 'x-return-api-usage': '1' })).headers.get(
        'x-api-usage',
      ) ?? '',
      /^\d+\/25000$/,
    );
  });

  for (const [what, status, code, ask] of [
    ['no token', 401, 49, () => call('prospects', { fields: 'id' }, { authorization: '' })],
    [
      'a wrong token',
      401,
      184,
      () => call('prospects', { fields: 'id' }, { authorization: 'Bearer wrong' }),
    ],
    [
      'another business unit',
      403,
      201,
      () =>
        call('prospects', { fields: 'id' }, { 'pardot-business-unit-id': '0UvHs0000000002AAA' }),
    ],
    ['no fields', 400, 13, () => call('prospects', {})],
    ['an unknown field', 400, 51, () => call('prospects', { fields: 'id,nope' })],
    ['an unknown filter', 400, 5, () => call('prospects', { fields: 'id', nope: '1' })],
    ['a limit that is too high', 400, 23, () => call('prospects', { fields: 'id', limit: '1001' })],
    [
      'four filters',
      400,
      209,
      () =>
        call('prospects', { fields: 'id', email: 'a', firstName: 'b', lastName: 'c', city: 'd' }),
    ],
    ['an unknown object', 404, 198, () => call('planets', { fields: 'id' })],
  ] as const) {
    it(`refuses ${what} with ${status} and code ${code}`, async () => {
      const answer = await ask();
      assert.deepEqual([answer.status, answer.body.code], [status, code]);
    });
  }

  it('takes five calls at a time, and as many as a day allows', async () => {
    await control(stage.simulator, 'POST', '/faults', {
      match: '^account-engagement ',
      kind: 'slow',
      delayMs: 200,
    });
    const codes = await Promise.all(
      Array.from({ length: 6 }, async () => (await call('prospects', { fields: 'id' })).body.code),
    );
    assert.deepEqual(
      codes.filter((code) => code !== undefined),
      [66],
    );
    await control(stage.simulator, 'POST', '/faults', {
      match: '^account-engagement ',
      kind: 'limit',
    });
    await control(stage.simulator, 'DELETE', '/faults');
    await control(stage.simulator, 'POST', '/faults', {
      match: '^account-engagement ',
      kind: 'limit',
      times: 1,
    });
    const spent = await call('prospects', { fields: 'id' });
    assert.deepEqual([spent.status, spent.body.code], [429, 122]);
  });
});
