import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import { fieldNamed, primaryKeyOf } from './model-names.ts';

/** What identity resolution unifies besides individuals. */
export const UNIFIED_POINTS = [
  'ContactPointEmail',
  'ContactPointPhone',
  'ContactPointAddress',
  'ContactPointApp',
  'PartyIdentification',
] as const;

/**
 * A name without the mark of its generation, in front, at the end or within:
 * `UnifiedLinkIndividualIr01` for `UnifiedLinkssotIndividualIr01__dlm`.
 */
function stemOf(name: string): string | undefined {
  if (!/__dlm$/i.test(name)) return undefined;
  return name
    .replace(/(?:_std)?__dlm$/i, '')
    .replace(/^(?:ssot|std)__/i, '')
    .replace(/^(Unified(?:Link)?)(?:ssot|std)_*(?=[A-Z])/i, '$1');
}

/** A ruleset's ID, from the text after a base, without `Dmo`; `default` if there is none. */
const rulesetIn = (rest: string): string =>
  rest
    .replace(/^_+/, '')
    .replace(/Dmo$/i, '')
    .replace(/^Dmo(?=[A-Z0-9])/, '') || 'default';

/** Objects that identity resolution makes. */
export const isUnified = (name: string): boolean => /^Unified(?!Link)/i.test(stemOf(name) ?? '');

/**
 * The ruleset of an object that links records of the object `base` to unified ones; nothing for any
 * other object.
 */
export function rulesetOfLink(name: string, base = 'Individual'): string | undefined {
  const found = new RegExp(`^UnifiedLink${base}(\\w*)$|^${base}IdentityLink(\\w*)$`, 'i').exec(
    stemOf(name) ?? '',
  );
  return found === null ? undefined : rulesetIn(found[1] ?? found[2] ?? '');
}

/** The object that unifies records of the object `base` by a ruleset. */
export function unifiedNamed(
  entities: readonly Entity[],
  base: string,
  ruleset: string,
): Entity | undefined {
  return entities.find(({ name }) => {
    const [, rest] =
      new RegExp(`^Unified(?!Link)${base}(\\w*)$`, 'i').exec(stemOf(name) ?? '') ?? [];
    return rest !== undefined && rulesetIn(rest) === ruleset;
  });
}

/**
 * The fields by which a link object ties a source record to a unified one; nothing for any other
 * object.
 */
export function linkFieldsOf(
  entity: Entity,
): { readonly source: string; readonly unified: string } | undefined {
  const [source, unified] = [
    fieldNamed(entity, 'SourceRecordId'),
    fieldNamed(entity, 'UnifiedRecordId'),
  ];
  return source === null || unified === null ? undefined : { source, unified };
}

/**
 * A link object with its fields, the ruleset that made it, and its unified object, if metadata
 * lists it.
 */
export interface LinkObject {
  readonly entity: Entity;
  readonly source: string;
  readonly unified: string;
  readonly ruleset: string;
  readonly unifiedObject: Entity | undefined;
}

/**
 * The link objects of an object's records: by edges, from its key to their source record, or by
 * their name if there are no edges. The other field of a link points at the unified object.
 */
export function linksOf(
  entities: readonly Entity[],
  edges: readonly Edge[],
  base: string,
  of: Entity,
): LinkObject[] {
  const key = primaryKeyOf(of);
  return entities.flatMap((entity): LinkObject[] => {
    const fields = linkFieldsOf(entity);
    if (fields === undefined) return [];
    const ends = (edge: Edge, a: readonly [string, string], b: readonly [string, string]) =>
      edge.from === a[0] && edge.fromField === a[1] && edge.to === b[0] && edge.toField === b[1];
    const told = edges.some(
      (edge) =>
        ends(edge, [of.name, key], [entity.name, fields.source]) ||
        ends(edge, [entity.name, fields.source], [of.name, key]),
    );
    const named = rulesetOfLink(entity.name, base);
    if (!told && named === undefined) return [];
    const to = edges.find(
      (edge) => edge.from === entity.name && edge.fromField === fields.unified,
    )?.to;
    const ruleset =
      named ??
      (to === undefined ? undefined : rulesetOfUnified(to, base)) ??
      entity.name.replace(/__dlm$/i, '');
    return [
      {
        entity,
        ...fields,
        ruleset,
        unifiedObject:
          entities.find(({ name }) => name === to) ?? unifiedNamed(entities, base, ruleset),
      },
    ];
  });
}

const rulesetOfUnified = (name: string, base: string): string | undefined => {
  const [, rest] = new RegExp(`^Unified(?!Link)${base}(\\w*)$`, 'i').exec(stemOf(name) ?? '') ?? [];
  return rest === undefined ? undefined : rulesetIn(rest);
};
