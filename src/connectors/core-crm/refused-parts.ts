import { SystemFailure } from '../../http/failure.ts';
import type { SObjectDescription } from '../../salesforce/soql.ts';
import type { MissingPart } from '../spi.ts';
import { readsAll } from './archived.ts';
import { unlessClosed, whyClosed } from './closed.ts';

/**
 * Fields of one object that may be refused. An object that refuses more is closed, because each of
 * them costs a call.
 */
const MOST = 20;

/**
 * What is refused of objects that are open otherwise: single fields, and what is deleted or
 * archived. It is kept for one export, so that nothing refused is asked for again.
 */
export class RefusedParts {
  readonly #fields = new Map<string, Set<string>>();
  readonly #bins = new Map<string, string>();

  /**
   * Reads fields of an object, without those that its description names and a query refuses by
   * name. Such a field was hidden meanwhile, or this version of the API does not have it.
   *
   * @param needed fields without which nothing can be read
   */
  async reading<Result>(
    object: string,
    fields: readonly string[],
    needed: readonly string[],
    read: (fields: readonly string[]) => Promise<Result>,
  ): Promise<Result> {
    for (;;) {
      const left = fields.filter(
        (name) => needed.includes(name) || this.#fields.get(object)?.has(name) !== true,
      );
      try {
        return await read(left);
      } catch (error) {
        const field = refusedField(error);
        if (
          field === undefined ||
          needed.includes(field) ||
          !left.includes(field) ||
          fields.length - left.length >= MOST
        ) {
          throw error;
        }
        this.leaveOut(object, field);
      }
    }
  }

  /** Runs a query by a field of an object; returns nothing if that field is refused by name. */
  async byField<Result>(
    object: string,
    field: string,
    read: () => Promise<Result>,
  ): Promise<Result | undefined> {
    if (this.#fields.get(object)?.has(field) === true) return undefined;
    try {
      return await read();
    } catch (error) {
      if (refusedField(error) !== field) throw error;
      this.leaveOut(object, field);
      return undefined;
    }
  }

  /** Reads an object with what is deleted and archived, or without it if only that is refused. */
  async withBin<Result>(
    description: Pick<SObjectDescription, 'name' | 'fields'>,
    read: (all: boolean) => Promise<Result>,
  ): Promise<Result> {
    const { name } = description;
    if (!this.givesBin(description)) return read(false);
    try {
      return await read(true);
    } catch (error) {
      const why = whyClosed(error);
      if (why === undefined) throw error;
      const result = await read(false);
      this.#bins.set(name, why);
      return result;
    }
  }

  /** Whether an object is asked for what is deleted and archived. */
  givesBin(description: Pick<SObjectDescription, 'name' | 'fields'>): boolean {
    return readsAll(description) && !this.#bins.has(description.name);
  }

  /** Reads the recycle bin of an object; returns nothing if it is refused. */
  async inBin<Result>(object: string, read: () => Promise<Result>): Promise<Result | undefined> {
    return this.#bins.has(object)
      ? undefined
      : unlessClosed((why) => {
          this.#bins.set(object, why);
        }, read);
  }

  /** Notes a field that cannot be read. */
  leaveOut(object: string, field: string): void {
    this.#fields.set(object, (this.#fields.get(object) ?? new Set()).add(field));
  }

  gaps(): MissingPart[] {
    return [
      ...[...this.#fields].map(([object, names]): MissingPart => ({
        because: 'restricted',
        note:
          `Fields of ${object} could not be read (${[...names].join(', ')}). They are left out, ` +
          'and records that they alone lead to.',
        advice:
          'The system refuses these fields by name. Let the user that the app runs as read them.',
      })),
      ...[...this.#bins].map(([object, why]): MissingPart => ({
        because: 'restricted',
        note:
          `The recycle bin of ${object} could not be read, so deleted and archived records ` +
          'there are left out.',
        advice: `The system refused the query of the recycle bin (${why}).`,
      })),
    ];
  }
}

const refusedField = (error: unknown): string | undefined =>
  error instanceof SystemFailure && error.facts.code === 'INVALID_FIELD'
    ? error.facts.field
    : undefined;
