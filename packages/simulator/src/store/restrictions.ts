import type { Database } from './database.ts';

/** By data space, the people whose rows queries do not return. */
export interface Restrictions {
  /**
   * Hides these people in a data space, and shows all others.
   *
   * @throws RangeError if there is no such data space
   */
  set(dataSpace: string, partyIds: readonly string[]): Promise<void>;
  /** Hides a person in every data space, or shows them again. */
  restrict(partyId: string, hidden: boolean): Promise<void>;
  isRestricted(partyId: string): boolean;
}

/** Keeps the restrictions of a seed. The database has them already. */
export function keepRestrictions(
  database: Database,
  dataSpaces: readonly string[],
  initial: Readonly<Record<string, readonly string[]>>,
): Restrictions {
  const hidden = new Map(dataSpaces.map((space) => [space, new Set(initial[space])]));
  const set = async (dataSpace: string, partyIds: readonly string[]): Promise<void> => {
    await database.restrict(dataSpace, partyIds);
    hidden.set(dataSpace, new Set(partyIds));
  };
  return {
    set,
    restrict: async (partyId, hide) => {
      for (const [space, ids] of hidden) {
        if (ids.has(partyId) === hide) continue;
        await set(space, hide ? [...ids, partyId] : [...ids].filter((id) => id !== partyId));
      }
    },
    isRestricted: (partyId) => [...hidden.values()].some((ids) => ids.has(partyId)),
  };
}
