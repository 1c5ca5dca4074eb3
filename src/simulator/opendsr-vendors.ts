import type { Authority } from './certificates.ts';
import type { Route } from './http.ts';
import type { VendorNotes } from './seed.ts';

/** The vendors of a seed. */
export interface Vendors {
  readonly routes: readonly Route[];
  /** Completes a request of a vendor by hand. False if there is none. */
  complete(vendorId: string, subjectRequestId: string): boolean;
}

/** Opens the vendors of a seed. */
export async function openVendors(_parts: { vendors: Readonly<Record<string, VendorNotes>>; token: string; authority: Authority; folder: string; origin: () => string }): Promise<Vendors> {
  await Promise.resolve();
  return { routes: [], complete: () => false };
}
