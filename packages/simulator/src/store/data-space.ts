import type { FieldType } from './field-types.ts';
import type { Row } from '../seed/shape.ts';

/** One field of an object in a data space. */
export interface ModelField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly keyQualifier?: string;
}

/** One edge between two objects. */
export interface Edge {
  readonly from: string;
  readonly fromField: string;
  readonly to: string;
  readonly toField: string;
  readonly cardinality: 'NTOONE' | 'ONETOONE';
  readonly active: boolean;
}

/** One object of a data space, with the rows of the seed. */
export interface ModelObject {
  readonly name: string;
  readonly label: string;
  readonly category: string;
  readonly creation: 'Standard' | 'Custom';
  readonly enabled: boolean;
  readonly primaryKey: string;
  readonly fields: readonly ModelField[];
  readonly rows: readonly Row[];
  /** Data sources of rows that PostgreSQL generates. */
  readonly madeFrom: readonly string[];
}

/** One data space: its objects sorted by name, and the edges between them. */
export interface DataSpace {
  readonly name: string;
  readonly objects: ReadonlyMap<string, ModelObject>;
  readonly edges: readonly Edge[];
}

/** `Warranty Number` for `WarrantyNumber__c`. */
export const labelOf = (name: string): string =>
  name
    .replace(/^(?:ssot|std)__/, '')
    .replace(/^KQ_/, 'Key Qualifier ')
    .replace(/(?:Dmo|_std)?(?<!_)_+(?:c|dlm|dll|cio)$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/_+/g, ' ')
    .replace(/ Id$/, '');

/**
 * Spellings of a standard object's name: the legacy one, the standard one of the pages, the one of
 * their Markdown twins, and the one from before any prefix.
 *
 * @see Data 360 DMO and Mapping Guide, "Standard DMOs" and "SSOT DMOs"; read 2026-11
 */
export const spellingsOf = (stem: string): string[] => [
  `ssot__${stem}__dlm`,
  `std__${stem}Dmo__dlm`,
  `${stem}_std__dlm`,
  `${stem}__dlm`,
];

/**
 * Whether an object belongs to the model: it is neither a lake object (`__dll`) nor a calculated
 * insight (`__cio`).
 */
export const isModelObject = ({ name }: Pick<ModelObject, 'name'>): boolean =>
  !/__(?:dll|cio)$/.test(name);
/** Whether an object is a lake object that the seed has under its own name. */
export const isLakeObject = ({ name }: Pick<ModelObject, 'name'>): boolean =>
  name.endsWith('__dll');
