import type { Ruleset } from '../../../contract/object-map.ts';
import { SystemFailure } from '../../../http/failure.ts';
import type { Identifier } from '../../../contract/request.ts';
import { findParties } from './find-parties.ts';
import { fit, type RecordKey } from './fit.ts';
import { linksOf } from './linked.ts';
import {
  identityOf,
  lookUpAll,
  readIndividuals,
  readLinks,
  type Individual,
  type Scope,
} from './individuals.ts';
import { quoted, unique } from '../sql.ts';

/** An identifier, and whether it was checked that it is the subject's. */
export type CheckedIdentifier = Identifier & { readonly confirmed: boolean };

/** One record that locating found in a data space. */
export interface Party extends RecordKey {
  /** `unknown`: there is no individual record, only rows that name it. */
  readonly what: 'individual' | 'account' | 'unknown';
  /** Its individual records; more than one only if a source repeats itself. */
  readonly records: readonly Individual[];
  /** Identifiers that led here directly. */
  readonly reachedBy: Set<string>;
  /** Unified individuals by ruleset. */
  readonly unified: Map<string, Set<string>>;
  /** Whether a row named it that may also mean another record. */
  unclear: boolean;
}

/**
 * Everybody whom the identifiers lead to in one data space, directly or through a unified
 * individual.
 */
export async function gatherParties(
  scope: Scope,
  identifiers: readonly CheckedIdentifier[],
): Promise<Party[]> {
  const gathered = new Gathering(scope);
  for (const identifier of identifiers) {
    const seen = new Set<string>();
    const named = await findParties(scope, identifier, (key) => {
      // It ends here, because the rest may not fit into memory.
      if (seen.add(identityOf(key)).size > MOST) throw tooMany(identifier, scope.map.dataSpace);
    });
    for (const party of await gathered.partiesOf(named)) {
      party.reachedBy.add(identifier.name);
    }
  }
  const direct = gathered.all();
  for (const ruleset of scope.map.rulesets) {
    await expand(scope, gathered, direct, ruleset);
  }
  return gathered
    .all()
    .toSorted(
      (a, b) =>
        Number(b.reachedBy.size > 0) - Number(a.reachedBy.size > 0) ||
        (identityOf(a) < identityOf(b) ? -1 : 1),
    );
}

/**
 * The most records that one identifier may lead to in a data space. More are hardly one person's,
 * and no operator could look at them.
 */
const MOST = 1000;

const tooMany = ({ name }: Identifier, dataSpace: string): SystemFailure =>
  new SystemFailure({
    kind: 'rejected',
    system: 'data-cloud',
    code: 'TOO_MANY_MATCHES',
    action:
      `${name} leads to more than ${MOST} records in the data space ${dataSpace}: it is hardly ` +
      `one person's. Withdraw the request and start one that names the person in another way, ` +
      'or go on without Data Cloud (skipSystem).',
  });

/**
 * Adds the unified individuals of the parties that were found, and every profile linked to these.
 */
async function expand(
  scope: Scope,
  gathered: Gathering,
  direct: readonly Party[],
  ruleset: Ruleset,
): Promise<void> {
  const unified = new Set<string>();
  const found = await linksOf(scope, ruleset, direct);
  for (const link of found.links) {
    // If somebody else shares the party ID, their link leads to their own unified individual.
    if ((await gathered.partiesOf([link])).some((party) => direct.includes(party))) {
      unified.add(link.unified);
    }
  }
  const links = found.whole
    ? found.links.filter((link) => unified.has(link.unified))
    : await readLinks(scope, ruleset, 'UnifiedRecordId__c', [...unified]);
  await gathered.partiesOf(links);
  for (const link of links) {
    for (const party of await gathered.partiesOf([link])) {
      gathered.keep(party);
      party.unified.set(ruleset.id, (party.unified.get(ruleset.id) ?? new Set()).add(link.unified));
    }
  }
}

/**
 * The records that were found, each once. It holds identity: the same key returns the same party.
 */
class Gathering {
  readonly #scope: Scope;
  readonly #individuals = new Map<string, readonly Individual[]>();
  readonly #accounts = new Set<string>();
  readonly #parties = new Map<string, Party>();
  readonly #kept = new Set<Party>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /**
   * The parties that rows name. If a row may mean several records, it returns all of them, marked.
   */
  async partiesOf(keys: readonly RecordKey[]): Promise<Party[]> {
    await this.#read(unique(keys.map(({ partyId }) => partyId)));
    return unique(keys.flatMap((key) => this.#resolve(key)));
  }

  keep(party: Party): void {
    this.#kept.add(party);
  }

  all(): Party[] {
    return [...this.#parties.values()].filter(
      (party) => party.reachedBy.size > 0 || this.#kept.has(party),
    );
  }

  #resolve(key: RecordKey): Party[] {
    const individuals = this.#individuals.get(key.partyId) ?? [];
    const records = [
      ...new Map(individuals.map((individual) => [identityOf(individual), individual])).values(),
    ];
    const found = fit(key, records);
    if (found.whose === 'one') return [this.#party(found.candidate, 'individual')];
    if (
      found.whose === 'unclear' &&
      (key.keyQualifier === '' ||
        found.contenders.some(({ keyQualifier }) => keyQualifier === key.keyQualifier))
    ) {
      return found.contenders.map((contender) => {
        const party = this.#party(contender, 'individual');
        party.unclear = true;
        return party;
      });
    }
    return [this.#party(key, this.#accounts.has(key.partyId) ? 'account' : 'unknown')];
  }

  #party({ partyId, keyQualifier, dataSource }: RecordKey, what: Party['what']): Party {
    const key = { partyId, keyQualifier, dataSource };
    const identity = identityOf(key);
    const records = (this.#individuals.get(partyId) ?? []).filter(
      (individual) => identityOf(individual) === identity,
    );
    const party = this.#parties.get(identity) ?? {
      ...key,
      what,
      records,
      reachedBy: new Set<string>(),
      unified: new Map<string, Set<string>>(),
      unclear: false,
    };
    this.#parties.set(identity, party);
    return party;
  }

  async #read(partyIds: readonly string[]): Promise<void> {
    const fresh = partyIds.filter((partyId) => !this.#individuals.has(partyId));
    if (fresh.length === 0) return;
    const found = new Map<string, Individual[]>();
    for (const individual of await readIndividuals(this.#scope, fresh)) {
      found.set(individual.partyId, [...(found.get(individual.partyId) ?? []), individual]);
    }
    for (const partyId of fresh) {
      this.#individuals.set(partyId, found.get(partyId) ?? []);
    }
    const { account } = this.#scope.map;
    const rest = fresh.filter((partyId) => !found.has(partyId));
    if (account === null || rest.length === 0) return;
    for (const [accountId = ''] of await lookUpAll(
      this.#scope,
      [quoted(account.key.field)],
      account.object,
      account.key,
      rest,
    )) {
      this.#accounts.add(accountId);
    }
  }
}
