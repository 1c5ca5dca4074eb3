/**
 * What distinguishes two records of people. Empty if a source does not say. `birthDate`:
 * `YYYY-MM-DD`.
 */
export interface Named {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
}

/**
 * One individual record in Data Cloud. Its identity is (data space, party ID, key qualifier, data
 * source).
 */
export interface Profile {
  readonly dataSpace: string;
  readonly partyId: string;
  /** Empty if the source has none. */
  readonly keyQualifier: string;
  readonly dataSource: string;
  /** Unified individual IDs as of `Located.at`. They change when rulesets run again. */
  readonly unifiedIndividuals: readonly string[];
  /**
   * Names of the identifiers that led here directly. Empty if only a unified individual led here.
   */
  readonly reachedBy: readonly string[];
  /** Whether a confirmed identifier led here, directly or through a unified individual. */
  readonly confirmed: boolean;
}

export type ReviewReason =
  | 'several-unified-individuals'
  | 'several-people'
  | 'id-only'
  | 'unconfirmed-identifier'
  | 'contradiction'
  | 'too-many-profiles'
  | 'account-contact-point';

/** Why profiles wait for an operator. */
export interface MatchReview {
  readonly reason: ReviewReason;
  readonly dataSpace: string;
  /** Indexes into `Located.profiles`. */
  readonly profiles: readonly number[];
  /** In words, without the value of any identifier. */
  readonly note: string;
}

/**
 * An identifier of the subject that leads to a person whose processing is restricted. Queries
 * therefore show nothing of that person.
 */
export interface Restriction {
  readonly identifier: string;
}

/** The result of locating. */
export interface Located {
  readonly lookups: readonly {
    identifier: string;
    dataSpace: string;
    ruleset: string;
    partyIds: number;
    outcome: 'found' | 'none' | 'withheld';
  }[];
  readonly profiles: readonly Profile[];
  readonly reviews: readonly MatchReview[];
  /**
   * Objects reached only through an account or household, by data space. They are left out and
   * listed.
   */
  readonly shared: readonly {
    dataSpace: string;
    object: string;
    label: string;
  }[];
  /** Confirmed identifiers only. */
  readonly restricted?: readonly Restriction[];
  /** What the package also says about the search. */
  readonly notes: readonly string[];
  /** What only operators read about the search. */
  readonly advice?: readonly string[];
}
