import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTelling } from '../../src/cli/demo/telling.ts';
import { createOutput } from '../../src/cli/output/output.ts';

function tellingOn(stdout: { isTTY?: boolean; columns?: number }) {
  let text = '';
  const out = createOutput(
    {
      stdout: {
        ...stdout,
        write: (more: string) => {
          text += more;
        },
      },
      stderr: { write: () => {} },
    },
    false,
    { NO_COLOR: '1' },
  );
  return { tell: createTelling(out), lines: () => text.split('\n').slice(0, -1) };
}

describe('the telling of the demo', () => {
  it('breaks lines at spaces where the terminal ends, and goes on under the text', () => {
    const { tell, lines } = tellingOn({ isTTY: true, columns: 30 });
    tell.good('found in Data Cloud: two e-mails lead to five party IDs');
    tell.diary([['    Mon 21 Dec  ', 'The copy is ready.']]);
    assert.deepEqual(lines(), [
      '  ✓ found in Data Cloud: two',
      '    e-mails lead to five party',
      '    IDs',
      '    Mon 21 Dec  The copy is',
      '                ready.',
    ]);
  });

  it('goes on after a backslash in commands, and leaves paths whole', () => {
    const { tell, lines } = tellingOn({ isTTY: true, columns: 20 });
    tell.lines(['      npx dossier request show R-1042 --json']);
    tell.line('at /a/path/that/is/longer/than/a/line');
    assert.deepEqual(lines(), [
      '      npx \\',
      '        dossier \\',
      '        request \\',
      '        show \\',
      '        R-1042 \\',
      '        --json',
      '  at',
      '  /a/path/that/is/longer/than/a/line',
    ]);
  });

  it('has whole lines where no terminal reads them', () => {
    const { tell, lines } = tellingOn({ columns: 20 });
    tell.good('found in Data Cloud: two e-mails lead to five party IDs');
    assert.equal(lines().length, 1);
  });
});
