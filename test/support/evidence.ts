import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { fromBuffer } from 'yauzl';
import { workflowIdOf } from '../../src/contract/contract.ts';
import { folderOfSystem } from '../../src/contract/package-path.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import { verifyPackage } from '../../src/package/verify.ts';
import type { World } from './world.ts';

/** Every entry of an archive, unpacked, by its name. */
export type Entries = ReadonlyMap<string, Buffer>;

/** The entries of a delivered archive, once it verified. */
export async function opened(
  archive: { readonly uri: string; readonly sha256: string } | null | undefined,
): Promise<Entries> {
  assert.ok(archive, 'there is an archive');
  const path = fileURLToPath(archive.uri);
  const checked = await verifyPackage(path);
  assert.deepEqual(checked.problems, []);
  assert.equal(checked.sha256, archive.sha256);
  return unpacked(await readFile(path));
}

function unpacked(bytes: Buffer): Promise<Entries> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (failure, zip) => {
      if (failure) return reject(failure);
      const entries = new Map<string, Buffer>();
      zip
        .on('error', reject)
        .on('end', () => resolve(entries))
        .on('entry', (entry: { fileName: string }) => {
          zip.openReadStream(entry as never, (broken, stream) => {
            if (broken) return reject(broken);
            const chunks: Buffer[] = [];
            stream
              .on('data', (chunk: Buffer) => chunks.push(chunk))
              .on('error', reject)
              .on('end', () => {
                entries.set(entry.fileName, Buffer.concat(chunks));
                zip.readEntry();
              });
          });
        });
      zip.readEntry();
    });
  });
}

/** How often each text that fits the pattern stands in the NDJSON tables, by table. */
export function countsIn(entries: Entries, pattern: RegExp): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, bytes] of entries) {
    if (!name.endsWith('.ndjson')) continue;
    for (const [text] of bytes.toString('utf8').matchAll(pattern)) {
      counts[text] = (counts[text] ?? 0) + 1;
    }
  }
  return counts;
}

/** The rows of an NDJSON table. */
export const rowsOf = (entries: Entries, name: string): Record<string, unknown>[] =>
  (entries.get(name)?.toString('utf8') ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/**
 * Entries in which a text that fits the pattern stands, whatever their format, with the first such
 * text.
 */
export function findings(entries: Entries, pattern: RegExp): string[] {
  return [...entries].flatMap(([name, bytes]) =>
    [name, bytes.toString('utf8'), bytes.toString('utf16le')]
      .flatMap((text) => pattern.exec(text)?.[0] ?? [])
      .map((text) => `${name}: ${text}`),
  );
}

/** The `dossier` part of a package's manifest. */
export const manifestOf = (
  entries: Entries,
): {
  request: Record<string, unknown>;
  receipts: Record<string, unknown>[];
  gaps: {
    system: string;
    because: string;
    note: string;
  }[];
  notIncluded: { object: string; why: string }[];
  cost?: unknown;
} =>
  (JSON.parse(entries.get('datapackage.json')?.toString('utf8') ?? '{}') as { dossier: never })
    .dossier;

/** Letters of a request's outbox as Markdown, by file name. */
export async function lettersOf(world: World, requestId: string): Promise<Record<string, string>> {
  const folder = join(world.config.storage.directory, 'outbox', requestId);
  const names = await readdir(folder).catch(() => []);
  return Object.fromEntries(
    await Promise.all(
      names
        .filter((name) => name.endsWith('.md'))
        .sort()
        .map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
    ),
  );
}

/** The letter of a kind, once it is written: its line in the diary comes first. */
export async function letterOf(world: World, requestId: string, kind: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = Object.entries(await lettersOf(world, requestId)).find(([name]) =>
      name.endsWith(`-${kind}.md`),
    );
    if (found !== undefined) return found[1];
    await sleep(50);
  }
  throw new Error(`No letter of the kind ${kind} was written for ${requestId}.`);
}

/**
 * Files of a request under the data directory, its record, deletion receipt and outbox left aside.
 */
