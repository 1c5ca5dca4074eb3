import { sources } from '../sources.ts';
import { json, ok, type WireApi } from '../wire-case.ts';

const space = (name: string) => ({
  id: '0vhxx0000000001AAA',
  label: name,
  name,
  status: 'Active',
  description: 'A data space',
});
const LIST = 'GET ssot/data-spaces';

export default {
  api: 'Data spaces: /ssot/data-spaces',
  connectors: ['data-cloud'],
  ask: (at) => at.salesforce.dataSpaces(),
  cases: [
    {
      rule: 'reads the names of all',
      source: sources.dataSpaces,
      answers: { [LIST]: ok({ dataSpaces: [space('default'), space('brand_b')], totalSize: 2 }) },
      gives: ['default', 'brand_b'],
    },
    {
      rule: 'reads the pages behind the first',
      source: sources.dataSpaces,
      guess: 'how many a page holds where nobody asks',
      answers: {
        [`${LIST}?batchSize=200`]: ok({ dataSpaces: [space('default')], totalSize: 3 }),
        [`${LIST}?batchSize=200&offset=1`]: ok({
          dataSpaces: [space('brand_b'), space('brand_c')],
          totalSize: 3,
        }),
      },
      gives: ['default', 'brand_b', 'brand_c'],
    },
    {
      rule: 'follows a link to the next page',
      source: sources.autodocErrors,
      guess: 'that this list has links as the others do',
      answers: {
        [`${LIST}?batchSize=200`]: ok({
          dataSpaces: [space('default')],
          nextPageUrl: '{origin}/services/data/v67.0/ssot/data-spaces?page=2',
        }),
        [`${LIST}?page=2`]: ok({ dataSpaces: [space('brand_b')] }),
      },
      gives: ['default', 'brand_b'],
    },
    {
      rule: 'is denied where Data Cloud is not for the user',
      source: sources.restErrors,
      answers: { [LIST]: json(403, [{ errorCode: 'FUNCTIONALITY_NOT_ENABLED', message: 'no' }]) },
      fails: { kind: 'denied', status: 403, code: 'FUNCTIONALITY_NOT_ENABLED' },
    },
  ],
} satisfies WireApi;
