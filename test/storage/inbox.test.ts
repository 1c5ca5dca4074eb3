import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Store } from '../../src/storage/filesystem.ts';
import { inNewStore } from '../package/sample.ts';

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const given = (uri: string, more: object = {}) => ({
  requestId: 'R-1',
  system: 'acme-mail',
  answerId: 'acme-mail-1',
  uri,
  ...more,
});

const pathIn = (received: Awaited<ReturnType<Store['receiveInboxFile']>>) =>
  'path' in received ? received.path : received.quarantined;

async function inboxWith(store: Store, names: Readonly<Record<string, string>>): Promise<string> {
  const inbox = await store.inboxFolder('R-1', 'acme-mail');
  for (const [name, content] of Object.entries(names)) {
    await writeFile(join(inbox, name), content);
  }
  return inbox;
}

describe('a vendor’s file in its inbox', () => {
  for (const [form, uriOf] of [
    ['an absolute path', (inbox: string) => join(inbox, 'export.csv')],
    ['a file URL', (inbox: string) => pathToFileURL(join(inbox, 'export.csv')).href],
    ['a path inside the inbox', () => 'export.csv'],
  ] as const) {
    it(`is taken by ${form}`, () =>
      inNewStore(async (store) => {
        const inbox = await inboxWith(store, { 'export.csv': 'a,b\n1,2\n' });
        assert.deepEqual(
          await store.receiveInboxFile(given(uriOf(inbox), { sha256: sha256('a,b\n1,2\n') })),
          {
            path: 'systems/acme-mail/acme-mail-1/export.csv',
            file: {
              path: 'systems/acme-mail/acme-mail-1/export.csv',
              bytes: 8,
              sha256: sha256('a,b\n1,2\n'),
              mediaType: 'text/csv',
            },
          },
        );
      }));
  }

  it('gets a safe name that still reads like its own', () =>
    inNewStore(async (store) => {
      await inboxWith(store, { 'Ana Límä – Export (2024).csv': 'x' });
      assert.equal(
        pathIn(await store.receiveInboxFile(given('Ana Límä – Export (2024).csv'))),
        'systems/acme-mail/acme-mail-1/Ana-Límä-Export-2024.csv',
      );
    }));

  it('keeps a name of its own beside another of the same answer', () =>
    inNewStore(async (store) => {
      await inboxWith(store, { 'a b.csv': '1', 'A-B.csv': '2' });
      const first = await store.receiveInboxFile(given('a b.csv'));
      assert.ok('path' in first);
      assert.equal(
        pathIn(await store.receiveInboxFile(given('A-B.csv', { taken: [first.path] }))),
        'systems/acme-mail/acme-mail-1/A-B-2.csv',
      );
    }));

  it('gives the same receipt when the activity is repeated', () =>
    inNewStore(async (store) => {
      await inboxWith(store, { 'export.csv': 'x' });
      assert.deepEqual(
        await store.receiveInboxFile(given('export.csv')),
        await store.receiveInboxFile(given('export.csv')),
      );
    }));

  it('is taken from another folder that the system’s entry allows', () =>
    inNewStore(async (store) => {
      const folder = await mkdtemp(join(tmpdir(), 'dossier-drop-'));
      try {
        await writeFile(join(folder, 'x.json'), '{}');
        assert.ok('quarantined' in (await store.receiveInboxFile(given(join(folder, 'x.json')))));
        assert.equal(
          pathIn(
            await store.receiveInboxFile(given(join(folder, 'x.json'), { allowed: [folder] })),
          ),
          'systems/acme-mail/acme-mail-1/x.json',
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    }));
});

describe('a file is quarantined, and nothing of it is kept, when', () => {
  const cases: readonly (readonly [
    why: string,
    reason: RegExp,
    prepare: (store: Store, inbox: string) => Promise<object> | object,
  ])[] = [
    ['it lies elsewhere', /lies outside/, () => given('/etc/hostname')],
    [
      'it lies in the inbox of another system',
      /lies outside/,
      async (store) => {
        await writeFile(join(await store.inboxFolder('R-1', 'other'), 'x.csv'), 'x');
        return given('../other/x.csv');
      },
    ],
    [
      'it lies in the inbox of another request',
      /lies outside/,
      async (store) => {
        const other = await store.inboxFolder('R-2', 'acme-mail');
        await writeFile(join(other, 'x.csv'), 'x');
        return given(join(other, 'x.csv'));
      },
    ],
    ['it climbs out and is not there', /lies outside/, () => given('../../../nowhere')],
    ['it is not there', /is not there/, () => given('missing.csv')],
    [
      'it holds no byte, for an answer without data is said to be one',
      /holds no byte.*nothing-held/,
      async (_store, inbox) => {
        await writeFile(join(inbox, 'empty.csv'), '');
        return given('empty.csv');
      },
    ],
    [
      'it is a link to a file outside',
      /lies outside/,
      async (_store, inbox) => {
        await symlink('/etc/hostname', join(inbox, 'link.csv'));
        return given('link.csv');
      },
    ],
    [
      'it is a link to a file inside',
      /symbolic link/,
      async (_store, inbox) => {
        await writeFile(join(inbox, 'x.csv'), 'x');
        await symlink(join(inbox, 'x.csv'), join(inbox, 'link.csv'));
        return given('link.csv');
      },
    ],
    [
      'a folder on its way is a link to elsewhere',
      /lies outside/,
      async (_store, inbox) => {
        await symlink('/etc', join(inbox, 'etc'));
        return given('etc/hostname');
      },
    ],
    [
      'it has a second name somewhere',
      /hard link/,
      async (store, inbox) => {
        await writeFile(join(store.directory, 'secret'), 'x');
        await link(join(store.directory, 'secret'), join(inbox, 'x.csv'));
        return given('x.csv');
      },
    ],
    [
      'it is a folder',
      /no regular file/,
      async (_store, inbox) => {
        await mkdir(join(inbox, 'folder'));
        return given('folder');
      },
    ],
    ['it is on the web', /is no file/, () => given('https://acme.example/export.csv')],
    ['it is on another machine', /is no file/, () => given('file://server/share/x.csv')],
    ['its URL hides a separator', /is no file/, () => given('file:///a%2Fb')],
    ['it holds a null character', /is no file/, () => given('x\0.csv')],
    [
      'its hash is not the one that the answer says',
      /has the SHA-256/,
      async (_store, inbox) => {
        await writeFile(join(inbox, 'x.csv'), 'changed');
        return given('x.csv', { sha256: sha256('as sent') });
      },
    ],
  ];
  for (const [why, reason, prepare] of cases) {
    it(why, () =>
      inNewStore(async (store) => {
        const order = await prepare(store, await store.inboxFolder('R-1', 'acme-mail'));
        const received = await store.receiveInboxFile(order as ReturnType<typeof given>);
        assert.match(
          'quarantined' in received ? received.quarantined : JSON.stringify(received),
          reason,
        );
        const kept = await readdir(
          join(store.directory, 'work/R-1/files/systems/acme-mail/acme-mail-1'),
        ).catch(() => []);
        assert.deepEqual(kept, []);
      }),
    );
  }

  it('and the reason names no file, for its name may be the person’s', () =>
    inNewStore(async (store) => {
      const received = await store.receiveInboxFile(given('/home/ana.lima/export.csv'));
      assert.ok('quarantined' in received && !received.quarantined.includes('ana'));
    }));
});

describe('a file of an operator’s machine', () => {
  it('is copied into the inbox, from where it is taken', () =>
    inNewStore(async (store) => {
      const local = join(store.directory, 'my export.csv');
      await writeFile(local, 'a\n1\n');
      const copy = await store.copyToInbox('R-1', 'acme-mail', local);
      assert.deepEqual(copy, {
        uri: pathToFileURL(copy.path).href,
        path: join(store.directory, 'inbox/R-1/acme-mail/my-export.csv'),
        sha256: sha256('a\n1\n'),
        bytes: 4,
      });
      assert.equal(
        pathIn(await store.receiveInboxFile(given(copy.uri, { sha256: copy.sha256 }))),
        'systems/acme-mail/acme-mail-1/my-export.csv',
      );
    }));

  it('is one file when it is copied twice, and two when another has its name', () =>
    inNewStore(async (store) => {
      const local = join(store.directory, 'export.csv');
      await writeFile(local, 'one');
      const first = await store.copyToInbox('R-1', 'acme-mail', local);
      assert.deepEqual(await store.copyToInbox('R-1', 'acme-mail', local), first);
      await writeFile(local, 'two');
      const other = await store.copyToInbox('R-1', 'acme-mail', local);
      assert.equal(other.path, join(store.directory, 'inbox/R-1/acme-mail/export-2.csv'));
      assert.deepEqual((await readdir(join(store.directory, 'inbox/R-1/acme-mail'))).toSorted(), [
        'export-2.csv',
        'export.csv',
      ]);
    }));

  it('must be there and be a file', () =>
    inNewStore(async (store) => {
      await assert.rejects(
        store.copyToInbox('R-1', 'acme-mail', join(store.directory, 'missing')),
        { code: 'ENOENT' },
      );
      await assert.rejects(store.copyToInbox('R-1', 'acme-mail', store.directory), /is no file/);
    }));
});
