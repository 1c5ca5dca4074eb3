import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dossier } from '../../client/dossier.ts';
import { workflowIdOf } from '../../contract/contract.ts';
import type { RequestInput } from '../../contract/request.ts';
import type { RequestStatus } from '../../contract/status.ts';
import { verifyPackage } from '../../package/verify.ts';
import { fastForward } from '../../temporal/local-server/skip-time.ts';
import { openStore } from '../../storage/filesystem.ts';
import type { Connection } from '@temporalio/client';
import { weekdayOf } from '../output/days.ts';
import { OTHERS, sampleRequests, VENDOR_EXPORT } from './people.ts';
import { marksIn } from './stranger-rows.ts';
import { datesOf, diaryOf, foundOf, type Telling } from './telling.ts';

/** What the story needs. */
export interface Stage {
  readonly dossier: Dossier;
  readonly namespace: string;
  readonly dataDir: string;
  readonly tell: Telling;
  readonly signal: AbortSignal;
}

/**
 * The requests at the end of the story. All are delivered except the last, which waits for a
 * vendor.
 */
export interface Told {
  readonly delivered: readonly RequestStatus[];
  readonly open: RequestStatus;
  readonly packagePath: string;
}

/**
 * Plays the sample requests, one after the other.
 *
 * @throws Error if a package does not verify, or holds somebody else's row
 */
export async function playStory(stage: Stage): Promise<Told> {
  const now = new Date();
  const people = sampleRequests(
    now.toISOString().slice(5, 19).replace(/\D/g, ''),
    now.toISOString(),
  );
  const ana = await playAna(stage, people.ana);
  const claire = await playClaire(stage, people.claire);
  const nobody = await playNobody(stage, people.nobody);
  const open = await playKenji(stage, people.kenji);
  return { delivered: [ana, claire, nobody], open, packagePath: pathOf(ana) };
}

async function playAna(
  { dossier, dataDir, tell, signal }: Stage,
  request: RequestInput,
): Promise<RequestStatus> {
  tell.chapter(
    '1. Ana Lima, of Berlin, asks for a copy of her data. She gives two e-mail addresses.',
  );
  const { requestId } = request;
  tell.line(datesOf(await dossier.start(request)));
  const found = await until(
    dossier,
    requestId,
    signal,
    ({ profiles, stage }) => profiles.length > 0 && stage === 'collecting',
  );
  tell.good(`found in Salesforce Data Cloud: ${foundOf(found)}`);
  const exported = await until(
    dossier,
    requestId,
    signal,
    ({ profiles, waitingOn }) =>
      profiles.every(({ state }) => state === 'exported') && waitingOn.includes('acme-mail'),
  );
  tell.good(
    `exported: ${exported.profiles.length} profiles, ` +
      `${exported.profiles.reduce((sum, { rows }) => sum + rows, 0)} rows, one query per ` +
      'object for all of them',
  );
  tell.good(
    'the CRM and the OpenDSR vendor acme-ads are asked by Dossier; acme-mail has to be ' +
      'written to by a person',
  );
  const folder = join(dataDir, 'demo');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'acme-mail-export.csv');
  await writeFile(file, VENDOR_EXPORT);
  const { uri, sha256 } = await openStore(dataDir).copyToInbox(requestId, 'acme-mail', file);
  await dossier.respondForVendor(requestId, {
    system: 'acme-mail',
    outcome: 'delivered',
    files: [{ uri, sha256 }],
    by: 'privacy@acme-mail.example',
  });
  tell.good('acme-mail has sent a file');
  const delivered = await until(dossier, requestId, signal, ({ stage }) => stage === 'delivered');
  const checked = await verified(delivered);
  const strangers = await marksIn(pathOf(delivered), Object.values(OTHERS));
  if (strangers.length > 0) {
    throw new Error(`The package holds rows of other people: ${strangers.join(', ')}.`);
  }
  tell.good(`delivered: ${pathOf(delivered)} (${checked.files} files, every byte verified)`);
  tell.good(
    'Rui Lima shares her address and household, Viktor Novak one of her party IDs: 0 of their ' +
      'rows are in the package',
  );
  return delivered;
}

