import type { SObjectDescription, SObjectRecord } from '../../salesforce/soql.ts';
import { cell } from '../shared/cell.ts';
import { unlessClosed } from './closed.ts';
import type { CrmScope, Person } from './find-people.ts';
import { PEOPLE, shortId } from './people-objects.ts';
import {
  hasOwnRecordsBelow,
  NAMED_BY,
  relatedObjects,
  type RelatedObject,
} from './related-objects.ts';

/** The subject's records by object, as IDs, and the parts of the org that could not be read. */
export interface Gathered {
  readonly records: ReadonlyMap<
    string,
    { readonly description: SObjectDescription; readonly ids: readonly string[] }
  >;
  /** Objects that hold related records and cannot be queried, and why. */
  readonly closed: ReadonlyMap<string, string>;
}

/**
 * The IDs of every record that belongs to these people: their own, those that name them, and those
 * below these, such as the comments of a case. Records of a company that employs a person are not
 * the person's.
 */
export async function gatherRecords(scope: CrmScope, people: readonly Person[]): Promise<Gathered> {
  const gathering = new RecordGathering(scope, people);
  for (const { name } of PEOPLE) {
    const ids = people.filter(({ object }) => object === name).map(({ id }) => id);
    if (ids.length > 0) await gathering.add(name, ids);
  }
  const own = [...gathering.records];
  // A user's related records are the work of an employee, not the data of a person.
  for (const [object, { description, ids }] of own) {
    if (object !== 'User') await gathering.addRelated(relatedObjects(description), ids);
  }
  const related = [...gathering.records].filter(
    ([object]) => !own.some(([name]) => name === object),
  );
  for (const [object, { description, ids }] of related) {
    if (ids.length > 0 && hasOwnRecordsBelow(object)) {
      await gathering.addRelated(
        relatedObjects(description).filter(({ name }) => name !== object),
        ids,
      );
    }
  }
  return {
    records: new Map([...gathering.records].filter(([, { ids }]) => ids.length > 0)),
    closed: gathering.closed,
  };
}

/** Collects IDs by object, each object described once. */
class RecordGathering {
  readonly records = new Map<
    string,
    { readonly description: SObjectDescription; ids: readonly string[] }
  >();
  readonly closed = new Map<string, string>();
  readonly #scope: CrmScope;
  readonly #people: ReadonlySet<string>;

  constructor(scope: CrmScope, people: readonly Person[]) {
    this.#scope = scope;
    this.#people = new Set(people.map(({ id }) => shortId(id)));
  }

  async add(object: string, ids: readonly string[]): Promise<void> {
    const entry = this.records.get(object) ?? {
      description: await this.#describe(object),
      ids: [],
    };
    if (entry.description === undefined) return;
    this.records.set(object, {
      description: entry.description,
      ids: [...new Map([...entry.ids, ...ids].map((id) => [shortId(id), id])).values()],
    });
  }

  /** Adds the records whose fields point at one of `parents`. */
  async addRelated(objects: readonly RelatedObject[], parents: readonly string[]): Promise<void> {
    for (const { name, fields } of objects) {
      const named = NAMED_BY[name];
      for (const field of fields) {
        const found = await this.#find(name, field, parents);
        await this.add(name, idsOf(found, 'Id'));
        if (named !== undefined) {
          await this.add(
            named.object,
            idsOf(await this.#find(named.object, 'Id', idsOf(found, named.field)), 'Id'),
          );
        }
      }
    }
  }

  async #describe(object: string): Promise<SObjectDescription | undefined> {
    const description = await this.#unlessClosed(object, () =>
      this.#scope.salesforce.describe(object, this.#scope),
    );
    if (description !== undefined && !description.queryable) return undefined;
    return description;
  }

  /**
   * Records whose `field` is one of `values`. If no value is a person of ours, records that name
   * somebody else are left out.
   */
  async #find(
    object: string,
    field: string,
    values: readonly string[],
  ): Promise<readonly SObjectRecord[]> {
    if (values.length === 0 || this.closed.has(object)) return [];
    const description = this.records.get(object)?.description ?? (await this.#describe(object));
    if (description === undefined) return [];
    const who = description.fields
      .filter(
        ({ name, referenceTo }) =>
          name !== field && referenceTo.some((target) => target === 'Contact' || target === 'Lead'),
      )
      .map(({ name }) => name);
    const more = [...who, ...[NAMED_BY[object]?.field ?? []].flat()];
    const { refused } = this.#scope;
    const found =
      (await this.#unlessClosed(object, () =>
        refused.byField(object, field, () =>
          refused.withBin(description, (all) =>
            this.#read(description, more, { field, values, all }),
          ),
        ),
      )) ?? [];
    if (values.some((id) => this.#people.has(shortId(id)))) return found;
    return found.filter((record) =>
      who.every((name) => !record[name] || this.#people.has(shortId(cell(record[name])))),
    );
  }

  async #read(
    description: SObjectDescription,
    more: readonly string[],
    {
      field,
      values,
      all,
    }: {
      field: string;
      values: readonly string[];
      all: boolean;
    },
  ): Promise<SObjectRecord[]> {
    const { salesforce, system, signal, onPage } = this.#scope;
    const columns = [...new Set(['Id', ...more])].join(', ');
    const records: SObjectRecord[] = [];
    for (const query of salesforce.batched(
      values,
      (list) => `SELECT ${columns} FROM ${description.name} WHERE ${field} IN ${list}`,
    )) {
      for await (const page of salesforce.soql(query, { system, signal, all })) {
        onPage();
        records.push(...page.records);
      }
    }
    return records;
  }

  #unlessClosed<Result>(object: string, work: () => Promise<Result>): Promise<Result | undefined> {
    return unlessClosed((why) => {
      this.closed.set(object, why);
    }, work);
  }
}

const idsOf = (records: readonly SObjectRecord[], field: string): string[] =>
  records
    .map((record) => record[field])
    .filter((id): id is string => typeof id === 'string' && id !== '');
