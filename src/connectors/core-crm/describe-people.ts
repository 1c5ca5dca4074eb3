import { SystemFailure } from '../../http/failure.ts';
import type { SObjectDescription } from '../../salesforce/soql.ts';
import { unlessClosed } from './closed.ts';
import type { CrmScope } from './find-people.ts';
import { PEOPLE, type PeopleObject } from './people-objects.ts';

export interface DescribedPeople {
  readonly described: Map<PeopleObject, SObjectDescription>;
  readonly hidden: ReadonlyMap<string, string>;
  /** Objects with addresses that exist for us, but are closed. */
  readonly unread: ReadonlySet<string>;
  readonly closing: (object: PeopleObject) => (why: string, failure: unknown) => void;
}

/**
 * Descriptions of the objects that hold people here; the company may have no person accounts or no
 * individuals.
 */
export async function describePeople({
  salesforce,
  system,
  signal,
}: CrmScope): Promise<DescribedPeople> {
  const described = new Map<PeopleObject, SObjectDescription>();
  const hidden = new Map<string, string>();
  const unread = new Set<string>();
  let first: unknown;
  let allDescribed = false;
  /**
   * Notes that an object is closed. If no object has answered, no part is open, and the whole
   * fails.
   */
  const closing =
    (object: PeopleObject) =>
    (why: string, failure: unknown): void => {
      described.delete(object);
      const isAbsent =
        !allDescribed && failure instanceof SystemFailure && failure.facts.status === 404;
      if (!isAbsent && object.email !== null) unread.add(object.name);
      if (!isAbsent || object.name !== 'Individual') {
        hidden.set(object.name, isAbsent ? 'not visible' : why);
      }
      first ??= failure;
      if (allDescribed && described.size === 0) throw first;
    };
  for (const object of PEOPLE) {
    const description = await unlessClosed(closing(object), () =>
      salesforce.describe(object.name, { system, signal }),
    );
    if (description === undefined) continue;
    const isPersonAccountsOff =
      object.name === 'Account' &&
      !description.fields.some(({ name }) => name === 'IsPersonAccount');
    if (description.queryable && !isPersonAccountsOff) described.set(object, description);
  }
  if (described.size === 0 && first !== undefined) throw first;
  allDescribed = true;
  return { described, hidden, unread, closing };
}
