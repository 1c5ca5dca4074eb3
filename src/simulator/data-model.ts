import { typeOf, type FieldType } from './field-types.ts';
import type { CheckedSeed, ObjectNotes, Row } from './seed-shape.ts';
import { ALWAYS_THERE, LINEAGE, resolutionOf, STANDARD_OBJECTS } from './standard-model.ts';

/** One field of an object in a data space. */
export interface ModelField { readonly name: string; readonly label: string; readonly type: FieldType; readonly keyQualifier?: string }

/** One edge between two objects. */
export interface Edge {
  readonly from: string; readonly fromField: string; readonly to: string; readonly toField: string;
  readonly cardinality: 'NTOONE' | 'ONETOONE'; readonly active: boolean;
}

/** One object of a data space, with the rows that the seed gives it. */
export interface ModelObject {
  readonly name: string;
  readonly label: string;
  readonly category: string;
  readonly creation: 'Standard' | 'Custom';
  readonly enabled: boolean;
  readonly primaryKey: string;
  readonly fields: readonly ModelField[];
  readonly rows: readonly Row[];
}

/** One data space: its objects in the order of their names, and the edges between them. */
export interface DataSpace { readonly name: string; readonly objects: ReadonlyMap<string, ModelObject>; readonly edges: readonly Edge[] }

const INDIVIDUAL = ['ssot__Individual__dlm', 'Individual__dlm'];
const PERSON_FIELD = /(?:^|_)(?:PartyId__c|IndividualId__c|SoldToCustomerId__c)$|(?:PartyId|IndividualId)__c$/;
const LINK_FIELDS = ['SourceRecordId__c:Source Record', 'UnifiedRecordId__c:Unified Record', 'KQ_SourceRecordId__c:Key Qualifier Source Record', 'ssot__DataSourceId__c:Data Source', 'ssot__DataSourceObjectId__c:Data Source Object'];

/** The model of every data space of a seed: the standard model, what the seed notes, and the rest inferred from its rows. */
export function dataSpacesOf(seed: CheckedSeed): DataSpace[] {
  return Object.entries(seed.dataCloud).map(([name, rows]) => {
    const generated = seed.generate[name] ?? {};
    const old = 'Individual__dlm' in rows;
    const objectNames = [...new Set([...Object.keys(rows), ...Object.keys(generated), ...(old ? [] : ALWAYS_THERE)])].toSorted();
    const objects = new Map(objectNames.map((object) => [object, objectOf(object, rows[object] ?? [], seed.metadata[object], generated[object]?.fields ?? {})]));
    return { name, objects, edges: [...objects.values()].flatMap((object) => edgesOf(object, objects, seed.metadata[object.name])) };
  });
}

function objectOf(name: string, rows: readonly Row[], notes: ObjectNotes | undefined, generated: Readonly<Record<string, string | number | boolean>>): ModelObject {
  const standard = STANDARD_OBJECTS[name];
  const resolution = resolutionOf(name);
  const declared = new Map(declaredFields(name).map((line) => {
    const [field = '', label = field, type] = line.split(':');
    return [field, { label, type: type as FieldType | undefined }];
  }));
  const fieldNames = [...new Set([...declared.keys(), ...rows.flatMap((row) => Object.keys(row)), ...Object.keys(notes?.fields ?? {}), ...Object.keys(generated)])];
  const fields = fieldNames.map((field): ModelField => {
    const note = notes?.fields?.[field];
    const noted = typeof note === 'string' ? { label: note } : note;
    const qualifier = noted?.keyQualifier ?? [`KQ_${field.replace(/^ssot__/, '')}`].find((candidate) => fieldNames.includes(candidate));
    const made = generated[field];
    const inferred = typeOf(field, [...rows.map((row) => row[field]), typeof made === 'number' ? { digits: String(made) } : made]);
    const asNoted = noted?.type === undefined ? undefined : noted.type;
    return {
      name: field,
      label: noted?.label ?? declared.get(field)?.label ?? labelOf(field),
      type: inferred === undefined ? asNoted ?? declared.get(field)?.type ?? 'STRING' : asNoted === 'STRING' ? 'STRING' : inferred,
      ...(qualifier && qualifier !== field && { keyQualifier: qualifier }),
    };
  });
  return {
    name, fields, rows,
    label: notes?.label ?? standard?.label ?? resolutionLabel(name) ?? labelOf(name),
    category: notes?.category ?? standard?.category ?? (resolution ? 'Profile' : 'Related'),
    creation: (notes?.custom ?? !(standard || resolution)) ? 'Custom' : 'Standard',
    enabled: notes?.enabled ?? true,
    primaryKey: notes?.primaryKey ?? ['ssot__Id__c', 'Id__c', ...(resolution?.kind === 'link' ? ['SourceRecordId__c'] : []), `${name.replace(/__dlm$/, '')}Id__c`].find((key) => fieldNames.includes(key)) ?? fieldNames[0] ?? 'ssot__Id__c',
  };
}

