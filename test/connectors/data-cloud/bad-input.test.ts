import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import { locate } from '../../../src/connectors/data-cloud/locate/locate.ts';
import type { ObjectMap } from '../../../src/contract/object-map.ts';
import { systemFailureOf } from '../../salesforce/plain-server.ts';
import { identifier, profile } from '../fixture.ts';
import { AT, stand, type Stand } from '../stand.ts';

const MANY = 1001;
const everyone = Array.from({ length: MANY }, (_, index) => `P-${index}`);

describe('what was configured or asked wrongly', () => {
  let at: Stand;
  before(async () => {
    const address = (party: string, email: string) => ({
      ssot__Id__c: `E-${party}-${email}`,
      ssot__PartyId__c: party,
      ssot__EmailAddress__c: email,
      ssot__DataSourceId__c: 'CRM_1',
    });
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: everyone.map((id) => ({
            ssot__Id__c: id,
            ssot__DataSourceId__c: 'CRM_1',
            ssot__FirstName__c: `N${id}`,
            ssot__LastName__c: 'X',
          })),
          ssot__ContactPointEmail__dlm: [
            ...everyone.map((id) => address(id, 'all@example.com')),
            ...everyone.slice(0, 300).map((id) => address(id, 'info@example.com')),
          ],
          UnifiedLinkssotIndividualIr01__dlm: everyone.map((id) => ({
            SourceRecordId__c: id,
            UnifiedRecordId__c: `U-${id}`,
            ssot__DataSourceId__c: 'CRM_1',
          })),
        },
        brand_b: {},
      },
    });
  });
  after(() => at.stop());
  const discovering = (dataSpace = 'default') =>
    systemFailureOf(discover(at.salesforce, dataSpace, { exclude: [], rulesets: 'auto' }));
  const locating = (email: string, more = {}) =>
    locate(at.salesforce, {
      identifiers: [identifier(email)],
      dataSpaces: ['default', 'brand_b'],
      rulesets: 'auto',
      maxProfiles: 20,
      at: AT,
      ...more,
    });

  it('names a data space that is not there, those that are, and the setting', async () => {
    const { facts } = await discovering('brand_c');
    assert.deepEqual(
      [facts.system, facts.kind, facts.code],
      ['data-cloud', 'rejected', 'NO_DATA_SPACE'],
    );
    assert.equal(
      facts.action,
      'There is no data space "brand_c" for us; the org has default, brand_b. Mend ' +
        'salesforce.dataSpaces, then retry the system.',
    );
  });

  it('says that the org has no Data Cloud, and what to do', async () => {
    await at.fault('^core GET .*/ssot/', 'not-found');
    const { facts } = await discovering();
    await at.clear();
    assert.deepEqual([facts.kind, facts.code], ['rejected', 'NO_DATA_CLOUD']);
    assert.match(
      facts.action ?? '',
      /salesforce\.loginUrl and salesforce\.apiVersion; .* notUsed, as data-cloud/,
    );
  });

  it('says which permission is missing', async () => {
    await at.fault('^core GET .*/ssot/metadata', 'forbidden');
    const { facts } = await discovering();
    await at.clear();
    assert.deepEqual([facts.kind, facts.status], ['denied', 403]);
    assert.match(
      facts.action ?? '',
      /permission set for Data Cloud and for the data space "default", and the app the scope "api"/,
    );
  });

  it('says that the sign-in is wrong, and not the data space', async () => {
    const { facts } = await systemFailureOf(
      discover(at.connect({ clientSecret: 'wrong' }), 'default', { exclude: [], rulesets: 'auto' }),
    );
    assert.deepEqual([facts.kind, facts.code], ['denied', 'invalid_client']);
    assert.match(
      facts.action ?? '',
      /Check the client ID and its secret or key \(those of the section salesforce/,
    );
  });

  it('says that a page came in place of data, and where to look', async () => {
    await at.fault('^core GET .*/ssot/metadata', 'login-page');
    const { facts } = await discovering();
    await at.clear();
    assert.deepEqual([facts.kind, facts.code], ['unreadable', 'NOT_JSON']);
    assert.match(facts.action ?? '', /salesforce\.loginUrl/);
  });

  it('is waited out where Data Cloud is only busy', async () => {
    await at.fault('^core GET .*/ssot/', 'unavailable');
    assert.equal((await discovering()).facts.kind, 'unavailable');
    await at.clear();
  });

  it('names a ruleset that no data space has, those that are there, and the setting', async () => {
    const { facts } = await systemFailureOf(locating('info@example.com', { rulesets: ['Gone'] }));
    assert.deepEqual([facts.kind, facts.code], ['rejected', 'NO_RULESET']);
    assert.equal(
      facts.action,
      'No data space has the ruleset Gone; there are Ir01. Mend salesforce.rulesets, or set ' +
        'it to auto, then retry the system.',
    );
  });

  it('has an operator look at an address that hundreds of people use', async () => {
    const { profiles, reviews } = await locating('info@example.com');
    assert.equal(profiles.length, 300);
    assert.deepEqual([...new Set(reviews.map(({ reason }) => reason))].toSorted(), [
      'several-unified-individuals',
      'too-many-profiles',
    ]);
    assert.ok(
      reviews.some(
        ({ note }) =>
          note ===
          "300 profiles were found in all; the policy's maxProfiles lets 20 pass without a look.",
      ),
    );
  });

  it('refuses an address that more people use than anybody could look at', async () => {
    const failure = await systemFailureOf(locating('all@example.com'));
    assert.deepEqual(
      [failure.facts.kind, failure.facts.code, failure.message.includes('all@example.com')],
      ['rejected', 'TOO_MANY_MATCHES', false],
    );
    assert.match(
      failure.facts.action ?? '',
      /^emails\[0\] leads to more than 1000 records in the data space default/,
    );
  });

  describe('an object or a field that has vanished since metadata were read', () => {
    let map: ObjectMap;
    before(async () => {
      map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
    });
    const exporting = (
      change: (object: ObjectMap['objects'][number]) => ObjectMap['objects'][number],
    ) =>
      systemFailureOf(
        exportObject(
          at.salesforce,
          {
            object: change(map.objects[0] as ObjectMap['objects'][number]),
            dataSpace: 'default',
            profiles: [{ ...profile(), number: 1 }],
            siblings: [],
          },
          at.context('data-cloud'),
        ),
      );

    it('is named, with the way to read anew what is there', async () => {
      const { facts } = await exporting((object) => ({ ...object, name: 'Gone__dlm' }));
      assert.deepEqual([facts.kind, facts.code], ['rejected', '42P01']);
      assert.match(facts.action ?? '', /Retry the system: it reads the data model anew/);
      assert.equal(
        (
          await exporting((object) => ({
            ...object,
            fields: [{ name: 'Gone__c', label: '', type: 'STRING' }],
          }))
        ).facts.code,
        '42703',
      );
    });
  });
});
