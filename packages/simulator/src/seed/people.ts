import type { Client } from 'pg';
import { literal, quoted, schemaOf } from '../store/rows.ts';
import type { PeopleNotes } from './shape.ts';

/**
 * One source of the generated people: its data source, the key qualifier and the start of its party
 * IDs.
 */
interface Source {
  readonly source: string;
  readonly object: string;
  readonly qualifier: string;
  readonly prefix: string;
  /** One person in this many has a profile there. */
  readonly oneIn: number;
}

const SOURCES: readonly Source[] = [
  { source: 'Salesforce_Home', object: 'Contact', qualifier: 'crm', prefix: 'CRM', oneIn: 1 },
  { source: 'Web_Shop', object: 'Customer', qualifier: 'shop', prefix: 'SHOP', oneIn: 2 },
  { source: 'Acme_Mail', object: 'Subscriber', qualifier: 'mail', prefix: 'MAIL', oneIn: 3 },
];
const FIRST =
  'Ana,Bo,Chloe,Dev,Elif,Femi,Gabriel,Hana,Ines,Jonas,Kofi,Lena,Mateo,Noor,Olga,Priya,Quentin,Rosa,Sven,Tariq';
const LAST =
  'Almeida,Berg,Costa,Dubois,Eriksen,Fischer,Garcia,Haddad,Ito,Jensen,Kowalski,Lindqvist,Moreau,Novak,Okafor,Petrov';
const CITIES = 'Berlin,Lisbon,Lyon,Madrid,Milan,Oslo,Prague,Vienna';

/** The objects with rows of generated people, and the data sources of each. */
export const PEOPLE_OBJECTS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    'ssot__Individual__dlm',
    'ssot__ContactPointEmail__dlm',
    'ssot__ContactPointPhone__dlm',
    'ssot__ContactPointAddress__dlm',
    'ssot__SalesOrder__dlm',
    'ssot__EmailEngagement__dlm',
    'ssot__WebsiteEngagement__dlm',
    'UnifiedssotIndividualIr01__dlm',
    'UnifiedLinkssotIndividualIr01__dlm',
  ].map((object) => [object, SOURCES.map(({ source }) => source)]),
);

/**
 * The e-mail address of a generated person, by number, counted from 1.
 *
 * @example
 * emailOfPerson(1); // 'person-0000001@example.com'
 */
export const emailOfPerson = (number: number): string =>
  `person-${String(number).padStart(7, '0')}@example.com`;

/**
 * Makes people inside PostgreSQL, a million rows in some seconds. The same random seed makes the
 * same people. Each has one to three profiles of one unified individual, and rows of orders, mails
 * and visits.
 */
export async function makePeople(client: Client, notes: PeopleNotes): Promise<void> {
  const schema = schemaOf(notes.dataSpace);
  const insert = (
    object: string,
    fields: Readonly<Record<string, string>>,
    from: string,
  ): Promise<unknown> =>
    client.query(`INSERT INTO ${quoted(schema)}.${quoted(object)} (${Object.keys(fields).map(quoted).join(', ')})
      SELECT ${Object.values(fields).join(', ')} FROM ${from}`);
  await client.query(`CREATE TEMP TABLE made_profiles ON COMMIT DROP AS ${profilesSql(notes)}`);
  await client.query('CREATE INDEX ON made_profiles (n, place)');
  await client.query('ANALYZE made_profiles');
  const key = (prefix: string) => ({
    ssot__Id__c: `${literal(`${prefix}-`)} || p.party`,
    KQ_Id__c: 'p.qualifier',
  });
  const party = { ssot__PartyId__c: 'p.party', KQ_PartyId__c: 'p.qualifier' };

  await insert(
    'ssot__Individual__dlm',
    {
      ssot__Id__c: 'p.party',
      KQ_Id__c: 'p.qualifier',
      ...LINEAGE,
      ssot__FirstName__c: 'p.first',
      ssot__LastName__c: 'p.last',
      ssot__BirthDate__c: 'p.born',
    },
    'made_profiles p',
  );
  // One address in seven has capitals and spaces, as in real sources.
  const address = `CASE WHEN p.n % 7 = 0 THEN ' ' || initcap(p.email) || ' ' ELSE p.email END`;
  await insert(
    'ssot__ContactPointEmail__dlm',
    { ...key('CPE'), ...LINEAGE, ...party, ssot__EmailAddress__c: address },
    'made_profiles p',
  );
  await insert(
    'ssot__ContactPointPhone__dlm',
    {
      ...key('CPP'),
      ...LINEAGE,
      ...party,
      ssot__TelephoneNumber__c: `'+49 30 ' || (1000000 + p.n)`,
    },
    'made_profiles p WHERE p.place = 1',
  );
  await insert(
    'ssot__ContactPointAddress__dlm',
    {
      ...key('CPA'),
      ...LINEAGE,
      ...party,
      ssot__AddressLine1__c: `'Street ' || p.n`,
      ssot__CityId__c: 'p.city',
    },
    'made_profiles p WHERE p.place = 1',
  );
  await insert(
    'UnifiedssotIndividualIr01__dlm',
    {
      ssot__Id__c: 'p.unified',
      ssot__FirstName__c: 'p.first',
      ssot__LastName__c: 'p.last',
      ssot__BirthDate__c: 'p.born',
    },
    'made_profiles p WHERE p.place = 1',
  );
  await insert(
    'UnifiedLinkssotIndividualIr01__dlm',
    {
      SourceRecordId__c: 'p.party',
      KQ_SourceRecordId__c: 'p.qualifier',
      UnifiedRecordId__c: 'p.unified',
      ssot__DataSourceId__c: 'p.source',
      ssot__DataSourceObjectId__c: 'p.object',
    },
    'made_profiles p',
  );
  for (const [object, which, fields] of rowKinds()) {
    await insert(object, { ...ROW, ...LINEAGE, ...fields }, rowsSql(notes, which));
  }
}

