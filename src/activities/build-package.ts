import { cancellationSignal } from '@temporalio/activity';
import { fileURLToPath } from 'node:url';
import type { CalendarDate } from '../domain/dates.ts';
import { buildPackage as build, previewFiles } from '../package/build.ts';
import { verifyPackage } from '../package/verify.ts';
import { alive } from './alive.ts';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './orders.ts';
import { unreachableOf } from './space-map.ts';

/** Builds the archive from receipts. */
export const buildPackage = ({ config, store, authorityOf }: Dependencies): Activities['buildPackage'] => (order) =>
  alive(async () => {
    const { request, supplement } = order;
    const authority = await authorityOf(order.law, request.residence?.country);
    const { uri, sha256, bytes, files } = await build({
      store, receipts: order.receipts, withheld: order.withheld, gaps: order.gaps, profiles: order.profiles, lookups: order.lookups,
      notIncluded: [...order.notIncluded, ...(await unreachableOf(store, request.requestId, order.mapped ?? []))], cost: order.cost ?? {}, notes: order.notes, at: order.at, signal: cancellationSignal(),
      request: {
        requestId: request.requestId, type: request.type, law: order.law, lawTitle: order.lawTitle,
        receivedOn: order.receivedOn as CalendarDate, answerBy: order.answerBy as CalendarDate,
        ...(request.subject.name !== undefined && { subjectName: request.subject.name }),
        ...(request.language !== undefined && { language: request.language }),
        ...(config.controller?.name !== undefined && { controllerName: config.controller.name }),
        ...(authority !== undefined && { authority }),
      },
      ...(supplement !== null && { supplement }),
    });
    return { uri, sha256, bytes, files };
  });

/** Checks that every byte of the archive is the one that was packed; to the directory, delivering is leaving it there. */
export const deliverPackage = (_parts: Dependencies): Activities['deliverPackage'] => ({ uri, sha256 }) =>
  alive(async () => {
    const checked = await verifyPackage(fileURLToPath(uri), { signal: cancellationSignal() });
    if (!checked.ok) throw new Error(`The package does not verify: ${checked.problems.length} problem(s). It is not delivered.`);
    if (checked.sha256 !== sha256) throw new Error('The package is not the one that was built. It is not delivered.');
  });

/** The names among `files` that no package of these receipts would hold. */
export const findUnknownFiles = ({ store }: Dependencies): Activities['findUnknownFiles'] => async ({ receipts, files }) => {
  const known = new Set((await previewFiles(store, receipts)).map(({ path }) => path));
  return files.filter((name) => !known.has(name));
};