async function playClaire(
  { dossier, namespace, tell, signal }: Stage,
  request: RequestInput,
): Promise<RequestStatus> {
  tell.chapter(
    '2. Claire Dubois asks, and a vendor stays silent. Time is skipped: the days that the law ' +
      'gives pass in a second.',
  );
  const { requestId } = request;
  tell.line(datesOf(await dossier.start(request)));
  const waiting = await until(
    dossier,
    requestId,
    signal,
    ({ systems, waitingOn, stage }) =>
      stage === 'collecting' &&
      waitingOn.includes('silent-ads') &&
      systems.every(({ id, state }) => id === 'silent-ads' || state === 'done'),
  );
  tell.waits(`only silent-ads has not answered; collecting ends on ${cutOffOf(waiting)}`);
  const left = Date.parse(waiting.timetable?.cutOffAt ?? '') - Date.now();
  await fastForward(
    dossier.temporal.connection as Connection,
    { namespace, workflowId: workflowIdOf(requestId) },
    left + 60_000,
  );
  const delivered = await until(dossier, requestId, signal, ({ stage }) => stage === 'delivered');
  tell.diary(diaryOf(delivered));
  const checked = await verified(delivered);
  tell.good(`delivered in time with a named gap: ${pathOf(delivered)} (${checked.files} files)`);
  tell.line(
    'missing: ' +
      `${delivered.gaps.map(({ system, because }) => `${system} (${because})`).join(', ')}; a ` +
      'late answer would become a supplement',
  );
  return delivered;
}

async function playNobody(
  { dossier, tell, signal }: Stage,
  request: RequestInput,
): Promise<RequestStatus> {
  tell.chapter(
    '3. Somebody asks whom nobody knows. That is an answer too, and it is packaged as one.',
  );
  tell.line(datesOf(await dossier.start(request)));
  const delivered = await until(
    dossier,
    request.requestId,
    signal,
    ({ stage }) => stage === 'delivered',
  );
  await verified(delivered);
  tell.good(
    `delivered: ${pathOf(delivered)}, which says where we looked, and that nothing was found`,
  );
  return delivered;
}

async function playKenji(
  { dossier, tell, signal }: Stage,
  request: RequestInput,
): Promise<RequestStatus> {
  tell.chapter(
    '4. Kenji Sato, of Japan, asks. His request is left open: it waits for the vendor ' +
      'acme-mail, and for you.',
  );
  tell.line(datesOf(await dossier.start(request)));
  const open = await until(
    dossier,
    request.requestId,
    signal,
    ({ systems, stage }) =>
      stage === 'collecting' &&
      systems.every(({ id, state }) =>
        id === 'acme-mail' ? state === 'waiting' : state === 'done',
      ),
  );
  tell.waits(
    `${request.requestId} waits for acme-mail until ${cutOffOf(open)}; then the package goes ` +
      'without it, and names it',
  );
  return open;
}

/**
 * The first status that fits.
 *
 * @throws Error if the request ended otherwise, or the command was asked to end
 */
async function until(
  dossier: Dossier,
  requestId: string,
  signal: AbortSignal,
  wished: (status: RequestStatus) => boolean,
): Promise<RequestStatus> {
  let last: RequestStatus | undefined;
  for await (const status of dossier.watch(requestId, { every: 100, signal })) {
    last = status;
    if (wished(status)) return status;
  }
  signal.throwIfAborted();
  if (last !== undefined && wished(last)) return last;
  throw new Error(
    `${requestId} has come to the stage ${last?.stage}, which the demo does not expect.`,
  );
}

async function verified(status: RequestStatus): Promise<{ files: number }> {
  const checked = await verifyPackage(pathOf(status));
  if (!checked.ok) throw new Error(`The package of ${status.requestId} does not verify.`);
  return checked;
}

const cutOffOf = ({ timetable }: RequestStatus): string =>
  timetable === null
    ? ''
    : weekdayOf(
        new Intl.DateTimeFormat('en-CA', { timeZone: timetable.timeZone }).format(
          Date.parse(timetable.cutOffAt),
        ),
      );
const pathOf = ({ package: archive }: RequestStatus): string => fileURLToPath(archive?.uri ?? '');