function declaredFields(name: string): readonly string[] {
  const standard = STANDARD_OBJECTS[name];
  if (standard) return [...LINEAGE, ...standard.fields];
  const resolution = resolutionOf(name);
  if (resolution?.kind === 'link') return LINK_FIELDS;
  if (resolution?.kind === 'unified') return ['ssot__Id__c:Id', ...(STANDARD_OBJECTS[resolution.source]?.fields.filter((field) => !field.startsWith('KQ_')) ?? [])];
  return [];
}

function resolutionLabel(name: string): string | undefined {
  const resolution = resolutionOf(name);
  if (!resolution) return undefined;
  const source = STANDARD_OBJECTS[resolution.source]?.label ?? resolution.source;
  return [resolution.kind === 'link' ? 'Unified Link' : 'Unified', source, resolution.ruleset].filter((part) => part !== '').join(' ');
}

/** `Warranty Number` for `WarrantyNumber__c`. */
export const labelOf = (name: string): string => name
  .replace(/^ssot__/, '').replace(/^KQ_/, 'Key Qualifier ').replace(/_+(?:c|dlm|dll|cio)$/, '')
  .replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/_+/g, ' ').replace(/ Id$/, '');

function edgesOf(object: ModelObject, objects: ReadonlyMap<string, ModelObject>, notes: ObjectNotes | undefined): Edge[] {
  const keyOf = (name: string) => objects.get(name)?.primaryKey ?? 'ssot__Id__c';
  const edge = (fromField: string, to: string, rest: Partial<Edge> = {}): Edge => ({ from: object.name, fromField, to, toField: keyOf(to), cardinality: 'NTOONE', active: true, ...rest });
  if (notes?.relationships) {
    return notes.relationships.map(({ field, to, toField, cardinality, active }) => edge(field, to, {
      ...(toField !== undefined && { toField }), ...(active !== undefined && { active }), ...(cardinality && { cardinality }),
    }));
  }
  const standard = STANDARD_OBJECTS[object.name];
  if (standard) {
    const declared = (standard.edges ?? []).map((line) => {
      const [, field = '', to = '', inactive] = /^(\S+) > (\S+)( inactive)?$/.exec(line) ?? [];
      return edge(field, to, { active: inactive === undefined });
    }).filter(({ to, active }) => objects.has(to) || !active);
    const known = new Set(declared.map(({ fromField }) => fromField));
    return [...declared, ...inferredEdges(object, objects, edge).filter(({ fromField }) => !known.has(fromField) && !standardField(object.name, fromField))];
  }
  const resolution = resolutionOf(object.name);
  if (resolution?.kind === 'unified') return [];
  if (resolution) {
    const source = objects.has(resolution.source) ? resolution.source : resolution.source.replace(/^ssot__/, '');
    return [
      { from: source, fromField: keyOf(source), to: object.name, toField: 'SourceRecordId__c', cardinality: 'ONETOONE', active: true },
      ...(objects.has(resolution.unified) ? [edge('UnifiedRecordId__c', resolution.unified)] : []),
    ];
  }
  return inferredEdges(object, objects, edge);
}

const standardField = (object: string, field: string): boolean => declaredFields(object).some((line) => line.startsWith(`${field}:`));

function inferredEdges(object: ModelObject, objects: ReadonlyMap<string, ModelObject>, edge: (field: string, to: string) => Edge): Edge[] {
  const individual = INDIVIDUAL.find((name) => objects.has(name));
  return object.fields.filter(({ name }) => name !== object.primaryKey && !name.startsWith('KQ_')).flatMap(({ name }) => {
    if (PERSON_FIELD.test(name)) return individual === undefined || individual === object.name ? [] : [edge(name, individual)];
    const stem = /^(?:ssot__)?(\w+)Id__c$/.exec(name)?.[1];
    const target = stem && [`ssot__${stem}__dlm`, `${stem}__dlm`].find((candidate) => objects.has(candidate) && candidate !== object.name);
    return target ? [edge(name, target)] : [];
  });
}
