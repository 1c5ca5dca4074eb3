import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { locate } from '../../../src/connectors/data-cloud/locate/locate.ts';
import { readRestricted } from '../../../src/connectors/data-cloud/export/restricted.ts';
import { identifier } from '../fixture.ts';
import { AT, stand, type Stand } from '../stand.ts';

const NOOR = 'noor.haddad@example.com';
const partyId = (value: string, confirmed = true) =>
  ({ name: 'partyIds[0]', kind: 'party-id', value, confirmed }) as const;

describe('a person whose processing is restricted', () => {
  let at: Stand;
  before(async () => {
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: ['003xx0000000N01', 'P-1'].map((id) => ({
            ssot__Id__c: id,
            ssot__DataSourceId__c: 'CRM_1',
          })),
          ssot__ContactPointEmail__dlm: [
            {
              ssot__Id__c: 'E-1',
              ssot__PartyId__c: '003xx0000000N01',
              ssot__EmailAddress__c: NOOR,
              ssot__DataSourceId__c: 'CRM_1',
            },
          ],
        },
      },
      core: {
        Contact: [
          { Id: '003xx0000000N01', Email: NOOR.toUpperCase() },
          { Id: '003xx0000000N02', Email: 'free@example.com' },
        ],
      },
      restricted: { default: ['003xx0000000N01'] },
    });
  });
  after(() => at.stop());
  const locating = (identifiers: Parameters<typeof locate>[1]['identifiers'], inCrm = true) =>
    locate(at.salesforce, {
      identifiers,
      dataSpaces: ['default'],
      rulesets: 'auto',
      maxProfiles: 20,
      at: AT,
      inCrm,
    });

  it('is recognised by a party ID that was given', async () => {
    const { profiles, lookups, restricted, notes } = await locating([partyId('003xx0000000N01')]);
    assert.deepEqual(
      [profiles, lookups.map(({ outcome }) => outcome), restricted, notes],
      [[], ['withheld'], [{ identifier: 'partyIds[0]' }], []],
    );
  });

  it('is recognised by the ID that the CRM gives to the e-mail address', async () => {
    assert.deepEqual((await locating([identifier(NOOR)])).restricted, [
      { identifier: 'emails[0]' },
    ]);
  });

  it('is not found by an e-mail address where the CRM is not used, and nothing is said of it', async () => {
    const { restricted, lookups } = await locating([identifier(NOOR)], false);
    assert.deepEqual([restricted, lookups[0]?.outcome], [undefined, 'none']);
  });

  it('is told of by confirmed identifiers alone', async () => {
    assert.equal(
      (
        await locating([
          partyId('003xx0000000N01', false),
          { ...identifier(NOOR), confirmed: false },
        ])
      ).restricted,
      undefined,
    );
  });

  it('is nobody else', async () => {
    assert.deepEqual(
      (
        await locating([
          partyId('nobody'),
          { ...identifier('free@example.com'), name: 'emails[0]' },
        ])
      ).restricted,
      undefined,
    );
    assert.deepEqual(
      [...(await readRestricted(at.salesforce, ['P-1', '003xx0000000N01', 'unknown', 'a,b'])).ids],
      ['003xx0000000N01'],
    );
  });

  it('cannot be told where we may not read the flag, and this is said', async () => {
    await at.fault('^core GET .*consent', 'forbidden');
    const { restricted, notes, advice } = await locating([partyId('003xx0000000N01')]);
    await at.clear();
    assert.equal(restricted, undefined);
    assert.equal(
      notes[0],
      'partyIds[0] leads to nothing in Data Cloud, and whether it is a person whom searches hide ' +
        'is not known.',
    );
    assert.match(advice?.join(' ') ?? '', /\(403\).*ConsentApiUpdate/);
  });

  it('is looked up in the CRM if it lets us, and else this is said', async () => {
    await at.fault('^core GET .*/query', 'bad-request');
    const { notes, advice } = await locating([identifier(NOOR)]);
    await at.clear();
    assert.match(
      notes[0] ?? '',
      /^emails\[0\] leads to nothing in Data Cloud, and Contact in the CRM, .* could not be asked\.$/,
    );
    assert.match(advice?.[0] ?? '', /^Contact in the CRM: .*INVALID_ARGUMENT/);
  });

  it('is not told to be unknown while the answer is only late', async () => {
    await at.fault('^core GET .*consent', 'unavailable');
    await assert.rejects(locating([partyId('003xx0000000N01')]), /unavailable/);
    await at.clear();
  });
});
