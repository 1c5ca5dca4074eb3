import type { PersonObject } from '../../../contract/object-map.ts';
import { fit, type RecordKey } from '../locate/fit.ts';
import { identityOf, lookUp, type Place } from '../locate/individuals.ts';
import type { ChooseParent } from './parents.ts';
import { joinVia, namesOne } from './export-query.ts';
import { asking, columnOr, keyColumns, named, quoted } from '../sql.ts';

/**
 * Says which unified individuals and contact points may be shown: those made only of profiles of
 * this package. Any other also links a profile that an operator left out, or that is another
 * person's. So it mixes their data with the subject's.
 *
 * @param included every profile of the data space that is exported
 */
export async function readUnifiedLinks(
  place: Place,
  object: PersonObject,
  partyIds: readonly string[],
  included: readonly RecordKey[],
  siblings: readonly RecordKey[],
): Promise<{ readonly leftOut: number; readonly choose: ChooseParent }> {
  const {
    parent,
    personFields: [source],
  } = object;
  if (parent === undefined || source === undefined) return { leftOut: 0, choose: () => 'own' };
  const asked = asking(partyIds);
  const unified = quoted(parent.key.field);
  const tableOf = (link: string) => (parent.via === undefined ? `${link}.` : `${link}_via.`);
  const columns = [
    `l.${unified}`,
    ...keyColumns(source, tableOf('l')),
    columnOr((parent.via ?? parent).dataSourceField, tableOf('l')),
  ];
  const ofTheirs =
    `SELECT m.${unified} FROM ${quoted(parent.object)} m${joinVia(parent, 'm', 'JOIN')} WHERE ` +
    namesOne(object, asked, tableOf('m'));
  // If a link's contact point cannot be seen, it may be another person's, and counts as such.
  const links = await lookUp(
    place,
    asked.sql(
      `SELECT ${named(columns)} FROM ${quoted(parent.object)} ` +
        `l${joinVia(parent, 'l', 'LEFT JOIN')} WHERE l.${unified} IN (${ofTheirs})`,
    ),
  );
  const mine = new Set(included.map(identityOf));
  const ours = new Set<string>();
  const mixed = new Set<string>();
  for (const [id = '', partyId = '', keyQualifier = '', dataSource = ''] of links) {
    const found = fit({ partyId, keyQualifier, dataSource }, siblings);
    if (found.whose === 'one' && mine.has(identityOf(found.candidate))) ours.add(id);
    else mixed.add(id);
  }
  return {
    leftOut: [...ours].filter((id) => mixed.has(id)).length,
    choose: ({ key }) => {
      if (mixed.has(key)) return 'other';
      return ours.has(key) ? 'own' : 'unclear';
    },
  };
}
