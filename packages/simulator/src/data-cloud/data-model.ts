import type { DataSpace, ModelField, ModelObject } from '../store/data-space.ts';
import { labelOf, spellingsOf } from '../store/data-space.ts';
import { edgesOf } from './edges.ts';
import { PEOPLE_OBJECTS } from '../seed/people.ts';
import { typeOf, type FieldType } from '../store/field-types.ts';
import type { CheckedSeed, ObjectNotes, Row } from '../seed/shape.ts';
import { ALWAYS_THERE, declaredFields, resolutionOf, STANDARD_OBJECTS } from './standard-model.ts';

/**
 * The model of every data space of a seed: the standard model and the seed's notes. The rest is
 * inferred from the rows.
 */
export function dataSpacesOf(seed: CheckedSeed): DataSpace[] {
  return Object.entries(seed.dataCloud).map(([name, rows]) => {
    const generated = seed.generate[name] ?? {};
    const people = seed.people?.dataSpace === name ? PEOPLE_OBJECTS : {};
    const madeFrom = (object: string): string[] => [
      ...[generated[object]?.dataSource ?? []].flat(),
      ...(people[object] ?? []),
    ];
    const old = spellingsOf('Individual')
      .slice(1)
      .some((spelling) => spelling in rows);
    const objectNames = [
      ...new Set([...Object.keys(rows), ...Object.keys(generated), ...(old ? [] : ALWAYS_THERE)]),
    ].toSorted();
    const objects = new Map(
      objectNames.map((object) => [
        object,
        {
          ...objectOf(
            object,
            rows[object] ?? [],
            seed.metadata[object],
            generated[object]?.fields ?? {},
          ),
          madeFrom: madeFrom(object),
        },
      ]),
    );
    return {
      name,
      objects,
      edges: [...objects.values()].flatMap((object) =>
        edgesOf(object, objects, seed.metadata[object.name]),
      ),
    };
  });
}

function objectOf(
  name: string,
  rows: readonly Row[],
  notes: ObjectNotes | undefined,
  generated: Readonly<Record<string, string | number | boolean>>,
): Omit<ModelObject, 'madeFrom'> {
  const standard = STANDARD_OBJECTS[name];
  const resolution = resolutionOf(name);
  const declared = new Map(
    declaredFields(name).map((line) => {
      const [told = '', label = told, type] = line.split(':');
      // In orgs from before the prefix, the fields of unified objects have none either.
      const field =
        resolution?.kind === 'unified' && rows.some((row) => 'Id__c' in row)
          ? told.replace('ssot__', '')
          : told;
      return [field, { label, type: type as FieldType | undefined }];
    }),
  );
  const fieldNames = [
    ...new Set([
      ...declared.keys(),
      ...rows.flatMap((row) => Object.keys(row)),
      ...Object.keys(notes?.fields ?? {}),
      ...Object.keys(generated),
    ]),
  ];
  const fields = fieldNames.map((field): ModelField => {
    const note = notes?.fields?.[field];
    const noted = typeof note === 'string' ? { label: note } : note;
    const qualifier =
      noted?.keyQualifier ??
      [`KQ_${field.replace(/^(?:ssot|std)__/, '')}`, field.replace(/^std__/, 'std__KQ_')].find(
        (candidate) => fieldNames.includes(candidate),
      );
    const made = generated[field];
    const inferred = typeOf(field, [
      ...rows.map((row) => row[field]),
      typeof made === 'number' ? { digits: String(made) } : made,
    ]);
    const asNoted = noted?.type === undefined ? undefined : noted.type;
    return {
      name: field,
      label: noted?.label ?? declared.get(field)?.label ?? labelOf(field),
      type:
        asNoted === 'STRING'
          ? 'STRING'
          : (inferred ?? asNoted ?? declared.get(field)?.type ?? 'STRING'),
      ...(qualifier && qualifier !== field && { keyQualifier: qualifier }),
    };
  });
  return {
    name,
    fields,
    rows,
    label: notes?.label ?? standard?.label ?? resolutionLabel(name) ?? labelOf(name),
    category: notes?.category ?? standard?.category ?? (resolution ? 'Profile' : 'Related'),
    creation: (notes?.custom ?? !(standard || resolution)) ? 'Custom' : 'Standard',
    enabled: notes?.enabled ?? true,
    primaryKey:
      notes?.primaryKey ??
      [
        'ssot__Id__c',
        'std__Id__c',
        'Id__c',
        ...(resolution?.kind === 'link' ? ['SourceRecordId__c', 'std__SourceRecordId__c'] : []),
        `${name.replace(/__dlm$/, '')}Id__c`,
      ].find((key) => fieldNames.includes(key)) ??
      fieldNames[0] ??
      'ssot__Id__c',
  };
}

function resolutionLabel(name: string): string | undefined {
  const resolution = resolutionOf(name);
  if (!resolution) return undefined;
  const source = STANDARD_OBJECTS[resolution.source]?.label ?? resolution.source;
  return [resolution.kind === 'link' ? 'Unified Link' : 'Unified', source, resolution.ruleset]
    .filter((part) => part !== '')
    .join(' ');
}
