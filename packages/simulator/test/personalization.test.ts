import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulated } from './start.ts';

const stage = simulated({
  personalization: {
    datasets: {
      shop: [
        {
          id: 'U-1',
          anonymousIds: ['anon-1'],
          attributes: { emailAddress: 'ana@example.com' },
          visits: 3,
        },
        { id: 'U-2' },
      ],
      app: [{ id: 'U-1', attributes: {} }],
    },
  },
});
const look = async (path: string, authorized = true) => {
  const { url, keyId, keySecret } =
    stage.simulator.personalization ?? assert.fail('there is no Personalization');
  const authorization = `Basic ${Buffer.from(`${keyId}:${authorized ? keySecret : 'wrong'}`).toString('base64')}`;
  const answer = await fetch(`${url}/api/dataset/${path}`, { headers: { authorization } });
  return { status: answer.status, body: (await answer.json()) as unknown };
};

describe('the look-up of Personalization', () => {
  it('knows a user by user ID and by anonymous ID, never by e-mail address', async () => {
    const user = {
      id: 'U-1',
      anonymousIds: ['anon-1'],
      attributes: { emailAddress: 'ana@example.com' },
      visits: 3,
    };
    assert.deepEqual((await look('shop/user/U-1')).body, user);
    assert.deepEqual((await look('shop/user/anon-1')).body, user);
    assert.equal((await look(`shop/user/${encodeURIComponent('ana@example.com')}`)).status, 404);
  });

  it('is of one dataset, and wants the key', async () => {
    assert.equal((await look('app/user/U-2')).status, 404);
    assert.equal((await look('nowhere/user/U-1')).status, 404);
    assert.equal((await look('shop/user/U-1', false)).status, 401);
  });

  it('lists users by pages', async () => {
    assert.equal(((await look('shop/users.json?page=1&pageSize=1')).body as unknown[]).length, 1);
  });
});
