import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineOf } from '../../../src/temporal/local-server/progress.ts';

describe('the progress of a download', () => {
  it('says how much of how much there is, and for how long it goes on', () =>
    assert.equal(lineOf(34_200_000, 57_000_000, 12_300), '  34 of 57 MB, 60 %, 12 s'));
  it('says how much there is where the whole is not known', () =>
    assert.equal(lineOf(34_200_000, undefined, 12_300), '  34 MB, 12 s'));
  it('says that it goes on where nothing can be measured', () =>
    assert.equal(lineOf(0, undefined, 2_000), '  … 2 s'));
});
