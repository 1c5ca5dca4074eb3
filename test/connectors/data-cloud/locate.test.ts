import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { locate, type LocateOptions } from '../../../src/connectors/data-cloud/locate/locate.ts';
import { SystemFailure } from '../../../src/http/failure.ts';
import { AT, stand, type Stand } from '../stand.ts';

const individual = (id: string, name: string, more: object = {}) => {
  const [given, family] = name.split(' ');
  return {
    ssot__Id__c: id,
    ssot__DataSourceId__c: 'CRM_1',
    ssot__FirstName__c: given,
    ssot__LastName__c: family,
    ...more,
  };
};
const email = (party: string, address: string, more: object = {}) => ({
  ssot__Id__c: `E-${party}-${address}`,
  ssot__PartyId__c: party,
  ssot__EmailAddress__c: address,
  ssot__DataSourceId__c: 'CRM_1',
  ...more,
});
const phone = (party: string, number: string) => ({
  ssot__Id__c: `T-${party}`,
  ssot__PartyId__c: party,
  ssot__TelephoneNumber__c: number,
  ssot__DataSourceId__c: 'CRM_1',
});
const link = (party: string, unified: string, more: object = {}) => ({
  SourceRecordId__c: party,
  UnifiedRecordId__c: unified,
  ssot__DataSourceId__c: 'CRM_1',
  ...more,
});

