import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { patternsOfCode, textsFor, type Pattern } from './patterns.ts';

/**
 * What looks at a text of 100,000 characters step by step is done in a thousandth of it; what goes
 * back over it needs many times more.
 */
const HANGS_AFTER = 3_000;

/** Patterns that go back over a text, each with the length that stands before them. */
const BOUNDED: Readonly<Record<string, string>> = {};

const context = createContext({ RegExp });

/** The text over which a pattern goes back and forth, or nothing. */
function hangsOn(pattern: Pattern): string | undefined {
  return textsFor(pattern).find((text) => {
    try {
      // `replace` looks at every place in the text where the pattern may begin, as `exec` does.
      runInContext(
        'text.replace(new RegExp(source, flags), "")',
        Object.assign(context, { text, source: pattern.source, flags: pattern.flags }),
        { timeout: HANGS_AFTER },
      );
      return false;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return true;
      throw error;
    }
  });
}

describe('no pattern of the code goes back and forth over a long text', () => {
  const patterns = patternsOfCode();

  it('all patterns are looked at', () => assert.ok(patterns.length > 300));

  it('each is done with 100,000 characters of whatever it speaks of, or stands behind a length', () => {
    const slow = patterns.flatMap((pattern) => {
      const name = `/${pattern.source}/${pattern.flags}`;
      if (BOUNDED[name] !== undefined) return [];
      const text = hangsOn(pattern);
      return text === undefined
        ? []
        : [`${pattern.file}: ${name} on ${JSON.stringify(text.slice(0, 6))}`];
    });
    assert.deepEqual(slow, []);
  });
});
