import type { ListedObject, PersonObject, Ruleset } from '../../../contract/object-map.ts';
import type { Entity } from '../../../salesforce/metadata.ts';
import { childrenOf, keyFieldOf, looksLikePerson, primaryKeyOf } from './model-names.ts';
import { byUnified } from './unified-objects.ts';

/**
 * Calculated insights that are counted by person, and those whose dimension for the person is
 * unclear.
 */
export interface InsightObjects {
  readonly reached: readonly PersonObject[];
  readonly unclear: readonly ListedObject[];
}

const asObject = ({
  name,
  label,
  fields,
}: Entity): Pick<PersonObject, 'name' | 'label' | 'fields'> => ({
  name,
  label,
  fields: fields.map((field) => ({ name: field.name, label: field.label, type: field.type })),
});

/**
 * The insights whose dimension is the individual, or a unified individual that the rulesets make.
 * Their edges may lack fields. Then the dimension is the only one, or the only one that is named
 * like a person.
 */
export function insightObjects(
  insights: readonly Entity[],
  individual: Entity,
  rulesets: readonly Ruleset[],
  known: ReadonlyMap<string, Entity>,
): InsightObjects {
  const reached: PersonObject[] = [];
  const unclear: ListedObject[] = [];
  for (const insight of insights) {
    const dimensionTo = (entity: Entity): string | null | undefined => {
      const told = childrenOf(entity.name, primaryKeyOf(entity), insight.edges).find(
        ({ object }) => object === insight.name,
      );
      if (told !== undefined) return told.field;
      return insight.relatesTo?.includes(entity.name)
        ? (personDimension(insight) ?? null)
        : undefined;
    };
    const ways = [
      { entity: individual, ruleset: undefined },
      ...rulesets.flatMap((ruleset) => {
        const entity = ruleset.unified === null ? undefined : known.get(ruleset.unified);
        return entity === undefined ? [] : [{ entity, ruleset }];
      }),
    ];
    const found = ways
      .map(({ entity, ruleset }) => ({ ruleset, field: dimensionTo(entity) }))
      .find(({ field }) => field !== undefined);
    if (found?.field === undefined) continue;
    if (found.field === null) {
      unclear.push({
        object: insight.name,
        label: insight.label,
        why: 'it is counted by person, but its metadata do not tell by which dimension',
      });
    } else if (found.ruleset === undefined) {
      reached.push({
        ...asObject(insight),
        reach: 'direct',
        personFields: [keyFieldOf(insight, found.field)],
        dataSourceField: null,
      });
    } else {
      reached.push({
        ...asObject(insight),
        dataSourceField: null,
        ...byUnified(found.ruleset, found.field),
      });
    }
  }
  return { reached, unclear };
}

function personDimension({ dimensions = [] }: Entity): string | undefined {
  const named = dimensions.filter(
    (name) => looksLikePerson(name) || /Individual|Customer|Party|Subscriber/i.test(name),
  );
  if (named.length === 1) return named[0];
  return dimensions.length === 1 ? dimensions[0] : undefined;
}
