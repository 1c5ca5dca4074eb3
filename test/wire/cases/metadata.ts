import { sources } from '../sources.ts';
import { empty, json, ok, page, type WireApi } from '../wire-case.ts';

const email = {
  name: 'ssot__ContactPointEmail__dlm',
  displayName: 'Contact Point Email',
  category: 'Profile',
  fields: [
    {
      name: 'ssot__Id__c',
      displayName: 'Contact Point Email Id',
      type: 'STRING',
      businessType: 'TEXT',
      keyQualifier: 'KQ_Id__c',
    },
    {
      name: 'ssot__PartyId__c',
      displayName: 'Party',
      type: 'STRING',
      keyQualifier: 'KQ_PartyId__c',
    },
  ],
  indexes: [{ fields: [{ name: 'ssot__EmailAddress__c', type: 'STRING' }] }],
  primaryKeys: [{ name: 'ssot__Id__c', displayName: 'Contact Point Email Id', indexOrder: '1' }],
  relationships: [
    {
      fromEntity: 'ssot__ContactPointEmail__dlm',
      toEntity: 'ssot__Individual__dlm',
      fromEntityAttribute: 'ssot__PartyId__c',
      toEntityAttribute: 'ssot__Id__c',
      cardinality: 'NTOONE',
    },
  ],
};

export default {
  api: 'Metadata: /ssot/metadata',
  connectors: ['data-cloud'],
  ask: (at) => at.salesforce.entities('default'),
  cases: [
    {
      rule: 'reads fields, keys and edges of an object',
      source: sources.profileMetadata,
      answers: {
        'GET ssot/metadata?entityType=DataModelObject&dataspace=default': ok({ metadata: [email] }),
      },
      gives: [
        {
          name: 'ssot__ContactPointEmail__dlm',
          label: 'Contact Point Email',
          category: 'Profile',
          primaryKey: 'ssot__Id__c',
          fields: [
            {
              name: 'ssot__Id__c',
              label: 'Contact Point Email Id',
              type: 'STRING',
              keyQualifier: 'KQ_Id__c',
            },
            {
              name: 'ssot__PartyId__c',
              label: 'Party',
              type: 'STRING',
              keyQualifier: 'KQ_PartyId__c',
            },
          ],
          edges: [
            {
              from: 'ssot__ContactPointEmail__dlm',
              fromField: 'ssot__PartyId__c',
              to: 'ssot__Individual__dlm',
              toField: 'ssot__Id__c',
              cardinality: 'NTOONE',
            },
          ],
        },
      ],
    },
    {
      rule: 'reads an object of an old org, whose fields have no labels and no keys',
      source: sources.jdbc,
      answers: {
        'GET ssot/metadata': ok({
          metadata: [
            {
              name: 'ContactPointEmail__dlm',
              category: 'Profile',
              fields: [
                { name: 'EmailAddress__c', type: 'STRING' },
                { name: 'PartyId__c', type: 'STRING' },
              ],
              relationships: [
                {
                  fromEntity: 'ContactPointEmail__dlm',
                  toEntity: 'Individual__dlm',
                  fromEntityAttribute: 'PartyId__c',
                  toEntityAttribute: 'Id__c',
                  cardinality: 'NTOONE',
                },
              ],
            },
          ],
        }),
      },
      gives: [
        {
          name: 'ContactPointEmail__dlm',
          label: 'ContactPointEmail__dlm',
          category: 'Profile',
          primaryKey: null,
          fields: [
            {
              name: 'EmailAddress__c',
              label: 'EmailAddress__c',
              type: 'STRING',
              keyQualifier: null,
            },
            { name: 'PartyId__c', label: 'PartyId__c', type: 'STRING', keyQualifier: null },
          ],
          edges: [
            {
              from: 'ContactPointEmail__dlm',
              fromField: 'PartyId__c',
              to: 'Individual__dlm',
              toField: 'Id__c',
              cardinality: 'NTOONE',
            },
          ],
        },
      ],
    },
    {
      rule: 'reads an insight by its dimensions, whose edges tell no fields',
      source: sources.jdbc,
      ask: (at) => at.salesforce.entities('default', undefined, 'CalculatedInsight'),
      answers: {
        'GET ssot/metadata?entityType=CalculatedInsight': ok({
          metadata: [
            {
              name: 'Spend__cio',
              displayName: 'Spend',
              dimensions: [{ name: 'customer__c', displayName: 'Customer', type: 'STRING' }],
              measures: [{ name: 'spend__c', displayName: 'Spend', type: 'NUMBER' }],
              relationships: [{ fromEntity: 'Spend__cio', toEntity: 'UnifiedIndividual__dlm' }],
            },
          ],
        }),
      },
      gives: [
        {
          name: 'Spend__cio',
          label: 'Spend',
          category: '',
          primaryKey: null,
          edges: [],
          dimensions: ['customer__c'],
          relatesTo: ['UnifiedIndividual__dlm'],
          fields: [
            { name: 'customer__c', label: 'Customer', type: 'STRING', keyQualifier: null },
            { name: 'spend__c', label: 'Spend', type: 'NUMBER', keyQualifier: null },
          ],
        },
      ],
    },
    {
      rule: 'knows an org without insights, whichever way it says so',
      source: sources.autodocPackage,
      guess: 'that the list may be left out, as where other lists here are empty',
      ask: (at) => at.salesforce.entities('default', undefined, 'CalculatedInsight'),
      answers: { 'GET ssot/metadata': ok({}) },
      gives: [],
    },
    {
      rule: 'knows no objects from an answer without a body',
      source: sources.autodocPackage,
      guess: 'that this listing answers 204 too, as that of edges does',
      answers: { 'GET ssot/metadata': empty() },
      gives: [],
    },
    {
      rule: 'does not take an answer of another kind for none',
      source: sources.autodocErrors,
      answers: { 'GET ssot/metadata': ok({ objects: [email] }) },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
    {
      rule: 'says what a page in place of data means',
      source: [sources.autodocErrors, sources.jdbc],
      answers: { 'GET ssot/metadata': page() },
      fails: {
        kind: 'unreadable',
        status: 200,
        code: 'NOT_JSON',
        action: /page came in place of data/,
      },
    },
    {
      rule: 'asks for a permission where it is refused',
      source: sources.restErrors,
      answers: {
        'GET ssot/metadata': json(403, [
          { errorCode: 'FUNCTIONALITY_NOT_ENABLED', message: 'not for Ana' },
        ]),
      },
      fails: { kind: 'denied', status: 403, code: 'FUNCTIONALITY_NOT_ENABLED' },
    },
  ],
} satisfies WireApi;
