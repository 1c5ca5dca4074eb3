import {
  ApplicationFailure,
  DefaultFailureConverter,
  type PayloadConverter,
  type ProtoFailure,
  type SerializationContext,
} from '@temporalio/common';
import { refusalInClear } from '../contract/clear-words.ts';

/**
 * Moves messages and stack traces of failures into a payload, so that the codec encrypts them. A
 * failure's `type` stays in clear, because it names a kind and never a person. A refusal's message
 * is replaced by its codes and paths, so that a caller without the codec knows what to fix. Workers
 * and the workflow bundle load this file by its path.
 */
class ClearRefusals extends DefaultFailureConverter {
  constructor() {
    super({ encodeCommonAttributes: true });
  }

  override errorToFailure(
    error: unknown,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): ProtoFailure {
    const failure = super.errorToFailure(error, payloadConverter, context);
    const clear =
      error instanceof ApplicationFailure ? refusalInClear(error.type, error.details) : undefined;
    return clear === undefined ? failure : { ...failure, message: clear };
  }
}

export const failureConverter = new ClearRefusals();
