import { cancellationSignal } from '@temporalio/activity';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CalendarDate } from '@dossier/law';
import { buildPackage as build, previewFiles } from '../package/build.ts';
import { verifyPackage } from '../package/verify.ts';
import { alive } from './alive.ts';
import { refuseTwice } from './answered-before.ts';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './inputs.ts';
import { unreachableOf } from './space-map.ts';

/** Builds the archive from receipts. */
export const buildPackage =
  ({ config, store, authorityOf }: Dependencies): Activities['buildPackage'] =>
  (input) =>
    alive(async () => {
      const { request, supplement } = input;
      if (supplement === null) await refuseTwice(store, request.requestId, input.again);
      const delivered = (await store.readDelivered(request.requestId)).map(({ uri }) => uri);
      const authority = authorityOf(input.law, request.residence?.country);
      const { uri, sha256, bytes, files } = await build({
        store: {
          ...store,
          packageFile: (id, number) => undelivered(store.packageFile(id, number), delivered),
        },
        receipts: input.receipts,
        withheld: input.withheld,
        gaps: input.gaps,
        profiles: input.profiles,
        lookups: input.lookups,
        notIncluded: [
          ...input.notIncluded,
          ...(await unreachableOf(store, request.requestId, input.mapped ?? [])),
        ],
        cost: input.cost ?? {},
        notes: input.notes,
        at: input.at,
        signal: cancellationSignal(),
        request: {
          requestId: request.requestId,
          type: request.type,
          law: input.law,
          lawTitle: input.lawTitle,
          receivedOn: input.receivedOn as CalendarDate,
          answerBy: input.answerBy as CalendarDate,
          ...(input.timeZone !== undefined && { timeZone: input.timeZone }),
          ...(request.subject.name !== undefined && { subjectName: request.subject.name }),
          ...(request.language !== undefined && { language: request.language }),
          ...(config.controller?.name !== undefined && { controllerName: config.controller.name }),
          ...(authority !== undefined && { authority }),
        },
        ...(supplement !== null && { supplement }),
      });
      return { uri, sha256, bytes, files };
    });

/**
 * Checks that every byte of the archive is as it was packed. Delivery to the folder means to leave
 * the archive there.
 */
export const deliverPackage =
  ({ store }: Dependencies): Activities['deliverPackage'] =>
  ({ requestId, uri, sha256, at }) =>
    alive(async () => {
      const checked = await verifyPackage(fileURLToPath(uri), { signal: cancellationSignal() });
      if (!checked.ok) {
        throw new Error(
          `The package does not verify: ${checked.problems.length} problem(s). It is not delivered.`,
        );
      }
      if (checked.sha256 !== sha256) {
        throw new Error('The package is not the one that was built. It is not delivered.');
      }
      await store.noteDelivered(requestId, { uri, sha256, at });
    });

/**
 * The first name that no delivered archive has. An archive that somebody has received is never
 * overwritten.
 */
function undelivered(file: string, delivered: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? file : file.replace(/\.zip$/, `.${number}.zip`);
    if (!delivered.includes(pathToFileURL(name).href)) return name;
  }
}

/** The names among `files` that no package of these receipts would hold. */
export const findUnknownFiles =
  ({ store }: Dependencies): Activities['findUnknownFiles'] =>
  async ({ receipts, files }) => {
    const known = new Set((await previewFiles(store, receipts)).map(({ path }) => path));
    return files.filter((name) => !known.has(name));
  };
