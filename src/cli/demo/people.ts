import type { RequestInput } from '../../contract/request.ts';

/**
 * The sample requests. Their IDs are visible everywhere, so they name the case and not the person.
 * The people are invented, and are in `samples/seed-demo.json`.
 */
export function sampleRequests(
  run: string,
  receivedAt: string,
): Record<'ana' | 'claire' | 'nobody' | 'kenji', RequestInput> {
  const request = (
    name: string,
    email: string | string[],
    rest: Partial<RequestInput>,
  ): RequestInput => ({
    requestId: `DEMO-${name.toUpperCase()}-${run}`,
    type: 'access',
    subject: { emails: [email].flat() },
    receivedAt,
    identity: 'confirmed',
    ...rest,
  });
  return {
    ana: request('profiles', ['ana.lima@example.com', 'a.lima@example.org'], {
      residence: { country: 'DE', region: 'BE' },
    }),
    claire: request('silent-vendor', 'claire.dubois@example.com', {
      residence: { country: 'FR' },
      policy: { systems: ['silent-ads'] },
    }),
    nobody: request('nobody-known', 'nobody.known@example.com', {
      residence: { country: 'CA', region: 'ON' },
    }),
    kenji: request('open', 'kenji.sato@example.com', { residence: { country: 'JP' } }),
  };
}

/**
 * Marks in rows of other people only. Rui shares Ana's address, and Viktor one of her party IDs.
 */
export const OTHERS = { rui: 'RUI-', viktor: 'VIKTOR-' } as const;

/** The file that the mail vendor sends for Ana. */
export const VENDOR_EXPORT =
  'subscriber,list,joined\nANA,Spring news,2024-07-11\nANA,Product updates,2025-01-20\n';
