import toyClub from '../../../src/connectors/toy-club/index.ts';
import { ANA } from '../../connectors/fixture.ts';
import { exportBy } from '../ask-connector.ts';
import { ok, type WireApi } from '../wire-case.ts';

const source = { of: 'a club of this test', at: 'GET /toys', version: '1', read: '2026-11-29' };
const call = `GET toys?member=${ANA}`;

export default {
  api: 'Toy club: /toys',
  connectors: ['toy-club'],
  ask: (at) => exportBy(at, toyClub, { baseUrl: at.origin }),
  cases: [
    {
      rule: 'keeps a member’s toys as they come',
      source,
      answers: { [call]: ok({ toys: [{ name: 'kite', since: '2026-05-01' }] }) },
      gives: {
        outcome: 'exported',
        gaps: [],
        files: { toys: [{ name: 'kite', since: '2026-05-01' }] },
      },
    },
    {
      rule: 'knows nobody where the list is empty',
      source,
      answers: { [call]: ok({ toys: [] }) },
      gives: { outcome: 'nothing-held', gaps: [], files: {} },
    },
  ],
} satisfies WireApi;
