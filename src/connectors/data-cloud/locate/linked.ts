import { SystemFailure } from '../../../http/failure.ts';
import type { Ruleset } from '../../../contract/object-map.ts';
import { readLinks, type Link, type Scope } from './individuals.ts';
import type { Party } from './parties.ts';
import { unique } from '../sql.ts';

/**
 * The links of parties that identifiers lead to, by query; by Universal ID look-up if the link
 * object cannot be queried. `whole`: the result already holds the links of everybody behind the
 * same unified records.
 *
 * @throws SystemFailure of the query if a party cannot be looked up either, because a missed link
 *   is a missed profile
 */
export async function linksOf(
  scope: Scope,
  ruleset: Ruleset,
  parties: readonly Party[],
): Promise<{ readonly links: readonly Link[]; readonly whole: boolean }> {
  try {
    return {
      links: await readLinks(
        scope,
        ruleset,
        'SourceRecordId__c',
        unique(parties.map(({ partyId }) => partyId)),
      ),
      whole: false,
    };
  } catch (error) {
    // The objects before this one could be queried, so 403 is about this one alone.
    if (
      !(
        error instanceof SystemFailure &&
        (error.facts.kind === 'rejected' ||
          (error.facts.kind === 'denied' && error.facts.status === 403))
      )
    ) {
      throw error;
    }
    const links: Link[] = [];
    for (const party of parties) {
      // An account, or a party without an individual record, has no link either.
      if (party.what !== 'individual') continue;
      const dataSourceObject =
        party.records.find((record) => record.dataSourceObject !== '')?.dataSourceObject ?? '';
      if (party.dataSource === '' || dataSourceObject === '') throw error;
      const found = await scope.salesforce.universalIds(
        scope.map.dataSpace,
        ruleset.link,
        { id: party.partyId, dataSource: party.dataSource, dataSourceObject },
        scope.signal,
      );
      links.push(
        ...found.map(({ id, dataSource, unified }) => ({
          partyId: id,
          keyQualifier: '',
          dataSource,
          unified,
        })),
      );
    }
    return { links, whole: true };
  }
}
