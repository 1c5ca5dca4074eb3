import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import personalization from '../../src/connectors/personalization/index.ts';
import { ANA, opened, parts, profile, question } from './fixture.ts';
import { personalizationOptions, personalizationReply } from './fixtures/personalization.ts';
import { withCloud, type SmallStand } from './small-server.ts';

const connector = (at: SmallStand, dataSources: readonly string[] = []) =>
  opened(personalization, personalizationOptions(at), parts(at, { id: 'mcp', dataSources }));

describe('Personalization', () => {
  it('is not asked by e-mail address, and says so', () =>
    withCloud(personalizationReply, async (at) => {
      const { outcome, gaps } = await connector(at).export(at.context('mcp'), question(ANA));
      assert.deepEqual(
        [outcome, at.seen.length, gaps.map(({ because }) => because)],
        ['nothing-held', 0, ['restricted']],
      );
      assert.match(gaps[0]?.advice ?? '', /external ID \(userId, anonymousId\)/);
    }));

  it('finds users by party IDs of its own data sources, and by no others', () =>
    withCloud(personalizationReply, async (at) => {
      const { files } = await connector(at, ['MCP_1']).export(
        at.context('mcp'),
        question(ANA, {
          profiles: [
            profile({ partyId: 'U-1', dataSource: 'MCP_1' }),
            profile({ partyId: 'U-9', dataSource: 'CRM_1' }),
          ],
        }),
      );
      assert.deepEqual(
        files.map(({ path, rows }) => [path, rows]),
        [
          ['systems/mcp/shop/users.ndjson', 1],
          ['systems/mcp/app/users.ndjson', 1],
        ],
      );
    }));

  it('gives a user once whom a user ID and an anonymous ID lead to', () =>
    withCloud(
      (call) => personalizationReply({ ...call, path: call.path.replace('anon-1', 'U-1') }),
      async (at) => {
        const identifiers = [
          ['userId', 'U-1'],
          ['anonymousId', 'anon-1'],
        ].map(([name = '', value = '']) => ({
          name: `externalIds.${name}`,
          kind: 'external-id' as const,
          value,
        }));
        const { files } = await connector(at).export(
          at.context('mcp'),
          question(ANA, { identifiers }),
        );
        assert.deepEqual(
          files.map(({ path, rows }) => [path, rows]),
          [
            ['systems/mcp/shop/users.ndjson', 1],
            ['systems/mcp/app/users.ndjson', 1],
          ],
        );
      },
    ));

  it('tells the doctor what it can read', () =>
    withCloud(personalizationReply, async (at) => {
      assert.match(
        await connector(at).check(new AbortController().signal),
        /look up users in 2 dataset/,
      );
    }));
});
