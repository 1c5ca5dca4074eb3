import assert from 'node:assert/strict';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeLetter } from '../../src/activities/write-letter.ts';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import { createOutput } from '../../src/cli/output/output.ts';
import { requestPage } from '../../src/cli/output/request-page.ts';
import { table } from '../../src/cli/output/table.ts';
import { markdownText, visible, visibleJson } from '../../src/contract/visible.ts';
import { escaped } from '../../src/package/html.ts';
import { zipWriter } from '../../src/package/zip-writer.ts';
import { newState, publicStatus } from '../../src/workflows/state/state.ts';
import { requestInput } from '../../src/contract/request.ts';
import { invoke } from './invoke.ts';

const EVIL =
  'x\u001b[2J\u001b]0;title\u0007\u009b31m\u202eevil\u2066\nThe package is whole: 3 ' +
  'files\r\u2028Bcc: all@example.com';
const OBEYED =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const COLOURS = /\u001b\[\d{1,2}m/g;
const FORGED = /^\s*(?:The package is whole|Bcc)/m;

function written(lines: readonly string[], tty: boolean): string {
  let said = '';
  const stream = {
    write: (text: string) => {
      said += text;
    },
    isTTY: tty,
  };
  createOutput({ stdout: stream, stderr: stream }, false, {}).result({}, lines);
  return said;
}
const harmless = (said: string): void => {
  assert.doesNotMatch(said.replace(COLOURS, ''), OBEYED);
  assert.doesNotMatch(said, FORGED);
};

describe('what data say', () => {
  it('is one line, its hidden characters named', () => {
    assert.equal(visible('a\u001b[1m\u202eb\nc'), 'a<U+001B>[1m<U+202E>b c');
    assert.deepEqual(JSON.parse(visibleJson(JSON.stringify({ name: EVIL }))), { name: EVIL });
    assert.doesNotMatch(visibleJson(JSON.stringify({ name: EVIL })), OBEYED);
  });
  it('is no link, picture, row or tag of the page in the UI', () => {
    assert.equal(
      markdownText('a | ![x](http://e.example) [y](z) <b>\nc'),
      'a ! [x] (http:\\//e.example) [y] (z) \\<b> c',
    );
  });
  it('turns no writing around on the page of a package', () =>
    assert.doesNotMatch(escaped(EVIL).replace(/[\n\r\u2028]/g, ''), OBEYED));
});

describe('a terminal', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-hostile-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('obeys nothing in the page of a request, with colours and without', () => {
    const state = newState(
      requestInput.parse({
        requestId: 'R-1',
        type: 'access',
        subject: { emails: ['ana@example.com'] },
        receivedAt: '2026-11-23',
      }),
    );
    const at = '2026-11-23T00:00:00.000Z';
    const status = {
      ...publicStatus(state),
      notes: [EVIL],
      waitingOn: [EVIL],
      gaps: [{ system: EVIL, because: 'refused' as const, note: EVIL }],
      waits: [
        { on: EVIL, owner: 'vendor' as const, reason: EVIL, since: at, until: null, then: EVIL },
      ],
      answers: [
        {
          answerId: EVIL,
          system: EVIL,
          outcome: 'refused' as const,
          files: 0,
          by: EVIL,
          at,
          state: 'counted' as const,
          note: EVIL,
        },
      ],
      notices: [{ kind: 'question' as const, to: EVIL, at, state: 'sent' as const, note: EVIL }],
      profiles: [
        {
          dataSpace: EVIL,
          partyId: EVIL,
          keyQualifier: EVIL,
          dataSource: EVIL,
          unifiedIndividuals: [EVIL],
          state: 'gap' as const,
          rows: 0,
        },
      ],
    } as Parameters<typeof requestPage>[0];
    for (const colour of [true, false]) {
      harmless(
        written(
          [
            ...requestPage(status, { colour, now: Date.parse(at) }),
            ...table(['a', 'b'], [[EVIL, EVIL]]),
          ],
          colour,
        ),
      );
    }
  });

  it('obeys nothing in the names that a package gives', async () => {
    const path = join(folder, 'R-1.zip');
    const handle = await open(path, 'w+');
    const zip = zipWriter(handle, '2026-11-23T09:15:30.000Z');
    const manifest = {
      name: EVIL,
      created: '2026-11-23T09:15:30.000Z',
      resources: [
        { name: 'x', path: EVIL, mediatype: EVIL, bytes: 1, hash: `sha256:${'0'.repeat(64)}` },
      ],
      dossier: { receipts: [], gaps: [{ system: EVIL, because: EVIL }] },
    };
    for (const [name, text] of [
      ['index.html', '<p>'],
      ['datapackage.json', JSON.stringify(manifest)],
      [EVIL, 'x'],
    ] as const) {
      await zip.add(
        name,
        (async function* () {
          yield Buffer.from(text);
        })(),
        { method: 0, bytes: Buffer.byteLength(text) },
      );
    }
    await zip.close('SHA256SUMS', Buffer.from('x\n'));
    await handle.close();
    for (const command of ['open', 'verify']) {
      for (const more of [[], ['--json']]) {
        const { stdout, stderr } = await invoke(['package', command, path, ...more]);
        harmless(stdout + stderr);
        assert.ok((stdout + stderr).includes('evil'));
      }
    }
  });

  it('is written to in one place only', async () => {
    const root = fileURLToPath(new URL('../../../src/cli/', import.meta.url));
    const files = (await readdir(root, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && name !== 'output/output.ts' && name !== 'main.ts',
    );
    const writing = [];
    for (const name of files) {
      // A stack trace, which only DOSSIER_DEBUG asks for, holds what the programmer wants to see as it is.
      const text = (await readFile(join(root, name), 'utf8')).replace(
        /if \(around\.environment\.DOSSIER_DEBUG === '1'\) \{[^;]*;/,
        '',
      );
      if (/console\.|stdout\.write|stderr\.write/.test(text)) writing.push(name);
    }
    assert.deepEqual(writing, []);
  });
});

it('the head of a letter takes no line from data, and its text no picture', async () => {
  let letter = '';
  const store = {
    writeLetter: async (_id: string, _name: string, text: string) => {
      letter = text;
    },
  };
  await writeLetter({ store } as unknown as Dependencies)({
    requestId: 'R-1',
    name: '001-question',
    kind: 'question',
    to: `crm\nBcc: all@example.com${EVIL}`,
    text: 'Ask ![x](http://e.example/p.png) <img src=x>\u202e.\n\nhttps://wiki.example',
  });
  assert.doesNotMatch(letter.split('\n\n')[0] ?? '', /^Bcc/m);
  assert.doesNotMatch(letter.replaceAll('\n', ''), OBEYED);
  assert.match(letter, /Ask !\\\[x\]\\\(http:\/\/e\.example\/p\.png\) \\<img src=x>/);
  assert.match(letter, /\nhttps:\/\/wiki\.example\n/);
});
