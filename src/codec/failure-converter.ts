import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts messages and stack traces of failures into a payload, so that the codec encrypts them. A failure's `type` stays
 * in clear: it names a kind and never a person. Workers and the workflow bundle load this file by its path.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
