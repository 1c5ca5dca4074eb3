import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { foreignCode, SystemFailure } from '../../src/http/failure.ts';
import { logLine } from '../../src/temporal/log.ts';

const timestampNanos = BigInt(Date.parse('2026-11-23T10:15:00Z')) * 1_000_000n;
const line = (message: string, meta: Record<string, unknown> = {}) =>
  JSON.parse(logLine({ message, level: 'WARN', timestampNanos, meta })) as Record<
    string,
    unknown
  > & {
    error: Record<string, unknown>;
  };

describe("the worker's log", () => {
  it('is one JSON object a line, with time, level and place', () => {
    assert.deepEqual(
      line('Activity failed', {
        workflowId: 'dsar-R-1042',
        attempt: 2,
        runId: '5e6a0d52-7f0f-4a35-9c1c-2a1c8f3f2f10',
      }),
      {
        at: '2026-11-23T10:15:00.000Z',
        level: 'WARN',
        message: 'Activity failed',
        workflowId: 'dsar-R-1042',
        attempt: 2,
        runId: '5e6a0d52-7f0f-4a35-9c1c-2a1c8f3f2f10',
      },
    );
  });

  it('drops task tokens, wherever they stand', () => {
    assert.deepEqual(
      Object.keys(
        line('x', { taskToken: 'secret', inner: { taskToken: 'secret', kept: 1 } }).inner as object,
      ),
      ['kept'],
    );
    assert.equal(line('x', { taskToken: 'secret' }).taskToken, undefined);
  });

  it('hides addresses and long numbers in texts', () => {
    const { message, note, list } = line('sent to ana.lima+gdpr@example.com', {
      note: 'call +49 30 1234567 now',
      list: ['ana@example.com'],
    });
    assert.equal(message, 'sent to [e-mail]');
    assert.equal(note, 'call [number] now');
    assert.deepEqual(list, ['[e-mail]']);
  });

  it("hides the names of vendors' files, which may be the person's", () => {
    const { error } = line('Activity failed', {
      error: new Error('systems/acme-mail/acme-mail-1/Ana-Lima.csv: is missing in the store.'),
    });
    assert.equal(error.message, 'systems/acme-mail/acme-mail-1/[file]: is missing in the store.');
  });

  it("keeps of a library's error what names no person", () => {
    const { error } = line('Activity failed', {
      error: new TypeError('cannot read "Ana Lima" of row \'003\' for ana@example.com'),
    });
    assert.equal(error.name, 'TypeError');
    assert.equal(error.message, 'cannot read [text] of row [text] for [e-mail]');
    assert.ok((error.stack as string[]).every((frame) => frame.startsWith('at ')));
  });

  it("keeps the words of a system's failure, and those of its cause", () => {
    const cause = new SystemFailure({
      kind: 'denied',
      system: 'crm',
      status: 401,
      code: foreignCode('INVALID_SESSION_ID'),
      action: 'Mend "clientSecret".',
    });
    const { error } = line('Activity failed', {
      error: ApplicationFailure.create({ message: 'crm: denied', type: 'denied', cause }),
    });
    assert.equal(error.type, 'denied');
    assert.equal(
      (error.cause as Record<string, unknown>).message,
      'crm: denied (status 401, INVALID_SESSION_ID). Mend "clientSecret".',
    );
  });

  it('logs numbers of any size', () => {
    assert.equal(line('x', { count: 12n }).count, '12');
  });
});
