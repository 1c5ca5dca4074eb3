import type { CoreField, CoreObject } from './model.ts';
import { STANDARD_SOBJECTS } from './standard.ts';
import { TYPE_NAMES } from '../store/field-types.ts';
import { json, Refusal, type Call, type Route } from '../server/http.ts';
import { findObject } from './soql-to-sql.ts';

const DATA = '/services/data/:version';
/** Fields that Salesforce sets and nobody can write. */
const SYSTEM =
  /^(?:Id|CreatedDate|CreatedById|LastModifiedDate|LastModifiedById|SystemModstamp|IsDeleted)$/;
const LENGTHS: Readonly<Record<string, number>> = { id: 18, reference: 18, email: 80, string: 255 };
const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  double: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  boolean: 'xsd:boolean',
  base64: 'xsd:base64Binary',
};

/**
 * The list of sObjects, the short form of one, and its full form.
 *
 * @see REST API Developer Guide, "Describe Global", "sObject Basic Information", "sObject
 *   Describe"; SOAP API Developer Guide, DescribeSObjectResult; read 2026-11. A strict client of
 *   the model, such as github.com/singer-io/tap-salesforce, needs `nillable`, `type`, `calculated`
 *   and others on every field.
 */
export function describeRoutes(objects: ReadonlyMap<string, CoreObject>): Route[] {
  const found = (call: Call): CoreObject => {
    const object = findObject(objects, call.params.name ?? '');
    if (object !== undefined) return object;
    const missing = { message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' };
    throw new Refusal(json(404, [missing]));
  };
  const version = (call: Call): string => call.params.version ?? '';
  return [
    {
      method: 'GET',
      path: `${DATA}/sobjects`,
      handle: (call) => {
        const sobjects = [...objects.values()].map((object) => summaryOf(object, version(call)));
        return json(200, { encoding: 'UTF-8', maxBatchSize: 200, sobjects });
      },
    },
    {
      method: 'GET',
      path: `${DATA}/sobjects/:name`,
      handle: (call) =>
        json(200, { objectDescribe: summaryOf(found(call), version(call)), recentItems: [] }),
    },
    {
      method: 'GET',
      path: `${DATA}/sobjects/:name/describe`,
      handle: (call) => json(200, describe(found(call), version(call))),
    },
  ];
}

/** The type of a field in describe. */
export function describedType({ name, type, referenceTo, blob }: CoreField): string {
  if (name === 'Id') return 'id';
  if (referenceTo.length > 0) return 'reference';
  if (/email/i.test(name) && type === 'STRING') return 'email';
  return blob ? 'base64' : TYPE_NAMES[type].describe;
}

function summaryOf({ name, label, custom }: CoreObject, version: string): object {
  const at = `/services/data/${version}/sobjects/${name}`;
  return {
    name,
    label,
    labelPlural: `${label}s`,
    custom,
    customSetting: false,
    queryable: true,
    retrieveable: true,
    replicateable: true,
    searchable: true,
    createable: false,
    updateable: false,
    deletable: false,
    undeletable: false,
    mergeable: false,
    triggerable: false,
    layoutable: false,
    feedEnabled: false,
    mruEnabled: false,
    deprecatedAndHidden: false,
    keyPrefix: STANDARD_SOBJECTS[name]?.prefix ?? null,
    urls: { sobject: at, describe: `${at}/describe`, rowTemplate: `${at}/{ID}` },
  };
}

const describe = (object: CoreObject, version: string): object => ({
  ...summaryOf(object, version),
  fields: object.fields.map(fieldOf),
  childRelationships: object.children.map((child) => ({
    ...child,
    cascadeDelete: false,
    restrictedDelete: false,
    deprecatedAndHidden: false,
    junctionIdListNames: [],
    junctionReferenceTo: [],
  })),
  recordTypeInfos: [],
});

function fieldOf(field: CoreField): object {
  const { name, label, referenceTo, relationshipName, blob } = field;
  const type = describedType(field);
  const length = LENGTHS[type] ?? 0;
  return {
    name,
    label,
    type,
    soapType: SOAP_TYPES[type] ?? 'xsd:string',
    length,
    byteLength: length * 3,
    precision: type === 'double' ? 18 : 0,
    scale: type === 'double' ? 2 : 0,
    digits: 0,
    custom: name.endsWith('__c'),
    nillable: !SYSTEM.test(name) && type !== 'boolean',
    filterable: !blob,
    sortable: !blob,
    groupable: !blob && type !== 'double' && type !== 'datetime',
    aggregatable: !blob && type !== 'boolean',
    createable: false,
    updateable: false,
    defaultedOnCreate: SYSTEM.test(name),
    calculated: false,
    autoNumber: false,
    unique: false,
    idLookup: name === 'Id',
    externalId: false,
    caseSensitive: false,
    encrypted: false,
    nameField: name === 'Name',
    namePointing: referenceTo.length > 1,
    polymorphicForeignKey: referenceTo.length > 1,
    restrictedPicklist: false,
    dependentPicklist: false,
    picklistValues: [],
    deprecatedAndHidden: false,
    permissionable: !SYSTEM.test(name),
    defaultValue: null,
    inlineHelpText: null,
    compoundFieldName: null,
    referenceTo,
    relationshipName,
  };
}
