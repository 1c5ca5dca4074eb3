import { SystemFailure } from '../../http/failure.ts';
import type { SObjectDescription } from '../../salesforce/soql.ts';
import { readsAll } from './archived.ts';
import { unlessClosed, whyClosed } from './closed.ts';

/**
 * Fields of one object that may be refused. One that refuses more is closed: each of them costs a
 * call.
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
   * Reads fields of an object, without those that its description tells and a query refuses by
   * name: a field that was hidden meanwhile, or that this version of the API does not know.
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

  /** Runs a query by a field of an object; nothing where that field is refused by name. */
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

  /**
   * Reads an object with what is deleted and archived, or without it where that alone is refused.
   */
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

  /** Reads the recycle bin of an object; nothing where it is refused. */
  async inBin<Result>(object: string, read: () => Promise<Result>): Promise<Result | undefined> {
    return this.#bins.has(object)
      ? undefined
      : unlessClosed((why) => {
          this.#bins.set(object, why);
        }, read);
  }

  /** Notes a field that is not given. */
  leaveOut(object: string, field: string): void {
    this.#fields.set(object, (this.#fields.get(object) ?? new Set()).add(field));
  }

  gaps(): { because: 'restricted'; note: string }[] {
    return [
      ...[...this.#fields].map(
        ([object, names]) =>
          `Fields of ${object} cannot be queried (${[...names].join(', ')}), so they are ` +
          'left out, and records that they alone lead to.',
      ),
      ...[...this.#bins].map(
        ([object, why]) =>
          `The recycle bin of ${object} could not be read (${why}), so deleted and archived ` +
          'records there are left out.',
      ),
    ].map((note) => ({ because: 'restricted', note }));
  }
}

const refusedField = (error: unknown): string | undefined =>
  error instanceof SystemFailure && error.facts.code === 'INVALID_FIELD'
    ? error.facts.field
    : undefined;
