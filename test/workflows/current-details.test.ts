import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import markdownIt from 'markdown-it';
import type { RequestStatus } from '../../src/contract/status.ts';
import { currentDetails } from '../../src/workflows/beside/current-details.ts';

const status = {
  requestId: 'R-1',
  stage: 'collecting',
  overdue: true,
  law: 'gdpr',
  timetable: null,
  waitingOn: ['acme'],
  profiles: [],
  package: null,
  waits: [
    {
      on: 'acme',
      owner: 'vendor',
      since: '2026-11-24T00:00:00.000Z',
      until: null,
      reason: 'asked | by\nmail',
      then: 'gap overdue',
    },
  ],
  systems: [
    {
      id: 'acme',
      connector: 'manual',
      state: 'waiting',
      outcome: null,
      files: 0,
      reminders: 1,
      askedAt: null,
      answerBy: null,
    },
  ],
  gaps: [
    { system: 'shop', because: 'denied', note: 'Access was refused.', advice: 'Mend its key.' },
  ],
  notices: [
    { at: '2026-11-24T10:00:00.000Z', kind: 'question', to: 'acme', note: 'Asked by hand.' },
  ],
} as unknown as RequestStatus;

describe('the page of a request in the UI', () => {
  const text = currentDetails(status, null);

  it('begins with what it waits for, and says first that it is late', () =>
    assert.match(
      text,
      /^\*\*OVERDUE\.\*\* Request R-1 is at \*\*collecting\*\* and waits for \*\*acme\*\*\./,
    ));

  it('keeps a wait in one row of its table, whatever its words hold, with room between the columns', () => {
    const cells = [
      ...markdownIt()
        .render(text)
        .matchAll(/<td>(.*?)<\/td>/g),
    ].map(([, inside = '']) => inside);
    assert.deepEqual(
      cells.slice(0, 5).map((it) => it.trim()),
      ['acme', 'vendor', 'asked by mail', 'no limit', 'gap overdue'],
    );
    assert.match(text, /\| acme\u00a0+ \| vendor\u00a0+ \| asked/);
  });

  it('holds no entity, for the UI shows it as it stands', () => assert.doesNotMatch(text, /&\w+;/));

  it('names what is missing, and what was done', () => {
    assert.match(text, /- shop: denied\. Access was refused\. Mend its key\./);
    assert.match(text, /- 2026-11-24 question to acme: Asked by hand\./);
  });
});
