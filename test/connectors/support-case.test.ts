import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import supportCase from '../../src/connectors/support-case/index.ts';
import type { ConnectorContext } from '../../src/connectors/spi.ts';
import { ANA, opened, profile, question } from './fixture.ts';

const ask = async (options: object, more: Parameters<typeof question>[1] = {}) =>
  opened(supportCase, options, { id: 'einstein', dataSources: [], salesforce: null }).ask(
    {} as ConnectorContext,
    question(ANA, more),
  );

describe('a support case', () => {
  it('gives an operator a text that is ready to send, with the IDs of leads and of the org', async () => {
    const { way, instructions } = await ask(
      { about: 'einstein-lead-history', organizationId: '00Dxx0000001gPLEAY' },
      {
        profiles: [
          profile({ partyId: '00Qxx0000000L01AAA' }),
          profile({ partyId: '003xx0000000A01AAA' }),
        ],
      },
    );
    assert.equal(way, 'manual');
    assert.match(instructions, /Open a case with Salesforce Support/);
    const [, text = ''] = instructions.split('---');
    assert.match(
      text,
      /Org ID: 00Dxx0000001gPLEAY\nLead IDs: 00Qxx0000000L01AAA\nPlease export the past versions of lead data/,
    );
    assert.match(text, /Answer by 2026-12-23[\s\S]*ana\.lima@example\.com/);
    assert.ok(!text.includes('003xx'));
  });

  it('sends the person to the social networks for what comes from them', async () => {
    assert.match(
      (await ask({ about: 'social-studio' })).instructions,
      /Tell the person which networks are connected/,
    );
  });

  it('asks for what the entry says', async () => {
    assert.match(
      (await ask({ about: 'other', what: 'the chat transcripts of the person below' }))
        .instructions,
      /Please export the chat transcripts of the person below, in a common/,
    );
  });
});
