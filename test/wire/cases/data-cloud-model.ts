import { mapObjects } from '../../../src/connectors/data-cloud/model/discover.ts';
import { withoutReached } from '../../../src/connectors/data-cloud/model/left-out.ts';
import { readModel } from '../../../src/connectors/data-cloud/model/space-model.ts';
import { sources } from '../sources.ts';
import { empty, json, ok, page, type Answers, type WireApi } from '../wire-case.ts';

const [INDIVIDUAL, EMAIL] = ['ssot__Individual__dlm', 'ssot__ContactPointEmail__dlm'];
const edge = {
  fromEntity: EMAIL,
  toEntity: INDIVIDUAL,
  fromEntityAttribute: 'ssot__PartyId__c',
  toEntityAttribute: 'ssot__Id__c',
  cardinality: 'NTOONE',
};
const entity = (name: string, more: object = {}) => ({
  name,
  displayName: name,
  category: 'Profile',
  fields: [{ name: 'ssot__Id__c', type: 'STRING' }],
  primaryKeys: [{ name: 'ssot__Id__c', indexOrder: '1' }],
  relationships: [edge],
  ...more,
});
const email = entity(EMAIL, {
  fields: [
    { name: 'ssot__Id__c', type: 'STRING' },
    { name: 'ssot__PartyId__c', type: 'STRING' },
    { name: 'ssot__EmailAddress__c', type: 'STRING' },
  ],
});
const stream = (lake: string, connectorInfo?: object) => ({
  name: lake.replace('__dll', ''),
  dataLakeObjectInfo: { name: lake, label: lake },
  ...(connectorInfo && { connectorInfo }),
});
const home = {
  connectorType: 'SalesforceDotCom',
  connectorDetails: { name: 'SalesforceDotCom_Home' },
};
const mapped = (lake: string) =>
  ok({
    objectSourceTargetMaps: [
      {
        sourceEntityDeveloperName: lake,
        fieldMappings: [{ targetFieldDeveloperName: 'ssot__PartyId__c' }],
      },
    ],
  });
const refused = (status: number, errorCode: string) =>
  json(status, [{ errorCode, message: 'about Ana' }]);

/**
 * What metadata tell where nothing is refused: an individual with addresses, each fed by one lake
 * object.
 */
const whole: Answers = {
  'GET ssot/metadata?entityType=DataModelObject': ok({ metadata: [entity(INDIVIDUAL), email] }),
  'GET ssot/metadata?entityType=CalculatedInsight': ok({ metadata: [] }),
  'GET ssot/metadata?entityType=DataLakeObject': ok({ metadata: [] }),
  'GET ssot/data-streams': ok({ dataStreams: [stream('Contact_Home__dll', home)], totalSize: 1 }),
  'GET ssot/data-model-objects/*/relationships': empty(),
  [`GET ssot/data-model-object-mappings?dmoDeveloperName=${INDIVIDUAL}`]:
    mapped('Contact_Home__dll'),
  [`GET ssot/data-model-object-mappings?dmoDeveloperName=${EMAIL}`]: mapped('Contact_Home__dll'),
};

export default {
  api: 'The whole model of a data space',
  connectors: ['data-cloud'],
  always: whole,
  ask: async (at) => {
    const map = mapObjects(await readModel(at.salesforce, 'default'), {
      exclude: [],
      rulesets: 'auto',
    });
    return {
      objects: map.objects.map(({ name }) => name),
      sources: map.sources?.map(({ source }) => source),
      unnamed: map.unnamedStreams,
      unreachable: map.unreachable.map(({ object }) => object),
      notes: map.notes,
    };
  },
  cases: [
    {
      rule: 'knows objects and sources',
      source: [sources.autodoc, sources.streamsLive],
      answers: {
        'GET ssot/data-streams': ok({
          dataStreams: [stream('Contact_Home__dll', home)],
          totalSize: 1,
        }),
      },
      gives: {
        objects: [INDIVIDUAL, EMAIL],
        sources: ['SalesforceDotCom_Home'],
        unnamed: [],
        unreachable: [],
        notes: [],
      },
    },
    {
      rule: 'names a stream that tells no source, and what it feeds',
      source: sources.autodocStreams,
      answers: { 'GET ssot/data-streams': ok({ dataStreams: [stream('Mystery__dll')] }) },
      gives: {
        objects: [INDIVIDUAL, EMAIL],
        sources: [],
        unnamed: ['Mystery'],
        unreachable: ['Mystery__dll'],
        notes: [],
      },
    },
    {
      rule: 'does not list a lake object that another data space reaches, whoever feeds it',
      source: sources.autodocStreams,
      answers: { 'GET ssot/data-streams': ok({ dataStreams: [stream('Contact_Home__dll')] }) },
      ask: async (at) => {
        const model = await readModel(at.salesforce, 'default');
        const maps = [model, { ...model, dataSpace: 'brand_b', mappings: {} }].map((it) =>
          mapObjects(it, { exclude: [], rulesets: 'auto' }),
        );
        return [
          maps.map((map) => map.unreachable.length),
          withoutReached(maps).map((map) => map.unreachable.length),
        ];
      },
      gives: [
        [0, 1],
        [0, 0],
      ],
    },
    {
      rule: 'goes on without the relationships of one object that are refused, and says so',
      source: sources.autodocResilience,
      answers: {
        [`GET ssot/data-model-objects/${EMAIL}/relationships`]: refused(403, 'INSUFFICIENT_ACCESS'),
      },
      gives: {
        objects: [INDIVIDUAL, EMAIL],
        sources: ['SalesforceDotCom_Home'],
        unnamed: [],
        unreachable: [],
        notes: [
          `The relationships in data space default of ${EMAIL} (access was refused) could ` +
            'not be read: objects that these alone lead to are not exported.',
        ],
      },
    },
    {
      rule: 'goes on without the mappings of one object that are refused, and says so',
      source: sources.autodocResilience,
      answers: {
        [`GET ssot/data-model-object-mappings?dmoDeveloperName=${EMAIL}`]: refused(
          400,
          'INVALID_ARGUMENT',
        ),
      },
      gives: {
        objects: [INDIVIDUAL, EMAIL],
        sources: ['SalesforceDotCom_Home'],
        unnamed: [],
        unreachable: [],
        notes: [
          `The mappings in data space default of ${EMAIL} (the question was not accepted) could ` +
            'not be read: which lake objects fill them is not known.',
        ],
      },
    },
    {
      rule: 'goes on without streams that are a page, and says so',
      source: sources.autodocErrors,
      answers: { 'GET ssot/data-streams': page() },
      gives: {
        objects: [INDIVIDUAL, EMAIL],
        sources: [],
        unnamed: [],
        unreachable: [],
        notes: [
          'The data streams of data space default could not be read (the answer was not readable): which source feeds ' +
            'what is not known, and lake objects that no mapping reaches may not be listed.',
        ],
      },
    },
    {
      rule: 'does not go on where the server is down',
      source: sources.restErrors,
      answers: {
        [`GET ssot/data-model-objects/${EMAIL}/relationships`]: refused(503, 'SERVER_UNAVAILABLE'),
      },
      fails: { kind: 'unavailable', status: 503 },
    },
    {
      rule: 'asks for permissions where all of it is refused',
      source: sources.restErrors,
      answers: {
        'GET ssot/metadata?entityType=DataModelObject': refused(403, 'INSUFFICIENT_ACCESS'),
      },
      fails: { kind: 'denied', status: 403, action: /permission set for Data Cloud/ },
    },
  ],
} satisfies WireApi;
