import * as z from 'zod';

/** A message of a request: what it holds, what it does, and a good example of it. */
export interface MessageDefinition<Kind extends 'fact' | 'command', Input extends z.ZodType> {
  /**
   * `fact`: a signal, recorded at any stage and never refused. `command`: an update, checked and
   * answered with the new status.
   */
  readonly kind: Kind;
  readonly input: Input;
  /** What it does and what undoes it, as documents, help and the Temporal UI print it. */
  readonly describe: string;
  readonly example: z.input<Input>;
}

/** A message that reports what has happened. */
export const fact = <Input extends z.ZodType>(
  definition: Omit<MessageDefinition<'fact', Input>, 'kind'>,
): MessageDefinition<'fact', Input> => ({ kind: 'fact', ...definition });

/** A message that says what is to be done. */
export const command = <Input extends z.ZodType>(
  definition: Omit<MessageDefinition<'command', Input>, 'kind'>,
): MessageDefinition<'command', Input> => ({ kind: 'command', ...definition });

/** Who says so: a person or a service. */
export const by = z.string().min(1).describe('who says so: a person or a service');

export const text = z.string().min(1);

/** A moment of the past or present. A bare day counts from its first instant in UTC. */
export const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** If set, a command returns a short reply and not the status. */
export const reply = z.literal('short', 'must be "short", or be left out').optional();
