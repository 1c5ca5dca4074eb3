import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isUnread } from '../../src/workflows/state/state.ts';

describe('a gap', () => {
  it('keeps a system waiting where the system could not be read', () => {
    assert.ok(
      isUnread(
        { system: 'data-cloud', because: 'rejected', note: 'Order in default: status 400' },
        'data-cloud',
      ),
    );
  });

  it('keeps nothing waiting where a part alone is refused, and the rest was read', () => {
    assert.ok(
      !isUnread(
        {
          system: 'data-cloud',
          because: 'rejected',
          partial: true,
          note:
            'Order in default: Data Cloud refuses to give the field Shape (Shape__c); all ' +
            'others are there.',
        },
        'data-cloud',
      ),
    );
    assert.ok(
      !isUnread(
        { system: 'data-cloud', because: 'ambiguous-rows', note: '2 row(s) were left out.' },
        'data-cloud',
      ),
    );
  });
});
