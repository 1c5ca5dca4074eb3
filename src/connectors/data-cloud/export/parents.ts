import type { PersonObject } from '../../../contract/object-map.ts';
import { comparesQualifier, deepKeysQuery, ownKeysQuery, sharedKeysQuery } from './export-query.ts';
import { mayBeAnothers } from '../locate/fit.ts';
import { lookUp, lookUpAll, type Place } from '../locate/individuals.ts';
import type { OwnerColumns } from './owner-columns.ts';
import { plainNumber } from '../key-form.ts';
import { columnOr, keyColumns } from '../sql.ts';

/** The parts of a parent row that its children need. */
interface Parent {
  readonly keyQualifier: string;
  readonly dataSource: string;
  readonly people: string;
}

/**
 * The child and the parent of a joined row: the child's key and data source, the parent's people
 * and data source.
 */
export interface Joined {
  readonly key: string;
  readonly keyQualifier: string;
  readonly childSource: string;
  readonly parentSource: string;
  readonly people: readonly string[];
}

/**
 * Says whether a joined row shows a child with its own parent: `unclear` once per child that no
 * data source assigns.
 */
export type ChooseParent = (row: Joined) => 'own' | 'other' | 'unclear';

/** Whether any parents share a key, and whose a joined row is. */
export interface SharedParents {
  readonly any: boolean;
  readonly choose: ChooseParent;
}

/**
 * Parents whose own parents name people. If a key leads to more than one of these, the owner of its
 * children is unclear.
 */
async function readDeepParents(
  scope: Place,
  object: PersonObject,
  parent: NonNullable<PersonObject['parent']>,
  partyIds: readonly string[],
): Promise<SharedParents> {
  const keysOf = async (shared: boolean) =>
    new Set(
      (await lookUp(scope, deepKeysQuery(object, parent, partyIds, { shared }))).map(
        ([key = '']) => key,
      ),
    );
  const shared = await keysOf(true);
  if (shared.size === 0) return { any: false, choose: () => 'own' };
  const known = await keysOf(false);
  return {
    any: true,
    choose: ({ key }) => (known.has(key) && !shared.has(key) ? 'own' : 'unclear'),
  };
}

/**
 * Parents that share their key with others, and what this means for their children. As a rule each
 * key has one parent: then every row is its own parent's.
 */
export async function readSharedParents(
  scope: Place,
  object: PersonObject,
  partyIds: readonly string[],
): Promise<SharedParents> {
  if (object.reach === 'through' && object.parent?.via !== undefined) {
    return readDeepParents(scope, object, object.parent, partyIds);
  }
  const query = object.reach === 'through' ? sharedKeysQuery(object, partyIds) : null;
  const keys = query === null ? [] : await lookUp(scope, query);
  const { parent } = object;
  if (keys.length === 0 || parent === undefined) return { any: false, choose: () => 'own' };
  const shared = new Map<string, Parent[]>();
  const known = new Set(
    (await lookUp(scope, ownKeysQuery(object, parent, partyIds))).map(([key]) => key),
  );
  const qualified = comparesQualifier(object);
  const columns = [
    ...keyColumns(parent.key),
    columnOr(parent.dataSourceField),
    ...object.personFields.flatMap((field) => keyColumns(field)),
  ];
  for (const [key = '', qualifier = '', dataSource = '', ...people] of await lookUpAll(
    scope,
    columns,
    parent.object,
    parent.key,
    [...new Set(keys.map(([key = '']) => key))],
  )) {
    shared.set(key, [
      ...(shared.get(key) ?? []),
      { keyQualifier: qualified ? qualifier : '', dataSource, people: JSON.stringify(people) },
    ]);
  }
  const mine = new Set([
    ...partyIds,
    ...(object.personFields.some(({ number }) => number)
      ? partyIds.map((id) => plainNumber(id) ?? id)
      : []),
  ]);
  const withMine = (parents: readonly Parent[]) =>
    parents.filter((it) => (JSON.parse(it.people) as string[]).some((value) => mine.has(value)));
  return {
    any: true,
    choose: ({ key, keyQualifier, childSource, parentSource, people }) => {
      const all = shared.get(key);
      // A key that none of these parents has, in any spelling, may be the key of another person's
      // parent.
      if (all === undefined) return known.has(key) ? 'own' : 'unclear';
      const child = { keyQualifier: qualified ? keyQualifier : '', dataSource: childSource };
      const parents = all.filter((it) => it.keyQualifier === child.keyQualifier);
      const joined = {
        keyQualifier: child.keyQualifier,
        dataSource: parentSource,
        people: JSON.stringify(people),
      };
      const others = all.filter(
        (it) => it.keyQualifier !== child.keyQualifier && it.people !== joined.people,
      );
      if (
        mayBeAnothers(child, joined, others) &&
        !parents.some(({ dataSource }) => dataSource === childSource)
      ) {
        return isFirst(withMine(parents), joined) ? 'unclear' : 'other';
      }
      if (parents.length < 2) return 'own';
      const sameSource = parents.filter(
        ({ dataSource }) => dataSource !== '' && dataSource === childSource,
      );
      if (sameSource.length === 1) {
        return isFirst([sameSource[0] as Parent], joined) ? 'own' : 'other';
      }
      if (parents.every((it) => it.people === parents[0]?.people)) {
        return isFirst(parents, joined) ? 'own' : 'other';
      }
      return isFirst(withMine(parents), joined) ? 'unclear' : 'other';
    },
  };
}

/**
 * Whether this is the first of the parents, so that a child that is joined to several counts once.
 */
function isFirst(parents: readonly Parent[], joined: Parent): boolean {
  const textOf = (parent: Parent) => JSON.stringify([parent.dataSource, parent.people]);
  return parents.map(textOf).toSorted()[0] === textOf(joined);
}

/** The child and the parent of a joined row of `exportQuery`. */
export function joinedOf(
  { people, dataSource, child }: OwnerColumns,
  textAt: (place: number) => string,
): Joined {
  return {
    key: child === null ? '' : textAt(child.value),
    keyQualifier: child === null ? '' : textAt(child.keyQualifier),
    childSource: child === null ? '' : textAt(child.dataSource),
    parentSource: textAt(dataSource),
    people: people.flatMap((person) => [textAt(person.value), textAt(person.keyQualifier)]),
  };
}
