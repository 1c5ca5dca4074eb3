import type { DataConverter } from '@temporalio/common';
import { createCodec } from './codec.ts';
import type { KeyRing } from './keys.ts';
import { readable } from './readable.ts';
import { packageFile } from '../package-files.ts';

/** The path of the failure converter, for workers and the workflow bundle. */
export const failureConverterPath = packageFile('dist/src/codec/failure-converter.js');

/**
 * What clients and workers give to Temporal so that no payload and no failure leaves the process in
 * clear.
 *
 * `keepSealed` is for workers: what they have no key for can be read once they have it.
 */
export function createDataConverter(
  ring: KeyRing,
  options: { readonly keepSealed?: boolean } = {},
): DataConverter {
  return { payloadCodecs: [readable, createCodec(ring, options)], failureConverterPath };
}
