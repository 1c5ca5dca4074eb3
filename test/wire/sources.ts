import type { Source } from './wire-case.ts';

const READ = '2026-11-28';
const file = (of: string, at: string, version: string): Source => ({
  of: `github.com/${of}`,
  at,
  version,
  read: READ,
});
const page = (at: string, of: string, version: string): Source => ({
  of: `developer.salesforce.com/docs/${of}`,
  at,
  version,
  read: READ,
});
const help = (id: string, at: string): Source => ({
  of: `help.salesforce.com ${id}`,
  at,
  version: 'as shown on that day',
  read: READ,
});

const GUIDE = 'data/data-cloud-query-guide/references/data-cloud-query-api-reference';

/** Where the answers of Salesforce's own APIs were seen. */
export const sources = {
  /** Salesforce's own client of Query Connect, run against real orgs. */
  mcpQuery: file('forcedotcom/datacloud-mcp-query', 'connect_api_dc_sql.py', '295ecb3'),
  pythonV2: file(
    'forcedotcom/salesforce-cdp-connector',
    'salesforce_datacloud_connector/tests/test_api_client.py',
    'bbd9e7a',
  ),
  pythonV1: file(
    'forcedotcom/salesforce-cdp-connector',
    'tests/test_query_result_parser.py',
    'bbd9e7a',
  ),
  pythonSignIn: file(
    'forcedotcom/salesforce-cdp-connector',
    'tests/test_authentication_helper.py',
    'bbd9e7a',
  ),
  jdbc: file(
    'forcedotcom/Salesforce-CDP-jdbc',
    'src/test/java/com/salesforce/cdp/queryservice/ResponseEnum.java',
    '9f5428c',
  ),
  jdbcToken: file(
    'forcedotcom/datacloud-jdbc',
    'jdbc-http/src/test/java/com/salesforce/datacloud/jdbc/auth/ResponseEnum.java',
    'dc6064e',
  ),
  jdbcRetry: file(
    'forcedotcom/datacloud-jdbc',
    'integration-test/src/test/java/com/salesforce/datacloud/jdbc/integration/ShadedJarIntegrationTest.java',
    'dc6064e',
  ),
  duckdb: file('clawdbotborges/duckdb-data360', 'test/unit/query_api_test.cpp', 'fda061a'),
  autodoc: file('valentinatihova/data360-autodoc', 'agent_docs/api_reference.md', 'c897b42'),
  autodocStreams: file('valentinatihova/data360-autodoc', 'tests/test_streams.py', 'c897b42'),
  autodocErrors: file(
    'valentinatihova/data360-autodoc',
    'data360_autodoc/fetcher/_http.py',
    'c897b42',
  ),
  autodocResilience: file(
    'valentinatihova/data360-autodoc',
    'agent_docs/api_reference.md, "Failure behavior"',
    'c897b42',
  ),
  autodocPackage: {
    of: 'PyPI: data360-autodoc',
    at: 'data360_autodoc/fetcher/_http.py',
    version: '0.4.1',
    read: READ,
  },
  airbyteRules: file(
    'airbytehq/airbyte',
    'airbyte-integrations/connectors/source-salesforce/source_salesforce/rate_limiting.py',
    '0442fc0',
  ),
  /** An answer of a real org, as reported. */
  invalidField: file('apache/camel-quarkus', 'issue 3022', 'as reported on 2021-08-20'),
  unfiltered: file('airbytehq/airbyte', 'issue 62877', 'as reported on 2025-07-09'),
  airbyteBulk: file(
    'airbytehq/airbyte',
    'airbyte-integrations/connectors/source-salesforce/unit_tests/integration/test_bulk_stream.py',
    '15054e0',
  ),
  airbyteJob: file(
    'airbytehq/airbyte',
    'airbyte-integrations/connectors/source-salesforce/unit_tests/resource/http/response/job_response.json',
    '390557a',
  ),
  simpleSalesforce: file(
    'simple-salesforce/simple-salesforce',
    'simple_salesforce/login.py',
    '9e96476',
  ),
  simpleLimits: file('simple-salesforce/simple-salesforce', 'simple_salesforce/api.py', '9e96476'),
  jsforce: file('jsforce/jsforce', 'src/connection.ts', '3.10.18'),
  /** A client of other hands, whose tests call these answers live ones. */
  streamsLive: {
    of: 'a public client that refreshes data streams after a load',
    at: 'list_streams, checked on an org of 289 streams',
    version: 'API v60.0 to v62.0',
    read: READ,
  },
  streamsTyped: {
    of: 'a public typed client of the Data 360 Connect API',
    at: 'type tests of data streams',
    version: 'API v66.0',
    read: READ,
  },

  connectGuide: page(
    'Query Connect API',
    `${GUIDE}/c360a-api-queryservices-overview.html`,
    'API v64.0 and later',
  ),
  connectUse: page(
    'Use case: query data',
    'data/connectapi/guide/query-use-case.html',
    'API v64.0 and later',
  ),
  sqlStatus: page(
    'ConnectApi.QuerySqlStatus',
    'platform/apex-ref/references/apex-ref/apex-connectapi-output-query-sql-status.html',
    'API v62.0 and later',
  ),
  v3Post: page('Submit an SQL query', `${GUIDE}/query-api-v3-post.html`, 'Query API V3'),
  v3Get: page('Get SQL Query Status', `${GUIDE}/query-api-v3-get-query.html`, 'Query API V3'),
  v3Rows: page('Get rows', `${GUIDE}/query-api-v3-get-rows.html`, 'Query API V3'),
  v2Guide: page('Query API V2', `${GUIDE}/c360a-api-query-v2.html`, 'Query API V2'),
  v2Next: {
    of: 'trailhead.salesforce.com, notice to customers',
    at: 'identifiers of the next batch change on 1 August 2026',
    version: 'Query API V2',
    read: READ,
  },
  statusCodes: page(
    'Query Services status codes',
    'atlas.en-us.252.0.c360a_api.meta/c360a_api/c360a_api_queryservices_statuscodes.htm',
    'release 252',
  ),
  profileMetadata: page(
    'Profile metadata',
    'atlas.en-us.252.0.c360a_api.meta/c360a_api',
    'release 252',
  ),
  universalId: page(
    'Universal ID Lookup',
    'atlas.en-us.252.0.c360a_api.meta/c360a_api',
    'release 252',
  ),
  tokenExchange: page(
    'Get started: exchange the access token',
    'atlas.en-us.252.0.c360a_api.meta/c360a_api',
    'release 252',
  ),
  dataSpaces: page(
    'CdpDataSpace.getAllDataSpaces(batchSize, offset, orderBy)',
    'platform/apex-ref/references/apex-ref/apex-connectapi-cdpdataspace-static-methods.html',
    'API v62.0 and later',
  ),
  consent: page(
    'Use the Consent API with Data 360',
    'atlas.en-us.264.0.api_rest.meta/api_rest/resources_consent_cdp_params.htm',
    'release 264',
  ),
  consentHelp: help('000397169', 'Consent API with Data 360: INVALID_ID_FIELD'),
  policyPost: page(
    'Compile Data for a Portability Request',
    'atlas.en-us.264.0.api_rest.meta/api_rest/resources_portability_post.htm',
    'release 264',
  ),
  policyGet: page(
    'Get the Status of Your Portability Request',
    'platform/api-rest/guide/resources-portability-get.html',
    'API v68.0',
  ),
  restErrors: page(
    'Status Codes and Error Responses',
    'atlas.en-us.api_rest.meta/api_rest/errorcodes.htm',
    'API v67.0',
  ),
  restQuery: page('Query', 'atlas.en-us.api_rest.meta/api_rest/resources_query.htm', 'API v62.0'),
  restDescribe: page(
    'sObject Describe',
    'atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm',
    'API v62.0',
  ),
  connectErrors: page(
    'Connect REST API: status codes',
    'atlas.en-us.chatterapi.meta/chatterapi/connect_error_responses.htm',
    'release 256',
  ),
  bulkCreate: page(
    'Create a Query Job',
    'atlas.en-us.api_asynch.meta/api_asynch/query_create_job.htm',
    'API v67.0',
  ),
  bulkInfo: page(
    'Get Information About a Query Job',
    'atlas.en-us.api_asynch.meta/api_asynch/query_get_one_job.htm',
    'API v67.0',
  ),
  bulkResults: page(
    'Get Results for a Query Job',
    'atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm',
    'API v67.0',
  ),
  s3List: {
    of: 'docs.aws.amazon.com/AmazonS3/latest/API',
    at: 'ListObjectsV2',
    version: '2006-03-01',
    read: READ,
  },
  s3Errors: {
    of: 'docs.aws.amazon.com/AmazonS3/latest/API',
    at: 'Error Responses',
    version: '2006-03-01',
    read: READ,
  },
  http: {
    of: 'rfc-editor.org/rfc/rfc9110',
    at: 'sections 8.4 (content coding) and 15.4 (redirection)',
    version: 'RFC 9110',
    read: READ,
  },
} as const satisfies Readonly<Record<string, Source>>;
