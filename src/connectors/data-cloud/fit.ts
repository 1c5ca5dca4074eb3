/** What tells one individual record from others: a party ID alone does not. Empty where the source has none. */
export interface RecordKey { readonly partyId: string; readonly keyQualifier: string; readonly dataSource: string }

/** Whose a row is: one candidate's; nobody's whom we know; or it cannot be told among `contenders`. */
export type Fit<Candidate> =
  | { readonly whose: 'one'; readonly candidate: Candidate }
  | { readonly whose: 'nobody' }
  | { readonly whose: 'unclear'; readonly contenders: readonly Candidate[] };

/**
 * The individual record that a row belongs to, by party ID and key qualifier, then by data source.
 *
 * A row whose key qualifier fits no record is unclear, and so is one that fits several.
 */
export function fit<Candidate extends RecordKey>(row: RecordKey, candidates: readonly Candidate[]): Fit<Candidate> {
  const sameParty = candidates.filter(({ partyId }) => partyId === row.partyId);
  if (sameParty.length === 0) return { whose: 'nobody' };
  const sameKey = sameParty.filter(({ keyQualifier }) => keyQualifier === row.keyQualifier);
  if (sameKey.length === 1) return one(sameKey);
  const contenders = sameKey.length > 1 ? sameKey : sameParty;
  if (sameKey.length === 0 && row.keyQualifier !== '') return { whose: 'unclear', contenders };
  const sameSource = contenders.filter(({ dataSource }) => dataSource !== '' && dataSource === row.dataSource);
  return sameSource.length === 1 ? one(sameSource) : { whose: 'unclear', contenders };
}

const one = <Candidate>([candidate]: readonly Candidate[]): Fit<Candidate> => ({ whose: 'one', candidate: candidate as Candidate });
