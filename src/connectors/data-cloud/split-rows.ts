import type { PersonObject } from '../../domain/object-map.ts';
import type { Profile } from '../../domain/profile.ts';
import type { PageRows } from '../../salesforce/page-rows.ts';
import { fit, type RecordKey } from './fit.ts';
import { identityOf } from './individuals.ts';
import { joinedOf, type ChooseParent } from './parents.ts';

/** A profile that is exported, with its number in the package. */
export type NumberedProfile = Profile & { readonly number: number };

/** Whose the rows of a page are. */
export interface SplitPage {
  /** Places of rows in the page, by the profile's number. */
  readonly byProfile: ReadonlyMap<number, readonly number[]>;
  /** Rows that could be a profile's, but fit none or several. Rows of other people are not counted. */
  readonly withheld: number;
}

/** Keys whose owners are kept at once. */
const MOST_SEEN = 10_000;

/** Splits rows of `exportQuery` among profiles: by party ID and key qualifier, then by data source. */
export function rowSplitter(object: PersonObject, profiles: readonly NumberedProfile[], siblings: readonly RecordKey[], choose: ChooseParent): (page: PageRows) => SplitPage {
  const numbers = new Map(profiles.map((profile) => [identityOf(profile), profile.number]));
  const candidates = new Map<string, RecordKey[]>();
  for (const key of new Map([...siblings, ...profiles].map((it) => [identityOf(it), it])).values()) candidates.set(key.partyId, [...(candidates.get(key.partyId) ?? []), key]);
  const mine = new Set(profiles.map(({ partyId }) => partyId));
  const width = object.fields.length;

  const tailWidth = object.personFields.length * 2 + 1;
  /** Owners by what tells them: rows of one person come by the thousand. */
  const seen = new Map<string, readonly number[] | 'withheld'>();

  /** The numbers of the profiles that a row belongs to; none for other people's; `withheld` where it cannot be told. */
  const ownersOf = (page: PageRows, row: number): readonly number[] | 'withheld' => {
    if (object.parent !== undefined) {
      const choice = choose(joinedOf(object, tailOf(page, row)));
      if (choice !== 'own') return choice === 'unclear' ? 'withheld' : [];
    }
    let key = '';
    for (let index = 0; index < tailWidth; index += 1) key += `${page.text(row, width + index)}\u0000`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const found = ownersByKeys(tailOf(page, row));
    if (seen.size < MOST_SEEN) seen.set(key, found);
    return found;
  };

  const tailOf = (page: PageRows, row: number): string[] => Array.from({ length: page.width - width }, (_, index) => page.text(row, width + index));

  const ownersByKeys = (tail: readonly string[]): readonly number[] | 'withheld' => {
    const dataSource = tail[object.personFields.length * 2] ?? '';
    const owners = new Set<number>();
    let unclear = false;
    object.personFields.forEach((_, index) => {
      const row = { partyId: tail[index * 2] ?? '', keyQualifier: tail[index * 2 + 1] ?? '', dataSource };
      if (!mine.has(row.partyId)) return;
      const found = fit(row, candidates.get(row.partyId) ?? []);
      if (found.whose === 'unclear') unclear ||= found.contenders.some((contender) => numbers.has(identityOf(contender)));
      const number = found.whose === 'one' ? numbers.get(identityOf(found.candidate)) : undefined;
      if (number !== undefined) owners.add(number);
    });
    return owners.size === 0 && unclear ? 'withheld' : [...owners];
  };

  return (page) => {
    const byProfile = new Map<number, number[]>();
    let withheld = 0;
    for (let row = 0; row < page.count; row += 1) {
      const owners = ownersOf(page, row);
      if (owners === 'withheld') withheld += 1;
      else for (const number of owners) {
        const list = byProfile.get(number);
        if (list === undefined) byProfile.set(number, [row]);
        else list.push(row);
      }
    }
    return { byProfile, withheld };
  };
}
