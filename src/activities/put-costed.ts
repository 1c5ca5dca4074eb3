import type { Cost } from '../contract/cost.ts';
import type { Receipt, ReceiptRef } from '../contract/receipt.ts';
import type { Store } from '../storage/filesystem.ts';

/** Stores a receipt with what reading took. */
export async function putCosted(
  store: Store,
  requestId: string,
  receipt: Receipt,
  cost: Cost,
): Promise<ReceiptRef> {
  const stored = await store.putReceipt(requestId, {
    ...receipt,
    provenance: { ...receipt.provenance, ...cost },
  });
  return { ...stored, cost };
}