const LINEAGE = {
  ssot__DataSourceId__c: 'p.source',
  ssot__DataSourceObjectId__c: 'p.object',
  ssot__ExternalRecordId__c: `'PERSON-' || lpad(p.n::text, 7, '0')`,
};
const ROW = {
  ssot__Id__c: `'ROW-' || r.n || '-' || r.row`,
  KQ_Id__c: 'p.qualifier',
  ssot__CreatedDate__c: 'r.at',
};

/** Of ten rows one is an order, four are mails and five are visits. */
function rowKinds(): readonly (readonly [
  object: string,
  which: string,
  fields: Readonly<Record<string, string>>,
])[] {
  const individual = {
    ssot__IndividualId__c: 'p.party',
    KQ_IndividualId__c: 'p.qualifier',
    ssot__EngagementDateTm__c: 'r.at',
  };
  return [
    [
      'ssot__SalesOrder__dlm',
      'row % 10 = 0',
      {
        ssot__SoldToCustomerId__c: 'p.party',
        KQ_SoldToCustomerId__c: 'p.qualifier',
        ssot__GrandTotalAmount__c: '(r.chance % 100000)::numeric / 100',
        ssot__OrderStartDate__c: 'r.at',
      },
    ],
    [
      'ssot__EmailEngagement__dlm',
      'row % 10 BETWEEN 1 AND 4',
      { ...individual, ssot__EmailName__c: `'Mail ' || (r.chance % 500)` },
    ],
    [
      'ssot__WebsiteEngagement__dlm',
      'row % 10 > 4',
      { ...individual, ssot__PageUrl__c: `'https://shop.example.com/' || (r.chance % 9000)` },
    ],
  ];
}

/** A number of at least 0 that depends only on `of` and on the random seed. */
const chance = (of: string, { randomSeed }: PeopleNotes): string =>
  `(hashint8extended(${of}, ${randomSeed}) & 2147483647)`;

const pick = (list: string, of: string): string => {
  const names = list.split(',');
  return `(ARRAY[${names.map(literal).join(', ')}])[1 + ${of} % ${names.length}]`;
};

function profilesSql(notes: PeopleNotes): string {
  const draw = (topic: number): string => chance(`n * 64 + ${topic}`, notes);
  const profiles = SOURCES.map(
    ({ source, object, qualifier, prefix, oneIn }, index) =>
      `SELECT *, ${literal(source)} AS source, ${literal(object)} AS object, ${literal(qualifier)} AS qualifier,
        ${literal(`${prefix}-`)} || lpad(n::text, 7, '0') AS party, ${index} AS rank
       FROM people WHERE ${draw(10 + index)} % ${oneIn} = 0`,
  );
  return `WITH people AS (
      SELECT n, ${pick(FIRST, draw(1))} AS first, ${pick(LAST, draw(2))} AS last, ${pick(CITIES, draw(3))} AS city,
        date '1940-01-01' + (${draw(4)} % 25000)::int AS born,
        'person-' || lpad(n::text, 7, '0') || '@example.com' AS email,
        md5('unified' || n || ':' || ${notes.randomSeed})::uuid::text AS unified
      FROM generate_series(1::bigint, ${notes.count}) AS n
    ), profiles AS (${profiles.join(' UNION ALL ')})
    SELECT *, row_number() OVER (PARTITION BY n ORDER BY rank) AS place, count(*) OVER (PARTITION BY n) AS profiles
    FROM profiles`;
}

/** Each row belongs to one of the person's profiles. */
function rowsSql(notes: PeopleNotes, which: string): string {
  const drawn = chance('n * 16777216 + row', notes);
  return `(SELECT n, row, ${drawn} AS chance, timestamptz '2021-01-01 00:00:00+00' + (${drawn} % 157680000) * interval '1 second' AS at
      FROM generate_series(1::bigint, ${notes.count}) AS n, generate_series(1::bigint, ${notes.rowsPerPerson}) AS row WHERE ${which}) r
    JOIN made_profiles first ON first.n = r.n AND first.place = 1
    JOIN made_profiles p ON p.n = r.n AND p.place = 1 + r.chance % first.profiles`;
}
