/**
 * What separates one individual record from others: a party ID alone does not. Empty if the source
 * has none.
 */
export interface RecordKey {
  readonly partyId: string;
  readonly keyQualifier: string;
  readonly dataSource: string;
}

/** The owner of a row: one candidate; nobody whom we know; or unclear among `contenders`. */
export type Fit<Candidate> =
  | { readonly whose: 'one'; readonly candidate: Candidate }
  | { readonly whose: 'nobody' }
  | { readonly whose: 'unclear'; readonly contenders: readonly Candidate[] };

/**
 * The individual record that a row belongs to, by party ID and key qualifier, then by data source.
 *
 * A row is unclear if its key qualifier fits no record, or several. It is also unclear if it has
 * none and may come from another record's source.
 */
export function fit<Candidate extends RecordKey>(
  row: RecordKey,
  candidates: readonly Candidate[],
): Fit<Candidate> {
  const sameParty = candidates.filter(({ partyId }) => partyId === row.partyId);
  if (sameParty.length === 0) return { whose: 'nobody' };
  const sameKey = sameParty.filter(({ keyQualifier }) => keyQualifier === row.keyQualifier);
  if (sameKey.length === 1) {
    return sameKey.some((own) => mayBeAnothers(row, own, sameParty))
      ? { whose: 'unclear', contenders: sameParty }
      : one(sameKey);
  }
  const contenders = sameKey.length > 1 ? sameKey : sameParty;
  if (sameKey.length === 0 && row.keyQualifier !== '') return { whose: 'unclear', contenders };
  const sameSource = contenders.filter(
    ({ dataSource }) => dataSource !== '' && dataSource === row.dataSource,
  );
  return sameSource.length === 1 ? one(sameSource) : { whose: 'unclear', contenders };
}

/**
 * Whether a row without key qualifier may belong to another record than the one that has none
 * either. A source can give its people qualifiers and leave them out of its other rows. `others`
 * may hold `own`.
 */
export const mayBeAnothers = (
  row: Pick<RecordKey, 'keyQualifier' | 'dataSource'>,
  own: Pick<RecordKey, 'dataSource'>,
  others: readonly Pick<RecordKey, 'dataSource'>[],
): boolean =>
  row.keyQualifier === '' &&
  row.dataSource !== own.dataSource &&
  others.some(
    (other) => other !== own && (row.dataSource === '' || other.dataSource === row.dataSource),
  );

const one = <Candidate>([candidate]: readonly Candidate[]): Fit<Candidate> => ({
  whose: 'one',
  candidate: candidate as Candidate,
});