const seed = {
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        individual('CLEAN-1', 'Ana Lima'),
        individual('CLEAN-2', 'ana lima'),
        individual('LONE', 'Lena Fischer'),
        individual('IDN-1', 'Ute Müller'),
        individual('IDN-2', 'Jörg Buch'),
        individual('BESIDE-1', 'Kim Park', { ssot__BirthDate__c: '1990-01-01' }),
        individual('BESIDE-2', 'Kim Park'),
        individual('BESIDE-3', 'Kim Park', { ssot__BirthDate__c: '1991-01-01' }),
        individual('HOUSE-1', 'Marta Silva'),
        individual('HOUSE-2', 'João Silva'),
        individual('MERGED-1', 'Eva Roth', { ssot__BirthDate__c: '1960-01-01' }),
        individual('MERGED-2', 'Eva Roth', { ssot__BirthDate__c: '1990-01-01' }),
        individual('CHILD-1', 'Paul Weiss'),
        individual('CHILD-2', 'Tim Weiss'),
        individual('ALIKE-1', 'Ben Otto'),
        individual('ALIKE-2', 'B. Otto'),
        individual('ALIKE-3', 'Max Otto'),
        individual('ALIKE-4', 'M. Otto'),
        individual('SHARED', 'Ivo Zorn', { KQ_Id__c: 'a' }),
        individual('SHARED', 'Mia Kurz', { KQ_Id__c: 'b', ssot__DataSourceId__c: 'WEB_1' }),
        individual('TWIN', 'Ada Bell', { ssot__DataSourceId__c: 'CRM_1' }),
        individual('TWIN', 'Bob Cole', { ssot__DataSourceId__c: 'WEB_1' }),
      ],
      ssot__ContactPointEmail__dlm: [
        email('CLEAN-1', ' Ana.Lima@Example.COM'),
        email('LONE', 'lena@example.com'),
        email('IDN-1', 'INFO@müller.example'),
        email('IDN-2', 'jörg@xn--bcher-kva.example'),
        ...['BESIDE-1', 'BESIDE-2'].map((party) => email(party, 'kim@example.com')),
        ...['BESIDE-1', 'BESIDE-3'].map((party) => email(party, 'kim2@example.com')),
        ...['HOUSE-1', 'HOUSE-2'].map((party) => email(party, 'family@example.com')),
        email('MERGED-1', 'eva@example.com'),
        email('CHILD-1', 'paul@example.com'),
        email('CHILD-2', 'paul@example.com'),
        email('ALIKE-1', 'ben@example.com'),
        email('ALIKE-2', 'ben@example.com'),
        email('ALIKE-3', 'max@example.com'),
        email('ALIKE-4', 'other@example.com'),
        email('SHARED', 'ivo@example.com', { KQ_PartyId__c: 'a' }),
        email('TWIN', 'ada@example.com'),
        email('TWIN', 'unsure@example.com', { ssot__DataSourceId__c: 'DESK_1' }),
        email('ACC-1', 'office@example.com'),
        email('GHOST', 'ghost@example.com', { ssot__DataSourceId__c: 'ADS_1' }),
      ],
      ssot__ContactPointPhone__dlm: [
        phone('LONE', '+49 (30) 555-01'),
        phone('CLEAN-1', '0049 30 555 02'),
      ],
      ssot__PartyIdentification__dlm: [
        {
          ssot__Id__c: 'I-1',
          ssot__PartyId__c: 'LONE',
          ssot__IdentificationNumber__c: ' L-77 ',
          ssot__IdentificationName__c: 'Loyalty Number',
          ssot__DataSourceId__c: 'CRM_1',
        },
        {
          ssot__Id__c: 'I-2',
          ssot__PartyId__c: 'HOUSE-1',
          ssot__IdentificationNumber__c: 'L-77',
          ssot__IdentificationName__c: 'Tax Number',
          ssot__DataSourceId__c: 'CRM_1',
        },
      ],
      ssot__Account__dlm: [{ ssot__Id__c: 'ACC-1', ssot__Name__c: 'Acme' }],
      UnifiedLinkssotIndividualIr01__dlm: [
        link('CLEAN-1', 'U-CLEAN'),
        link('CLEAN-2', 'U-CLEAN'),
        link('BESIDE-1', 'U-BESIDE'),
        link('HOUSE-1', 'U-H1'),
        link('HOUSE-2', 'U-H2'),
        link('MERGED-1', 'U-MERGED'),
        link('MERGED-2', 'U-MERGED'),
        link('CHILD-1', 'U-CHILD'),
        link('CHILD-2', 'U-CHILD'),
        link('ALIKE-1', 'U-A1'),
        link('ALIKE-2', 'U-A1'),
        link('ALIKE-3', 'U-A2'),
        link('ALIKE-4', 'U-A2'),
        link('SHARED', 'U-IVO', { KQ_SourceRecordId__c: 'a' }),
        link('SHARED', 'U-MIA', { KQ_SourceRecordId__c: 'b', ssot__DataSourceId__c: 'WEB_1' }),
        link('HOUSE-2', 'U-MIA'),
      ],
      UnifiedLinkssotIndividualProd__dlm: [link('CLEAN-1', 'V-CLEAN'), link('LONE', 'V-LONE')],
    },
    brand_b: {
      ssot__Individual__dlm: [
        individual('B-1', 'Ana Lima'),
        individual('B-2', 'Kenji Sato'),
        individual('B-3', 'Olaf Berg'),
      ],
      ssot__ContactPointEmail__dlm: [
        email('B-1', 'ana.lima@example.com'),
        email('B-2', 'other.b@example.com'),
        email('B-3', 'lena@example.com'),
      ],
    },
  },
};

