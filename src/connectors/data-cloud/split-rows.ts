import type { PersonObject } from '../../domain/object-map.ts';
import type { Profile } from '../../domain/profile.ts';
import { cell } from '../shared/cell.ts';
import { fit, type RecordKey } from './fit.ts';
import { identityOf } from './individuals.ts';
import { joinedOf, type ChooseParent } from './parents.ts';

/** A profile that is exported, with its number in the package. */
export type NumberedProfile = Profile & { readonly number: number };

/** Whose the rows of a page are. */
export interface SplitPage {
  /** Rows by the profile's number, cut to the object's own columns. */
  readonly byProfile: ReadonlyMap<number, readonly (readonly unknown[])[]>;
  /** Rows that could be a profile's, but fit none or several. Rows of other people are not counted. */
  readonly withheld: number;
}

/** Splits rows of `exportQuery` among profiles: by party ID and key qualifier, then by data source. */
export function rowSplitter(object: PersonObject, profiles: readonly NumberedProfile[], siblings: readonly RecordKey[], choose: ChooseParent): (rows: readonly (readonly unknown[])[]) => SplitPage {
  const numbers = new Map(profiles.map((profile) => [identityOf(profile), profile.number]));
  const candidates = new Map<string, RecordKey[]>();
  for (const key of new Map([...siblings, ...profiles].map((it) => [identityOf(it), it])).values()) candidates.set(key.partyId, [...(candidates.get(key.partyId) ?? []), key]);
  const mine = new Set(profiles.map(({ partyId }) => partyId));
  const width = object.fields.length;

  /** The numbers of the profiles that a row belongs to; none for other people's; `withheld` where it cannot be told. */
  const ownersOf = (tail: readonly unknown[]): readonly number[] | 'withheld' => {
    if (object.parent !== undefined) {
      const choice = choose(joinedOf(object, tail));
      if (choice !== 'own') return choice === 'unclear' ? 'withheld' : [];
    }
    const dataSource = cell(tail[object.personFields.length * 2]);
    const owners = new Set<number>();
    let unclear = false;
    object.personFields.forEach((_, index) => {
      const row = { partyId: cell(tail[index * 2]), keyQualifier: cell(tail[index * 2 + 1]), dataSource };
      if (!mine.has(row.partyId)) return;
      const found = fit(row, candidates.get(row.partyId) ?? []);
      if (found.whose === 'unclear') unclear ||= found.contenders.some((contender) => numbers.has(identityOf(contender)));
      const number = found.whose === 'one' ? numbers.get(identityOf(found.candidate)) : undefined;
      if (number !== undefined) owners.add(number);
    });
    return owners.size === 0 && unclear ? 'withheld' : [...owners];
  };

  return (rows) => {
    const byProfile = new Map<number, (readonly unknown[])[]>();
    let withheld = 0;
    for (const row of rows) {
      const owners = ownersOf(row.slice(width));
      if (owners === 'withheld') withheld += 1;
      else for (const number of owners) {
        const list = byProfile.get(number);
        if (list === undefined) byProfile.set(number, [row.slice(0, width)]);
        else list.push(row.slice(0, width));
      }
    }
    return { byProfile, withheld };
  };
}
