import { cancellationSignal } from '@temporalio/activity';
import type { FileReceipt, Receipt } from '../contract/receipt.ts';
import { alive } from './alive.ts';
import type { Dependencies } from './dependencies.ts';
import type { Activities } from './inputs.ts';

/**
 * Takes in the files of a vendor's reply. The reply is quarantined if one file is elsewhere, or is
 * not as announced.
 */
export const receiveAnswer =
  ({ config, store }: Dependencies): Activities['receiveAnswer'] =>
  ({ requestId, system, connector, answerId, files, at }) =>
    alive(async () => {
      const entry = config.systems.find(({ id }) => id === system);
      const allowed = Array.isArray(entry?.inbox)
        ? entry.inbox.filter((it) => typeof it === 'string')
        : [];
      const taken: FileReceipt[] = [];
      const quarantined: { file: number; reason: string }[] = [];
      for (const [index, { uri, sha256 }] of files.entries()) {
        const received = await store.receiveInboxFile({
          requestId,
          system,
          answerId,
          uri,
          allowed,
          taken: taken.map(({ path }) => path),
          signal: cancellationSignal(),
          ...(sha256 !== undefined && { sha256 }),
        });
        if ('quarantined' in received) {
          quarantined.push({ file: index, reason: received.quarantined });
        } else taken.push(received.file);
      }
      if (quarantined.length > 0) return { receipt: null, quarantined };
      const receipt: Receipt = {
        system,
        connector,
        name: answerId,
        at,
        outcome: 'delivered',
        files: taken,
        tables: [],
        answerId,
        provenance: { answer: answerId },
        withheldRows: 0,
        notes: [],
      };
      return { receipt: await store.putReceipt(requestId, receipt), quarantined };
    });