describe('locating', () => {
  let at: Stand;
  before(async () => {
    at = await stand(seed);
  });
  after(() => at.stop());

  const kinds = {
    emails: 'email',
    phones: 'phone',
    partyIds: 'party-id',
    externalIds: 'external-id',
  } as const;
  const find = (
    identifiers: Readonly<Record<string, string>>,
    more: Partial<LocateOptions> & { unconfirmed?: readonly string[] } = {},
  ) =>
    locate(at.salesforce, {
      identifiers: Object.entries(identifiers).map(([name, value]) => ({
        name,
        value,
        kind: kinds[name.split(/[.[]/)[0] as keyof typeof kinds],
        confirmed: !more.unconfirmed?.includes(name),
      })),
      dataSpaces: ['default'],
      rulesets: 'auto',
      maxProfiles: 20,
      at: AT,
      ...more,
    });
  const partiesOf = ({ profiles }: Awaited<ReturnType<typeof find>>) =>
    profiles.map(({ partyId }) => partyId);
  const reviewsOf = ({ reviews, profiles }: Awaited<ReturnType<typeof find>>) =>
    reviews.map((review) => [
      review.reason,
      review.profiles.map((index) => profiles[index]?.partyId).toSorted(),
    ]);

  it('passes a clean customer of two data spaces without review', async () => {
    const found = await find(
      { 'emails[0]': 'ana.lima@example.com' },
      { dataSpaces: ['default', 'brand_b'] },
    );
    assert.deepEqual(found.reviews, []);
    assert.deepEqual(
      found.profiles.map(({ dataSpace, partyId, unifiedIndividuals, reachedBy, confirmed }) => [
        dataSpace,
        partyId,
        unifiedIndividuals,
        reachedBy,
        confirmed,
      ]),
      [
        ['default', 'CLEAN-1', ['U-CLEAN', 'V-CLEAN'], ['emails[0]'], true],
        ['default', 'CLEAN-2', ['U-CLEAN'], [], true],
        ['brand_b', 'B-1', [], ['emails[0]'], true],
      ],
    );
    assert.deepEqual(found.lookups, [
      {
        identifier: 'emails[0]',
        dataSpace: 'default',
        ruleset: 'Ir01',
        partyIds: 2,
        outcome: 'found',
      },
      {
        identifier: 'emails[0]',
        dataSpace: 'default',
        ruleset: 'Prod',
        partyIds: 1,
        outcome: 'found',
      },
      {
        identifier: 'emails[0]',
        dataSpace: 'brand_b',
        ruleset: 'none',
        partyIds: 1,
        outcome: 'found',
      },
    ]);
  });

  it('stops for what only IDs lead to, where the policy says so', async () => {
    for (const ids of [
      { 'partyIds[0]': 'LONE' },
      { 'externalIds.loyalty_number': 'L-77' },
    ] as Readonly<Record<string, string>>[]) {
      assert.deepEqual(reviewsOf(await find(ids, { reviewIdOnly: true })), [['id-only', ['LONE']]]);
      assert.deepEqual(reviewsOf(await find(ids, { reviewIdOnly: false })), []);
    }
    assert.deepEqual(
      reviewsOf(
        await find(
          { 'emails[0]': 'lena@example.com', 'partyIds[0]': 'LONE' },
          { reviewIdOnly: true },
        ),
      ),
      [],
    );
    assert.deepEqual(
      reviewsOf(
        await find(
          { 'emails[0]': 'lena@example.com', 'partyIds[0]': 'LONE' },
          { reviewIdOnly: true, unconfirmed: ['emails[0]'] },
        ),
      ),
      [['id-only', ['LONE']]],
    );
  });

  it('compares people across data spaces too', async () => {
    const one = await find(
      { 'emails[0]': 'ana.lima@example.com', 'emails[1]': 'other.b@example.com' },
      { dataSpaces: ['default', 'brand_b'], rulesets: ['Ir01'] },
    );
    assert.deepEqual(
      one.reviews.map(({ reason, dataSpace, profiles }) => [
        reason,
        dataSpace,
        profiles.map((index) => one.profiles[index]?.partyId),
      ]),
      [
        ['several-people', 'default', ['CLEAN-1', 'CLEAN-2']],
        ['several-people', 'brand_b', ['B-1', 'B-2']],
      ],
    );
    const shared = await find(
      { 'emails[0]': 'lena@example.com' },
      { dataSpaces: ['default', 'brand_b'], rulesets: ['Ir01'] },
    );
    assert.deepEqual(
      shared.reviews.map(({ reason, dataSpace }) => [reason, dataSpace]),
      [
        ['several-people', 'default'],
        ['several-people', 'brand_b'],
      ],
      'one address that leads to another person in each data space',
    );
  });

  it('keeps a profile without a link', async () => {
    const found = await find({ 'emails[0]': 'lena@example.com' }, { rulesets: ['Ir01'] });
    assert.deepEqual([partiesOf(found), found.reviews], [['LONE'], []]);
  });

  it('finds nobody for a stranger, and says so per look-up', async () => {
    const found = await find(
      { 'emails[0]': 'nobody@example.com', 'partyIds[0]': 'UNKNOWN' },
      { rulesets: ['Ir01'] },
    );
    assert.deepEqual(
      [
        found.profiles,
        found.lookups.map(({ identifier, partyIds, outcome }) => [identifier, partyIds, outcome]),
      ],
      [
        [],
        [
          ['emails[0]', 0, 'none'],
          ['partyIds[0]', 0, 'none'],
        ],
      ],
    );
    assert.deepEqual(found.notes, ['partyIds[0] is not known in any data space.']);
  });

  const ways: readonly [string, Readonly<Record<string, string>>, readonly string[]][] = [
    ['a phone number, however it is written', { 'phones[0]': '004930 555 01' }, ['LONE']],
    ['a phone number with the other prefix', { 'phones[0]': '+493055502' }, ['CLEAN-1', 'CLEAN-2']],
    ['an external ID by its name', { 'externalIds.loyalty_number': 'L-77' }, ['LONE']],
    ['a party ID', { 'partyIds[0]': 'LONE' }, ['LONE']],
    ['a party that has no individual record', { 'emails[0]': 'ghost@example.com' }, ['GHOST']],
    ['a party ID and its key qualifier', { 'emails[0]': 'ivo@example.com' }, ['SHARED']],
    [
      'an address whose domain is held in letters, and given in ASCII',
      { 'emails[0]': 'Info@xn--mller-kva.example' },
      ['IDN-1'],
    ],
    [
      'an address whose domain is held in ASCII, and given in letters',
      { 'emails[0]': 'jo\u0308rg@bücher.example' },
      ['IDN-2'],
    ],
    [
      'two identifiers of one unified individual',
      { 'emails[0]': 'ana.lima@example.com', 'partyIds[0]': 'CLEAN-2' },
      ['CLEAN-1', 'CLEAN-2'],
    ],
    [
      'several identifiers, each profile once',
      { 'emails[0]': 'lena@example.com', 'phones[0]': '+493055501' },
      ['LONE'],
    ],
  ];
  for (const [way, identifiers, expected] of ways) {
    it(`finds by ${way}`, async () => {
      const found = await find(identifiers);
      assert.deepEqual([partiesOf(found), found.reviews], [expected, []]);
    });
  }

  it('takes the data source from the individual record, and from the contact point where there is none', async () => {
    assert.equal((await find({ 'emails[0]': 'ivo@example.com' })).profiles[0]?.dataSource, 'CRM_1');
    assert.equal(
      (await find({ 'emails[0]': 'ghost@example.com' })).profiles[0]?.dataSource,
      'ADS_1',
    );
  });

  const reviewed: readonly [
    string,
    Readonly<Record<string, string>>,
    readonly (readonly [string, readonly string[]])[],
  ][] = [
    [
      'several unified individuals',
      { 'emails[0]': 'family@example.com' },
      [['several-unified-individuals', ['HOUSE-1', 'HOUSE-2', 'SHARED']]],
    ],
    [
      'a profile beside a unified one that has another birth date',
      { 'emails[0]': 'kim2@example.com' },
      [['several-unified-individuals', ['BESIDE-1', 'BESIDE-3']]],
    ],
    [
      'different birth dates in one unified individual',
      { 'emails[0]': 'eva@example.com' },
      [['contradiction', ['MERGED-1', 'MERGED-2']]],
    ],
    [
      'different given names in one unified individual, even at one address',
      { 'emails[0]': 'paul@example.com' },
      [['contradiction', ['CHILD-1', 'CHILD-2']]],
    ],
    [
      'given names that are alike, without a shared contact point',
      { 'emails[0]': 'max@example.com' },
      [['contradiction', ['ALIKE-3', 'ALIKE-4']]],
    ],
    [
      'a party ID that stands for several records',
      { 'emails[0]': 'unsure@example.com' },
      [
        ['contradiction', ['TWIN', 'TWIN']],
        ['several-unified-individuals', ['TWIN', 'TWIN']],
      ],
    ],
    [
      'two confirmed addresses of two people',
      { 'emails[0]': 'ana.lima@example.com', 'emails[1]': 'lena@example.com' },
      [['several-people', ['CLEAN-1', 'CLEAN-2', 'LONE']]],
    ],
    [
      'an address of one and a party ID of another',
      { 'emails[0]': 'lena@example.com', 'partyIds[0]': 'CLEAN-1' },
      [['several-people', ['CLEAN-1', 'CLEAN-2', 'LONE']]],
    ],
    [
      'an address of one and a phone number of another',
      { 'emails[0]': 'lena@example.com', 'phones[0]': '+493055502' },
      [['several-people', ['CLEAN-1', 'CLEAN-2', 'LONE']]],
    ],
    [
      'two addresses, one of them of a record without a name',
      { 'emails[0]': 'lena@example.com', 'emails[1]': 'ghost@example.com' },
      [['several-people', ['GHOST', 'LONE']]],
    ],
    [
      'a contact point of an account',
      { 'emails[0]': 'office@example.com' },
      [['account-contact-point', ['ACC-1']]],
    ],
  ];
  for (const [reason, identifiers, expected] of reviewed) {
    it(`stops for ${reason}`, async () => {
      const found = await find(identifiers, { rulesets: ['Ir01'] });
      const byReason = (list: readonly (readonly unknown[])[]) =>
        list.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
      const actual = byReason(reviewsOf(found)).filter(([reason]) =>
        expected.some(([wanted]) => wanted === reason),
      );
      assert.deepEqual(actual, byReason(expected));
      for (const value of Object.values(identifiers)) {
        assert.ok(!JSON.stringify(found.reviews).includes(value));
      }
    });
  }

  it('does not stop for an unlinked profile with the same name, nor for an initial at the same address', async () => {
    for (const address of ['kim@example.com', 'ben@example.com']) {
      assert.deepEqual((await find({ 'emails[0]': address }, { rulesets: ['Ir01'] })).reviews, []);
    }
  });

  it('stops for profiles that only an unconfirmed identifier leads to', async () => {
    const found = await find(
      { 'emails[0]': 'ana.lima@example.com', 'phones[0]': '+493055501' },
      { unconfirmed: ['phones[0]'] },
    );
    assert.deepEqual(reviewsOf(found), [['unconfirmed-identifier', ['LONE']]]);
    assert.deepEqual(
      found.profiles.map(({ partyId, confirmed }) => [partyId, confirmed]),
      [
        ['CLEAN-1', true],
        ['LONE', false],
        ['CLEAN-2', true],
      ],
    );
  });

  it('does not stop for an unconfirmed identifier that leads to a confirmed profile', async () => {
    assert.deepEqual(
      (
        await find(
          { 'emails[0]': 'lena@example.com', 'phones[0]': '+493055501' },
          { unconfirmed: ['phones[0]'] },
        )
      ).reviews,
      [],
    );
  });

  it('stops for more profiles than the limit', async () => {
    assert.deepEqual(
      reviewsOf(await find({ 'emails[0]': 'ana.lima@example.com' }, { maxProfiles: 1 })),
      [['too-many-profiles', ['CLEAN-1', 'CLEAN-2']]],
    );
  });

  it('fails where one look-up fails, and never says that nobody was found', async () => {
    await at.fault('^core POST .*query-sql', 'unavailable', { after: 2, times: 1 });
    await assert.rejects(
      find({ 'emails[0]': 'ana.lima@example.com' }),
      (error) => error instanceof SystemFailure && error.facts.kind === 'unavailable',
    );
    await at.clear();
  });

  it('puts no value of an identifier into the text of a query', async () => {
    await at.fault('^core POST .*query-sql', 'bad-request', { times: 1 });
    await assert.rejects(
      find({ 'emails[0]': 'ana.lima@example.com' }),
      (error) =>
        error instanceof SystemFailure && !JSON.stringify(error.facts).includes('ana.lima'),
    );
    await at.clear();
  });

  it('lists objects that are reached only through an account', async () => {
    assert.deepEqual((await find({ 'emails[0]': 'lena@example.com' })).shared, [
      { dataSpace: 'default', object: 'ssot__Account__dlm', label: 'Account' },
    ]);
  });
});
