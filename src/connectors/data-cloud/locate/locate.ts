import type { Instant } from '@dossier/law';
import type { ObjectMap } from '../../../contract/object-map.ts';
import type { Located, MatchReview, Profile } from '../../../contract/profile.ts';
import { SystemFailure } from '../../../http/failure.ts';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';
import { reviewAcross, reviewIdOnly, type Placed } from './across-identifiers.ts';
import { discover } from '../model/discover.ts';
import { gatherParties, type CheckedIdentifier, type Party } from './parties.ts';
import { hiddenBehind } from '../export/restricted.ts';
import { reviewParties } from './review-parties.ts';
import { unique } from '../sql.ts';

export interface LocateOptions {
  /** Every identifier of the subject. */
  readonly identifiers: readonly CheckedIdentifier[];
  readonly dataSpaces: readonly string[];
  readonly rulesets: 'auto' | readonly string[];
  /** If there are more profiles than this, over all data spaces, they stop for an operator. */
  readonly maxProfiles: number;
  /** Whether profiles stop if only IDs lead to them. */
  readonly reviewIdOnly?: boolean;
  /** The moment for which unified individuals are read. */
  readonly at: Instant;
  readonly signal?: AbortSignal;
  /** Whether the CRM may be asked about an e-mail address that leads to nothing. */
  readonly inCrm?: boolean;
  /** Returns the map of a data space; by default it is read now. */
  readonly mapOf?: (dataSpace: string) => Promise<ObjectMap>;
  /** Called after each data space. */
  readonly onProgress?: () => void;
}

/**
 * Every profile of the subject: each identifier → party IDs in each data space → unified
 * individuals of each ruleset → all profiles linked to these. A profile without a link counts.
 * `reviews` holds what an operator must look at.
 *
 * @throws SystemFailure if any look-up fails, because a failed look-up is never "nobody found"
 */
export async function locate(salesforce: Salesforce, options: LocateOptions): Promise<Located> {
  const { identifiers, dataSpaces, rulesets, maxProfiles, signal, onProgress } = options;
  const mapOf =
    options.mapOf ??
    ((dataSpace: string) => discover(salesforce, dataSpace, { exclude: [], rulesets }, signal));
  const found: (Located & { readonly parties: readonly Party[] })[] = [];
  const maps: ObjectMap[] = [];
  for (const dataSpace of dataSpaces) {
    maps.push(await mapOf(dataSpace));
  }
  refuseUnknownRulesets(maps, rulesets);
  for (const map of maps) {
    found.push(await locateIn({ salesforce, map, signal }, identifiers));
    onProgress?.();
  }
  const profiles = found.flatMap((it) => it.profiles);
  const placed = found.flatMap(({ parties, profiles: here }, index) =>
    parties.map((party, at): Placed => ({
      party,
      dataSpace: dataSpaces[index] ?? '',
      confirmed: here[at]?.confirmed === true,
    })),
  );
  const lost = identifiers.filter(
    ({ name, confirmed }) =>
      confirmed &&
      found.every(({ lookups }) =>
        lookups.every((lookup) => lookup.identifier !== name || lookup.outcome === 'none'),
      ),
  );
  const { restrictions, notes, advice } = await hiddenBehind(salesforce, lost, {
    inCrm: options.inCrm ?? false,
    signal,
  });
  const hidden = new Set(restrictions.map(({ identifier }) => identifier));
  const starts = found.map((_, index) =>
    found.slice(0, index).reduce((sum, it) => sum + it.profiles.length, 0),
  );
  const reviews = found.flatMap((it, index) =>
    it.reviews.map((review) => ({
      ...review,
      profiles: review.profiles.map((at) => at + (starts[index] ?? 0)),
    })),
  );
  return {
    lookups: found
      .flatMap((it) => it.lookups)
      .map((lookup) =>
        hidden.has(lookup.identifier) ? { ...lookup, outcome: 'withheld' as const } : lookup,
      ),
    profiles,
    reviews: [
      ...reviews,
      ...reviewAcross(placed),
      ...(options.reviewIdOnly === true ? reviewIdOnly(placed, identifiers) : []),
      ...(profiles.length > maxProfiles ? tooMany(profiles, dataSpaces, maxProfiles) : []),
    ],
    shared: found.flatMap((it) => it.shared),
    ...(restrictions.length > 0 && { restricted: restrictions }),
    ...(advice.length > 0 && { advice }),
    notes: [
      ...found.flatMap((it) => it.notes),
      ...notes,
      ...unknownPartyIds(
        identifiers.filter(({ name }) => !hidden.has(name)),
        profiles,
      ),
    ],
  };
}

/**
 * @throws SystemFailure if the configuration names a ruleset that no data space has: the people
 *   that it links would be missed in silence
 */
