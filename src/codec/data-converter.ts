import type { DataConverter } from '@temporalio/common';
import { createCodec } from './codec.ts';
import type { KeyRing } from './keys.ts';
import { readable } from './readable.ts';
import { packageFile } from '../package-files.ts';

/** The path of the failure converter, for workers and the workflow bundle. */
export const failureConverterPath = packageFile('dist/src/codec/failure-converter.js');

/**
 * What clients and workers pass to Temporal so that no payload and no failure leaves the process in
 * clear.
 *
 * `keepSealed` is for workers: they can read a payload later, once they have its key.
 */
export function createDataConverter(
  ring: KeyRing,
  options: { readonly keepSealed?: boolean } = {},
): DataConverter {
  return { payloadCodecs: [readable, createCodec(ring, options)], failureConverterPath };
}
