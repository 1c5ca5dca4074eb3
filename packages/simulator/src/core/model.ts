import { labelOf, type ModelField } from '../store/data-space.ts';
import { typeOf, type FieldType } from '../store/field-types.ts';
import { AUDIT, STANDARD_SOBJECTS } from './standard.ts';
import { withSize } from './blob-text.ts';
import { API_USER } from './identity.ts';
import { withSystemFields } from './system-fields.ts';
import type { CheckedSeed, ObjectNotes, Row } from '../seed/shape.ts';

/** One field of an sObject. `referenceTo` names the objects that its value can refer to. */
export interface CoreField extends ModelField {
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  /** Whether SOQL returns the address of the content instead of the content. */
  readonly blob: boolean;
}

/** One sObject of the core, with its rows. */
export interface CoreObject {
  readonly name: string;
  readonly label: string;
  readonly custom: boolean;
  readonly fields: readonly CoreField[];
  readonly rows: readonly Row[];
  readonly children: readonly {
    readonly childSObject: string;
    readonly field: string;
    readonly relationshipName: string | null;
  }[];
}

/**
 * Every sObject of a seed: the standard ones, with or without rows, and those that the seed adds.
 */
export function coreObjectsOf(
  seed: CheckedSeed,
  dataSpaces: readonly string[],
): Map<string, CoreObject> {
  const spaces: Row[] = dataSpaces.map((name, index) => ({
    Id: `0vhxx00000000${String(index + 1).padStart(2, '0')}AAA`,
    Name: name,
    Label: name,
  }));
  const sees: Row = {
    Id: '000000000000000AAA',
    PermissionsViewAllData: true,
    PermissionsQueryAllFiles: true,
    PermissionsViewAllFields: true,
  };
  const users = seed.core.User ?? [];
  const rows: Readonly<Record<string, readonly Row[]>> = {
    Dataspace: spaces,
    UserPermissionAccess: [sees],
    ...seed.core,
    User: users.some(({ Id }) => Id === API_USER.Id) ? users : [...users, API_USER],
    FieldDefinition: [...definedFields(seed), ...(seed.core.FieldDefinition ?? [])],
  };
  const names = [...new Set([...Object.keys(STANDARD_SOBJECTS), ...Object.keys(rows)])].toSorted();
  const sized = (name: string): Row[] =>
    withSystemFields((rows[name] ?? []).map((row) => withSize(name, row)));
  const objects = names.map((name) => objectOf(name, sized(name), seed.metadata[name], names));
  return new Map(
    objects.map((object) => [
      object.name,
      { ...object, children: childrenOf(object.name, objects) },
    ]),
  );
}

/**
 * Objects with rows of field definitions, which clients compare with describe. A seed adds the
 * fields that describe hides.
 */
const COMPARED = ['Account', 'Contact', 'Individual', 'Lead', 'User'];

const definedFields = (seed: CheckedSeed): Row[] =>
  COMPARED.flatMap((object) =>
    ['Id', ...(seed.core[object] ?? []).flatMap((row) => Object.keys(row))]
      .filter((field, at, all) => all.indexOf(field) === at)
      .map((field) => ({
        Id: `${object}.${field}`,
        QualifiedApiName: field,
        EntityDefinitionId: object,
      })),
  );

/**
 * The lines of fields. A comma and white space separate lines; a bare comma separates the objects
 * of one reference.
 */
const linesOf = (fields: string): string[] => fields.split(/,\s+/);

function objectOf(
  name: string,
  rows: readonly Row[],
  notes: ObjectNotes | undefined,
  all: readonly string[],
): Omit<CoreObject, 'children'> {
  const lines = new Map(
    [
      `Id:${STANDARD_SOBJECTS[name]?.label ?? labelOf(name)} ID`,
      ...linesOf(STANDARD_SOBJECTS[name]?.fields ?? 'Name:Name'),
      ...linesOf(AUDIT),
    ].map((line) => [line.split(/[: ]/)[0] ?? line, line]),
  );
  const names = [
    ...new Set([
      ...lines.keys(),
      ...rows.flatMap((row) => Object.keys(row)),
      ...Object.keys(notes?.fields ?? {}),
    ]),
  ];
  const fields = names.map((field): CoreField => {
    const [, label = labelOf(field), type, targets] =
      /^\w+:([^:>]+?)(?::(\w+))?(?: > (\S+))?$/.exec(lines.get(field) ?? '') ?? [];
    const note = notes?.fields?.[field];
    const noted = typeof note === 'string' ? { label: note } : note;
    const referenceTo =
      targets?.split(',') ??
      notes?.relationships?.filter((it) => it.field === field).map(({ to }) => to) ??
      guessReference(name, field, all);
    return {
      name: field,
      label: noted?.label ?? label,
      referenceTo,
      blob: type === 'BLOB',
      type:
        type === 'BLOB'
          ? 'STRING'
          : (typeOf(
              field,
              rows.map((row) => row[field]),
            ) ??
            (type as FieldType | undefined) ??
            'STRING'),
      relationshipName: referenceTo.length === 0 ? null : relationshipTo(field),
    };
  });
  return {
    name,
    label: notes?.label ?? STANDARD_SOBJECTS[name]?.label ?? labelOf(name),
    custom: !(name in STANDARD_SOBJECTS),
    fields,
    rows,
  };
}

function guessReference(object: string, field: string, all: readonly string[]): string[] {
  const stem = field.replace(/(Id)?__c$/, '').replace(/Id$/, '');
  return stem === field || field === 'Id'
    ? []
    : [stem, `${stem}__c`].filter((name) => all.includes(name) && name !== object).slice(0, 1);
}

function childrenOf(
  name: string,
  objects: readonly Omit<CoreObject, 'children'>[],
): CoreObject['children'] {
  return objects.flatMap((child) =>
    child.fields
      .filter(({ referenceTo }) => referenceTo.includes(name))
      .map((field, index) => ({
        childSObject: child.name,
        field: field.name,
        relationshipName: relationshipFrom(child, index),
      })),
  );
}

/** The relationship name of a field: it leads from a record to the one that the field refers to. */
const relationshipTo = (field: string): string =>
  field.endsWith('__c') ? field.replace(/__c$/, '__r') : field.replace(/Id$/, '');

/**
 * The relationship name in the other direction: from a record to those that refer to it, by their
 * nth field.
 */
function relationshipFrom(
  { name, custom }: Pick<CoreObject, 'name' | 'custom'>,
  index: number,
): string {
  if (custom) return `${name.replace(/__c$/, '')}s__r`;
  return index === 0 ? plural(name) : `${plural(name)}${index}`;
}

const plural = (name: string): string =>
  name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
