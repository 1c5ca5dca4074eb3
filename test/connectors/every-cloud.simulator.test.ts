import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import accountEngagement from '../../src/connectors/account-engagement/index.ts';
import b2cCommerce from '../../src/connectors/b2c-commerce/index.ts';
import coreCrm from '../../src/connectors/core-crm/index.ts';
import marketingCloud from '../../src/connectors/marketing-cloud/index.ts';
import personalization from '../../src/connectors/personalization/index.ts';
import type { CloudConnector } from '../../src/connectors/spi.ts';
import { opened, parts, question } from './fixture.ts';
import { stand, type Stand } from './stand.ts';

const file = fileURLToPath(new URL('../../../test/seeds/every-cloud.json', import.meta.url));
const seed = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
const TILDA = 'tilda.brandt@example.com';
const UNIT = '0UvEc0000000001AAA';
const marksIn = (text: string) =>
  [...text.matchAll(/(?:OWN|OTHER|OLDVERSION|DELETED|SHARED|AMBIGUOUS)-\d+/g)]
    .map(([mark]) => mark)
    .toSorted();
const properties = Object.fromEntries(
  [
    'Subscriber',
    'ListSubscriber',
    'SentEvent',
    'OpenEvent',
    'ClickEvent',
    'BounceEvent',
    'UnsubEvent',
  ].map((name) => [name, ['Marker']]),
);

describe('Tilda Brandt in every cloud', () => {
  let at: Stand;
  before(async () => {
    at = await stand(file);
  });
  after(() => at.stop());

  const clouds: readonly [string, string, () => CloudConnector][] = [
    ['core-crm', 'core', () => opened(coreCrm, {}, parts(at, { id: 'core-crm' }))],
    [
      'marketing-cloud',
      'marketingCloud',
      () =>
        opened(
          marketingCloud,
          {
            authUrl: at.simulator.marketingCloud?.auth,
            clientId: at.simulator.marketingCloud?.clientId,
            clientSecret: at.simulator.marketingCloud?.clientSecret,
            businessUnits: at.simulator.marketingCloud?.businessUnits,
            properties,
            dataExtensions: [
              { key: 'Orders-2026', column: 'EmailAddress', holds: 'email' },
              { key: 'prefs', column: 'ContactKey' },
              { key: 'bonus', column: 'Email', holds: 'email' },
            ],
          },
          parts(at, { id: 'marketing-cloud' }),
        ),
    ],
    [
      'account-engagement',
      'accountEngagement',
      () =>
        opened(
          accountEngagement,
          {
            baseUrl: at.simulator.accountEngagement?.url,
            businessUnits: [UNIT],
            fields: { 'list-memberships': ['Marker__c'] },
          },
          parts(at, { id: 'account-engagement' }),
        ),
    ],
    [
      'b2c-commerce',
      'b2cCommerce',
      () =>
        opened(
          b2cCommerce,
          {
            apiUrl: at.simulator.b2cCommerce?.api,
            tokenUrl: `${at.simulator.b2cCommerce?.auth}/dwsso/oauth2/access_token`,
            clientId: at.simulator.b2cCommerce?.clientId,
            clientSecret: at.simulator.b2cCommerce?.clientSecret,
            organizationId: at.simulator.b2cCommerce?.organizationId,
            customerLists: ['acme'],
            sites: ['AcmeDE'],
            ordersSince: '2024-01-01',
          },
          parts(at, { id: 'b2c-commerce' }),
        ),
    ],
    [
      'personalization',
      'personalization',
      () =>
        opened(
          personalization,
          {
            baseUrl: at.simulator.personalization?.url,
            keyId: at.simulator.personalization?.keyId,
            secret: at.simulator.personalization?.keySecret,
            datasets: ['shop', 'app'],
          },
          parts(at, { id: 'personalization' }),
        ),
    ],
  ];

  for (const [name, section, connector] of clouds) {
    it(`${name} gives each of her rows once, and nobody else's`, async () => {
      const about = question(
        TILDA,
        name === 'personalization'
          ? { identifiers: [{ name: 'externalIds.userId', kind: 'external-id', value: '880042' }] }
          : {},
      );
      const { files, gaps } = await connector().export(at.context(name), about);
      const texts = await Promise.all(
        files
          .filter(({ path }) => path.endsWith('.ndjson') || path.includes('/files/'))
          .map(({ path }) => at.text(path)),
      );
      const expected = marksIn(JSON.stringify(seed[section])).filter((mark) =>
        mark.startsWith('OWN-'),
      );
      assert.deepEqual(marksIn(texts.join('')), expected);
      assert.deepEqual(gaps, []);
    });
  }
});