function refuseUnknownRulesets(
  maps: readonly ObjectMap[],
  wanted: LocateOptions['rulesets'],
): void {
  const missing =
    wanted === 'auto'
      ? []
      : wanted.filter(
          (id) => !maps.some(({ rulesets }) => rulesets.some((ruleset) => ruleset.id === id)),
        );
  if (missing.length === 0) return;
  const there = unique(
    maps.flatMap(({ rulesets, otherRulesets = [] }) => [
      ...rulesets.map(({ id }) => id),
      ...otherRulesets,
    ]),
  );
  throw new SystemFailure({
    kind: 'rejected',
    system: 'data-cloud',
    code: 'NO_RULESET',
    action:
      `No data space has the ruleset ${missing.join(', ')}; there are ` +
      `${there.join(', ') || 'none'}. Mend salesforce.rulesets, or set it to auto, then retry the system.`,
  });
}

async function locateIn(
  scope: {
    salesforce: Salesforce;
    map: ObjectMap;
    signal?: AbortSignal;
  },
  identifiers: readonly CheckedIdentifier[],
): Promise<Located & { parties: readonly Party[] }> {
  const { map } = scope;
  const { dataSpace } = map;
  const parties = await gatherParties(scope, identifiers);
  const isConfirmed = confirmation(parties, identifiers);
  const reviews = await reviewParties(scope, parties, identifiers, isConfirmed);
  return {
    parties,
    profiles: parties.map((party): Profile => ({
      dataSpace,
      partyId: party.partyId,
      keyQualifier: party.keyQualifier,
      dataSource: party.dataSource,
      unifiedIndividuals: unique([...party.unified.values()].flatMap((ids) => [...ids])).toSorted(),
      reachedBy: [...party.reachedBy],
      confirmed: isConfirmed(party),
    })),
    lookups: lookupsOf(map, parties, identifiers),
    reviews: reviews.map(({ reason, parties: about, note }): MatchReview => ({
      reason,
      dataSpace,
      profiles: about.map((party) => parties.indexOf(party)),
      note,
    })),
    shared: map.shared.map(({ object, label }) => ({ dataSpace, object, label })),
    notes: map.notes,
  };
}

const keysOf = ({ unified }: Party): string[] =>
  [...unified].flatMap(([ruleset, ids]) => [...ids].map((id) => `${ruleset} ${id}`));

/** Whether a confirmed identifier leads to a party, directly or through a unified individual. */
function confirmation(
  parties: readonly Party[],
  identifiers: readonly CheckedIdentifier[],
): (party: Party) => boolean {
  const confirmed = new Set(
    identifiers.filter((identifier) => identifier.confirmed).map(({ name }) => name),
  );
  const directly = parties.filter(({ reachedBy }) =>
    [...reachedBy].some((name) => confirmed.has(name)),
  );
  const unified = new Set(directly.flatMap(keysOf));
  return (party) => directly.includes(party) || keysOf(party).some((key) => unified.has(key));
}

/**
 * One line per identifier and ruleset. `partyIds` counts those that the identifier names and those
 * linked to them.
 */
function lookupsOf(
  { dataSpace, rulesets }: ObjectMap,
  parties: readonly Party[],
  identifiers: readonly CheckedIdentifier[],
): Located['lookups'] {
  const names = rulesets.length === 0 ? ['none'] : rulesets.map(({ id }) => id);
  return identifiers.flatMap(({ name }) =>
    names.map((ruleset) => {
      const direct = parties.filter(({ reachedBy }) => reachedBy.has(name));
      const unified = new Set(direct.flatMap((party) => [...(party.unified.get(ruleset) ?? [])]));
      const linked = parties.filter((party) =>
        [...(party.unified.get(ruleset) ?? [])].some((id) => unified.has(id)),
      );
      const partyIds = unique([...direct, ...linked].map(({ partyId }) => partyId)).length;
      return {
        identifier: name,
        dataSpace,
        ruleset,
        partyIds,
        outcome: partyIds === 0 ? ('none' as const) : ('found' as const),
      };
    }),
  );
}

function tooMany(
  profiles: readonly Profile[],
  dataSpaces: readonly string[],
  maxProfiles: number,
): MatchReview[] {
  return dataSpaces.flatMap((dataSpace) => {
    const here = profiles.flatMap((profile, index) =>
      profile.dataSpace === dataSpace ? [index] : [],
    );
    return here.length === 0
      ? []
      : [
          {
            reason: 'too-many-profiles' as const,
            dataSpace,
            profiles: here,
            note:
              `${profiles.length} profiles were found in all; the policy's maxProfiles lets ` +
              `${maxProfiles} pass without a look.`,
          },
        ];
  });
}

const unknownPartyIds = (
  identifiers: readonly CheckedIdentifier[],
  profiles: readonly Profile[],
): string[] =>
  identifiers
    .filter(
      ({ kind, name }) =>
        kind === 'party-id' && !profiles.some(({ reachedBy }) => reachedBy.includes(name)),
    )
    .map(({ name }) => `${name} is not known in any data space.`);