export async function filesOf(world: World, requestId: string): Promise<string[]> {
  const entries = await readdir(world.config.storage.directory, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name).slice(world.config.storage.directory.length + 1))
    .filter((path) =>
      path
        .split('/')
        .some(
          (part) =>
            part === requestId ||
            part.startsWith(`${requestId}.`) ||
            part.startsWith(`.${requestId}.`),
        ),
    )
    .filter((path) => !path.startsWith('records/') && !path.startsWith('outbox/'))
    .sort();
}

/** What is kept of a request that was deleted. */
export const deletionReceiptOf = async (
  world: World,
  requestId: string,
): Promise<Record<string, unknown>> =>
  JSON.parse(
    await readFile(
      join(world.config.storage.directory, 'records', `${requestId}.deletion.json`),
      'utf8',
    ),
  ) as Record<string, unknown>;

/**
 * The search attributes of a request, as the server holds them, but for other requests of the same
 * person: tests share their people.
 */
export async function attributesOf(
  world: World,
  requestId: string,
): Promise<Record<string, unknown>> {
  const { searchAttributes } = await world.client.workflow
    .getHandle(workflowIdOf(requestId))
    .describe();
  return Object.fromEntries(
    Object.entries(searchAttributes)
      .filter(([name]) => name.startsWith('Dossier') && name !== 'DossierSamePerson')
      .map(([name, values]) => [
        name,
        name === 'DossierWaitingOn' || name === 'DossierOwner' ? values : values?.[0],
      ]),
  );
}

/**
 * Checks that the search attributes say what the status says, and that every wait has an owner, a
 * reason, a time and an end. Gives the status.
 */
export async function shownAlike(world: World, requestId: string): Promise<RequestStatus> {
  const { status, attributes } = await atRest(world, requestId);
  assert.deepEqual(attributes, {
    DossierStage: status.stage,
    ...(status.law !== null && { DossierLaw: status.law }),
    ...(status.timetable !== null && { DossierDueBy: new Date(status.timetable.dueAt) }),
    ...(status.waitingOn.length > 0 && { DossierWaitingOn: status.waitingOn }),
    DossierOverdue: status.overdue,
    ...(status.willBeLate && { DossierLateOn: new Date(status.timetable?.dueAt ?? '') }),
    ...(status.waits.length > 0 && {
      DossierOwner: [...new Set(status.waits.map(({ owner }) => owner))].sort(),
    }),
  });
  for (const wait of status.waits) {
    assert.match(wait.owner, /^(vendor|operator|subject|dossier)$/);
    assert.ok(
      wait.reason.length > 10 && wait.then.length > 3 && !Number.isNaN(Date.parse(wait.since)),
      JSON.stringify(wait),
    );
    assert.ok(wait.until === null || wait.until > wait.since, JSON.stringify(wait));
  }
  assert.deepEqual(
    status.waits.filter(({ owner, on }) => owner !== 'dossier' && !status.waitingOn.includes(on)),
    [],
  );
  return status;
}

/** Status and search attributes of a moment in which nothing changed. */
async function atRest(
  world: World,
  requestId: string,
): Promise<{ status: RequestStatus; attributes: Record<string, unknown> }> {
  for (let tries = 0; ; tries += 1) {
    const status = await world.status(requestId);
    const attributes = await attributesOf(world, requestId);
    if (tries === 20 || isDeepStrictEqual(await world.status(requestId), status)) {
      return { status, attributes };
    }
  }
}

/** Puts a file where a vendor's answer may point to. */
export async function inInbox(
  world: World,
  requestId: string,
  system: string,
  name: string,
  text: string,
): Promise<{ uri: string; sha256: string }> {
  const folder = join(world.config.storage.directory, 'inbox', requestId, folderOfSystem(system));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
  return {
    uri: pathToFileURL(join(folder, name)).href,
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

/** Has the simulator fail; see `faultKind`. */
export async function fault(
  world: World,
  match: string,
  kind: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const answer = await fetch(`${world.simulator.control}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match, kind, ...more }),
  });
  assert.equal(answer.status, 201);
}

/** Has the simulator answer well again. */
export async function mended(world: World): Promise<void> {
  await fetch(`${world.simulator.control}/faults`, { method: 'DELETE' });
}
