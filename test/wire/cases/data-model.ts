import { sources } from '../sources.ts';
import { empty, json, ok, type WireApi } from '../wire-case.ts';

const EMAIL = 'ssot__ContactPointEmail__dlm';
const edge = {
  name: 'ContactPointEmail_Party_map_Individual_Id_N_1',
  cardinality: 'ManyToOne',
  status: 'ACTIVE',
  sourceObject: { name: EMAIL, label: 'Contact Point Email', keyQualifierField: null },
  sourceField: { name: 'ssot__PartyId__c', label: 'Party', type: 'MktDataModelField' },
  targetObject: { name: 'ssot__Individual__dlm', label: 'Individual' },
  targetField: { name: 'ssot__Id__c', type: 'MktDataModelField' },
};
const read = {
  from: EMAIL,
  fromField: 'ssot__PartyId__c',
  to: 'ssot__Individual__dlm',
  toField: 'ssot__Id__c',
  cardinality: 'NTOONE',
  active: true,
};
const mapping = {
  sourceEntityDeveloperName: 'Contact_Home__dll',
  sourceEntityLabel: 'Contact',
  targetEntityDeveloperName: EMAIL,
  fieldMappings: [
    { sourceFieldDeveloperName: 'Email_c__c', targetFieldDeveloperName: 'ssot__EmailAddress__c' },
  ],
};
const RELATIONSHIPS = `GET ssot/data-model-objects/${EMAIL}/relationships`;
const MAPPINGS = `GET ssot/data-model-object-mappings`;
const mappings = {
  ask: (at: Parameters<WireApi['ask']>[0]) => at.salesforce.mappings('default', EMAIL),
};

export default {
  api: 'Data model: relationships and mappings',
  connectors: ['data-cloud'],
  ask: (at) => at.salesforce.relationships('default', EMAIL),
  cases: [
    {
      rule: 'reads an edge with its ends',
      source: sources.autodoc,
      answers: { [RELATIONSHIPS]: ok({ relationships: [edge] }) },
      gives: [read],
    },
    {
      rule: 'tells an edge that nobody switched on',
      source: sources.autodoc,
      answers: { [RELATIONSHIPS]: ok({ relationships: [{ ...edge, status: 'INACTIVE' }] }) },
      gives: [{ ...read, active: false }],
    },
    {
      rule: 'takes no body for no edges',
      source: sources.autodocPackage,
      answers: { [RELATIONSHIPS]: empty() },
      gives: [],
    },
    {
      rule: 'takes a list that is left out for no edges',
      source: sources.autodoc,
      guess: 'that `{}` stands for an empty list',
      answers: { [RELATIONSHIPS]: ok({}) },
      gives: [],
    },
    {
      rule: 'passes over an edge without its ends',
      source: { ...sources.autodoc, at: 'tests/test_metadata.py' },
      answers: {
        [RELATIONSHIPS]: ok({
          relationships: [{ status: 'ACTIVE', sourceField: { name: 'Id__c', type: 'Text' } }, edge],
        }),
      },
      gives: [read],
    },
    {
      rule: 'follows the link to the next page, on our own host',
      source: sources.autodoc,
      answers: {
        [`${RELATIONSHIPS}?limit=500`]: ok({
          relationships: [edge],
          nextPageUrl: `https://elsewhere.example/services/data/v67.0/ssot/data-model-objects/${EMAIL}/relationships?page=2`,
        }),
        [`${RELATIONSHIPS}?page=2`]: ok({ relationships: [{ ...edge, status: null }] }),
      },
      gives: [read, read],
    },
    {
      rule: 'does not go round in circles',
      source: sources.autodocErrors,
      answers: {
        [`${RELATIONSHIPS}?limit=500`]: ok({
          relationships: [edge],
          nextPageUrl: `/services/data/v67.0/ssot/data-model-objects/${EMAIL}/relationships?page=2`,
        }),
        [`${RELATIONSHIPS}?page=2`]: ok({
          relationships: [edge],
          nextPageUrl: `/services/data/v67.0/ssot/data-model-objects/${EMAIL}/relationships?page=2`,
        }),
      },
      fails: { kind: 'unreadable', code: 'ENDLESS_PAGES' },
    },
    {
      ...mappings,
      rule: 'reads which lake object fills which fields',
      source: sources.autodoc,
      answers: {
        [`${MAPPINGS}?dataspace=default&dmoDeveloperName=${EMAIL}`]: ok({
          objectSourceTargetMaps: [mapping],
        }),
      },
      gives: [{ lake: 'Contact_Home__dll', label: 'Contact', fields: ['ssot__EmailAddress__c'] }],
    },
    {
      ...mappings,
      rule: 'takes 404 for no mappings',
      source: sources.autodocPackage,
      answers: {
        [MAPPINGS]: json(404, [
          { errorCode: 'NOT_FOUND', message: 'Object Source Target Map not found' },
        ]),
      },
      gives: [],
    },
    {
      ...mappings,
      rule: 'takes a list that is left out for no mappings',
      source: sources.autodoc,
      guess: 'that `{}` stands for an empty list; clients read the member as if it might be absent',
      answers: { [MAPPINGS]: ok({}) },
      gives: [],
    },
    {
      ...mappings,
      rule: 'reads a mapping without labels and fields',
      source: { ...sources.autodoc, at: 'tests/test_metadata.py' },
      answers: {
        [MAPPINGS]: ok({
          objectSourceTargetMaps: [
            { sourceEntityDeveloperName: 'Other__dll', targetEntityDeveloperName: EMAIL },
          ],
        }),
      },
      gives: [{ lake: 'Other__dll', label: 'Other__dll', fields: [] }],
    },
    {
      ...mappings,
      rule: 'does not take an answer of another kind for none',
      source: sources.autodocErrors,
      answers: { [MAPPINGS]: ok({ maps: [mapping] }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
  ],
} satisfies WireApi;
