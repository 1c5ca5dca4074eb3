import { sources } from '../sources.ts';
import { json, ok, type WireApi } from '../wire-case.ts';

const lake = {
  name: 'Contact_Home__dll',
  label: 'Contact',
  category: 'Profile',
  eventDateTimeFieldName: null,
  dataLakeFieldInfoRepresentation: [{ name: 'Email_c', dataType: 'Text' }],
};
const stream = (more: object = {}) => ({
  name: 'Contact_Home',
  label: 'Contact',
  status: 'ACTIVE',
  recordId: '1ds000000000001',
  dataLakeObjectInfo: lake,
  ...more,
});
const connection = {
  connectorType: 'SalesforceDotCom',
  connectorDetails: { name: 'SalesforceDotCom_Home', sourceObject: 'Contact' },
};
const read = (source: string, connector = 'SalesforceDotCom') => ({
  name: 'Contact_Home',
  lake: 'Contact_Home__dll',
  label: 'Contact',
  source,
  connector,
});
const LIST = 'GET ssot/data-streams';

export default {
  api: 'Data streams: /ssot/data-streams',
  connectors: ['data-cloud'],
  ask: (at) => at.salesforce.dataStreams(),
  cases: [
    {
      rule: "names the source after the connection among the connector's details",
      source: sources.streamsLive,
      answers: {
        [LIST]: ok({ dataStreams: [stream({ connectorInfo: connection })], totalSize: 1 }),
      },
      gives: [read('SalesforceDotCom_Home')],
    },
    {
      rule: 'prefers the data source that the stream tells',
      source: sources.streamsTyped,
      answers: {
        [LIST]: ok({
          dataStreams: [stream({ dataSource: 'Salesforce_Home', connectorInfo: connection })],
          totalSize: 1,
        }),
      },
      gives: [read('Salesforce_Home')],
    },
    {
      rule: 'reads the data source in its other spelling',
      source: sources.streamsTyped,
      answers: {
        [LIST]: ok({
          dataStreams: [
            stream({
              datasource: 'AwsS3_Mail',
              connectorInfo: { connectorType: 'DataConnector', connectorDetails: { name: 'Mail' } },
            }),
          ],
          totalSize: 1,
        }),
      },
      gives: [read('AwsS3_Mail', 'DataConnector')],
    },
    {
      rule: 'reads a name on the connector itself',
      source: { ...sources.autodocPackage, at: 'tests/test_streams.py' },
      answers: {
        [LIST]: ok({
          dataStreams: [
            stream({ connectorInfo: { connectorType: 'IngestApi', name: 'Acme_Mail' } }),
          ],
        }),
      },
      gives: [read('Acme_Mail', 'IngestApi')],
    },
    {
      rule: 'leaves the source open where nothing names it',
      source: sources.autodocStreams,
      answers: {
        [LIST]: ok({
          dataStreams: [{ dataLakeObjectInfo: { name: 'Contact_Home__dll', label: 'Contact' } }],
        }),
      },
      gives: [
        {
          name: 'Contact_Home__dll',
          lake: 'Contact_Home__dll',
          label: 'Contact',
          source: '',
          connector: '',
        },
      ],
    },
    {
      rule: 'reads every lake object of a stream that feeds several',
      source: sources.streamsTyped,
      answers: {
        [LIST]: ok({
          dataStreams: [
            stream({
              dataLakeObjectInfo: [lake, { name: 'Lead_Home__dll', label: 'Lead' }],
              connectorInfo: connection,
            }),
          ],
        }),
      },
      gives: [
        read('SalesforceDotCom_Home'),
        { ...read('SalesforceDotCom_Home'), lake: 'Lead_Home__dll', label: 'Lead' },
      ],
    },
    {
      rule: 'follows the link to the next page, for a page holds ten by itself',
      source: [sources.streamsLive, sources.autodocStreams],
      answers: {
        [`${LIST}?limit=100`]: ok({
          dataStreams: [stream({ connectorInfo: connection })],
          totalSize: 2,
          nextPageUrl: '/services/data/v60.0/ssot/data-streams?offset=11',
        }),
        'GET v60.0/ssot/data-streams?offset=11': ok({
          dataStreams: [stream({ connectorInfo: connection })],
          totalSize: 2,
          nextPageUrl: null,
        }),
      },
      gives: [read('SalesforceDotCom_Home'), read('SalesforceDotCom_Home')],
    },
    {
      rule: 'goes on by offset where there are more in all and no link',
      source: sources.streamsLive,
      answers: {
        [LIST]: ok({ dataStreams: [stream({ connectorInfo: connection })], totalSize: 2 }),
        [`${LIST}?offset=1`]: ok({
          dataStreams: [stream({ connectorInfo: connection })],
          totalSize: 2,
        }),
      },
      gives: [read('SalesforceDotCom_Home'), read('SalesforceDotCom_Home')],
    },
    {
      rule: 'knows an org without streams',
      source: sources.autodocStreams,
      answers: { [LIST]: ok({ dataStreams: [] }) },
      gives: [],
    },
    {
      rule: 'knows an org without streams that leaves the list out',
      source: sources.autodocStreams,
      guess: 'that the list may be left out where it is empty',
      answers: { [LIST]: ok({ totalSize: 0, nextPageUrl: null }) },
      gives: [],
    },
    {
      rule: 'is denied where it is refused',
      source: sources.autodocStreams,
      answers: { [LIST]: json(403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }]) },
      fails: { kind: 'denied', status: 403, code: 'INSUFFICIENT_ACCESS' },
    },
  ],
} satisfies WireApi;
