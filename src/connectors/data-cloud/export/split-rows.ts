import type { PersonObject } from '../../../contract/object-map.ts';
import type { Profile } from '../../../contract/profile.ts';
import type { SqlPage } from '../../../salesforce/data-cloud-query.ts';
import { fit, type Fit, type RecordKey } from '../locate/fit.ts';
import { identityOf } from '../locate/individuals.ts';
import { isNumberType, keyText, plainNumber } from '../key-form.ts';
import { ownerColumns } from './owner-columns.ts';
import { joinedOf, type ChooseParent } from './parents.ts';

/** A profile that is exported, with its number in the package. */
export type NumberedProfile = Profile & { readonly number: number };

/** The owners of a page's rows. */
export interface SplitPage {
  /** Places of rows in the page, by the profile's number. */
  readonly byProfile: ReadonlyMap<number, readonly number[]>;
  /**
   * Rows that could be a profile's, but fit none or several. Rows of other people are not counted.
   */
  readonly withheld: number;
}

/** A page as far as its rows are split. */
type Page = Pick<SqlPage, 'values' | 'columns'>;

/** The most keys whose owners are kept at once. */
const MOST_SEEN = 10_000;

/**
 * Splits rows of `exportQuery` among profiles: by party ID and key qualifier, then by data source.
 */
export function rowSplitter(
  object: PersonObject,
  profiles: readonly NumberedProfile[],
  siblings: readonly RecordKey[],
  choose: ChooseParent,
): (page: Page) => SplitPage {
  const numbers = new Map(profiles.map((profile) => [identityOf(profile), profile.number]));
  const candidates = new Map<string, RecordKey[]>();
  for (const key of new Map(
    [...siblings, ...profiles].map((it) => [identityOf(it), it]),
  ).values()) {
    candidates.set(key.partyId, [...(candidates.get(key.partyId) ?? []), key]);
  }
  const mine = new Set(profiles.map(({ partyId }) => partyId));
  const spellings = byNumber([...candidates.keys()]);
  const mineAsNumbers = new Set(profiles.map(({ partyId }) => plainNumber(partyId)));
  const columns = ownerColumns(object);
  /** Owners by the values that decide them, because rows of one person come by the thousand. */
  const seen = new Map<string, readonly number[] | 'withheld'>();

  /**
   * The numbers of the profiles that a row belongs to; none for other people's rows; `withheld` if
   * the owner is unclear.
   */
  const ownersOf = (page: Page, row: number): readonly number[] | 'withheld' => {
    if (object.parent !== undefined) {
      const choice = choose(joinedOf(columns, (place) => textOf(page, row, place)));
      if (choice !== 'own') return choice === 'unclear' ? 'withheld' : [];
    }
    let key = '';
    for (let place = columns.first; place < columns.end; place += 1) {
      key += `${page.values.text(row, place)}\u0000`;
    }
    const known = seen.get(key);
    if (known !== undefined) return known;
    const found = ownersByKeys(page, row);
    if (seen.size < MOST_SEEN) seen.set(key, found);
    return found;
  };

  const textOf = (page: Page, row: number, place: number): string =>
    keyText(page.values, page.columns, row, place);
  const isNumber = (page: Page, row: number, place: number): boolean =>
    isNumberType(page.columns[place]?.type ?? '') || !page.values.isText(row, place);

  /**
   * A number does not show how its person's ID is spelled. `880` belongs to the individual `880`,
   * unless there is one whose ID has zeros before it, which the number may have lost.
   */
  const ownerOf = (row: RecordKey, asNumber: boolean): Fit<RecordKey> | undefined => {
    if (!(asNumber ? mineAsNumbers : mine).has(row.partyId)) return undefined;
    const ids = asNumber ? (spellings.get(row.partyId) ?? []) : [row.partyId];
    const contenders = ids.flatMap((id) => candidates.get(id) ?? []);
    return ids.some((id) => id !== row.partyId)
      ? { whose: 'unclear', contenders }
      : fit(row, contenders);
  };

  const ownersByKeys = (page: Page, row: number): readonly number[] | 'withheld' => {
    const dataSource = textOf(page, row, columns.dataSource);
    const owners = new Set<number>();
    let unclear = false;
    for (const person of columns.people) {
      const key = {
        partyId: textOf(page, row, person.value),
        keyQualifier: textOf(page, row, person.keyQualifier),
        dataSource,
      };
      const found = ownerOf(key, isNumber(page, row, person.value));
      if (found === undefined) continue;
      if (found.whose === 'unclear') {
        unclear ||= found.contenders.some((contender) => numbers.has(identityOf(contender)));
      }
      const number = found.whose === 'one' ? numbers.get(identityOf(found.candidate)) : undefined;
      if (number !== undefined) owners.add(number);
    }
    return owners.size === 0 && unclear ? 'withheld' : [...owners];
  };

  return (page) => {
    const byProfile = new Map<number, number[]>();
    let withheld = 0;
    for (let row = 0; row < page.values.count; row += 1) {
      const owners = ownersOf(page, row);
      if (owners === 'withheld') withheld += 1;
      else {
        for (const number of owners) {
          const list = byProfile.get(number);
          if (list === undefined) byProfile.set(number, [row]);
          else list.push(row);
        }
      }
    }
    return { byProfile, withheld };
  };
}

/** IDs that are spellings of one number, by its plain form. */
function byNumber(ids: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const spellings = new Map<string, string[]>();
  for (const id of ids) {
    const number = plainNumber(id);
    if (number !== undefined) spellings.set(number, [...(spellings.get(number) ?? []), id]);
  }
  return spellings;
}
