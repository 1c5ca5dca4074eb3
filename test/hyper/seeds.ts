import type { Seed } from '@dossier/salesforce-simulator';

const source = (dataSource: string) => ({ ssot__DataSourceId__c: dataSource });

/** Addresses as sources write them, whether they are found or not. */
const ADDRESSES = [
  'ana@example.com',
  ' Ana@Example.com ',
  '\tana@example.com',
  'ana@example.com\r',
  'ana@example.com\u00a0',
  '\ufeffana@example.com\u3000',
  'ana\u200b@example.com',
  '\u0130pek@example.com',
  'i\u0307pek@example.com',
  '\u039c\u0391\u03a1\u0399\u0391\u03a3@example.com',
  '\u03bc\u03b1\u03c1\u03b9\u03b1\u03c3@example.com',
  'stra\u00dfe@example.com',
  'STRASSE@example.com',
  '\u1e9e@example.com',
  '\u212a@example.com',
  '\ufb01@example.com',
  'caf\u00e9@example.com',
  'cafe\u0301@example.com',
  "o'hara@example.com",
  'back\\slash@example.com',
  'quote"@example.com',
  'per%cent_@example.com',
  '',
  null,
];
const PHONES = [
  '+49 30 555-01',
  '0049 (30) 55501',
  '\u00a0+493055501\r',
  '030 55501',
  '+49 30 \u0665\u0665\u0665\u0660\u0661',
  '\uff14\uff19',
  '',
  null,
];

/**
 * What no seed of the stories holds: odd spellings, key qualifiers, shared keys, two ways, keys and
 * values that are no texts.
 */
export const ODD: Seed = {
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        ...ADDRESSES.map((_, index) => ({
          ssot__Id__c: `A-${index}`,
          ...source('WEB_1'),
          ssot__BirthDate__c: '1582-10-10',
        })),
        ...['880', '0880', '1e5', '9007199254740993', 'P-1', 'P-2', 'trailing ', 'trailing'].map(
          (id) => ({
            ssot__Id__c: id,
            ...source('CRM_1'),
            ssot__CreatedDate__c: '1969-12-31T23:59:59.120Z',
          }),
        ),
        ...[null, '', ' ', 'crm', 'CRM'].map((qualifier) => ({
          ssot__Id__c: 'Q-1',
          KQ_Id__c: qualifier,
          ...source('CRM_1'),
        })),
      ],
      ssot__ContactPointEmail__dlm: ADDRESSES.map((address, index) => ({
        ssot__Id__c: `E-${index}`,
        ssot__PartyId__c: `A-${index}`,
        ssot__EmailAddress__c: address,
      })),
      ssot__ContactPointPhone__dlm: PHONES.map((phone, index) => ({
        ssot__Id__c: `T-${index}`,
        ssot__PartyId__c: `A-${index}`,
        ssot__TelephoneNumber__c: phone,
        ssot__FormattedE164PhoneNumber__c: index % 2 === 0 ? phone : null,
      })),
      ssot__PartyIdentification__dlm: ['L-77', ' L-77', 'L-77\u2003', 'l-77', null].map(
        (number, index) => ({
          ssot__Id__c: `I-${index}`,
          ssot__PartyId__c: `A-${index}`,
          ssot__IdentificationNumber__c: number,
          ssot__IdentificationName__c: 'Loyalty Number',
        }),
      ),
      ssot__SalesOrder__dlm: [null, '', ' ', 'crm', 'CRM', 'other'].flatMap((qualifier, index) =>
        ['Q-1', 'P-1', 'P-2', 'trailing', 'A-0'].map((party) => ({
          ssot__Id__c: `O-${index % 3}`,
          KQ_Id__c: qualifier,
          ssot__SoldToCustomerId__c: party,
          KQ_SoldToCustomerId__c: qualifier,
          ssot__GrandTotalAmount__c: index - 2.5,
          ssot__OrderStartDate__c: '2024-03-31T01:30:00Z',
          ...source('CRM_1'),
        })),
      ),
      ssot__SalesOrderProduct__dlm: [null, '', 'crm', 'other'].flatMap((qualifier, index) =>
        [0, 1, 2].map((order) => ({
          ssot__Id__c: `L-${index}-${order}`,
          ssot__SalesOrderId__c: `O-${order}`,
          KQ_SalesOrderId__c: qualifier,
          ssot__OrderedQuantity__c: index,
          ...source('CRM_1'),
        })),
      ),
      Order__dlm: [
        { OrderNo__c: 5, BuyerId__c: 'P-1', ...source('WEB_1') },
        { OrderNo__c: 5, BuyerId__c: 'P-2', ...source('CRM_1') },
        { OrderNo__c: 6.5, BuyerId__c: 'P-1', ...source('WEB_1') },
      ],
      Line__dlm: [
        { LineId__c: 'L1', OrderNo__c: 5, ...source('WEB_1') },
        { LineId__c: 'L2', OrderNo__c: 6.5, ...source('CRM_1') },
      ],
      Note__dlm: [
        { NoteId__c: 'N1', OrderText__c: '6.5' },
        { NoteId__c: 'N2', OrderText__c: '5' },
        { NoteId__c: 'N3', OrderText__c: '05' },
      ],
      Visit__dlm: [880, 42, 100000, null].map((number, index) => ({
        VisitId__c: `V${index}`,
        CustomerNo__c: number,
        Seen__c: index % 2 === 0,
        Day__c: '0001-01-01',
        At__c: '2024-03-31T01:30:00.100Z',
        Rate__c: 1.5,
        ...source('WEB_1'),
      })),
      Topic__dlm: [
        { TopicId__c: 'T-1', OrderNo__c: 5, VisitId__c: 'V0' },
        { TopicId__c: 'T-2', OrderNo__c: 6.5, VisitId__c: 'V1' },
      ],
      [`Long_${'x'.repeat(80)}__dlm`]: [
        {
          [`Field_${'y'.repeat(100)}__c`]: 'a',
          [`Field_${'y'.repeat(100)}z__c`]: 'b',
          PersonId__c: 'P-1',
        },
      ],
    },
  },
  metadata: {
    Order__dlm: {
      primaryKey: 'OrderNo__c',
      relationships: [{ field: 'BuyerId__c', to: 'ssot__Individual__dlm' }],
    },
    Line__dlm: {
      primaryKey: 'LineId__c',
      relationships: [{ field: 'OrderNo__c', to: 'Order__dlm' }],
    },
    Note__dlm: {
      primaryKey: 'NoteId__c',
      relationships: [{ field: 'OrderText__c', to: 'Order__dlm' }],
    },
    Visit__dlm: {
      primaryKey: 'VisitId__c',
      relationships: [{ field: 'CustomerNo__c', to: 'ssot__Individual__dlm' }],
    },
    Topic__dlm: {
      primaryKey: 'TopicId__c',
      relationships: [
        { field: 'OrderNo__c', to: 'Order__dlm' },
        { field: 'VisitId__c', to: 'Visit__dlm' },
      ],
    },
    [`Long_${'x'.repeat(80)}__dlm`]: {
      primaryKey: 'PersonId__c',
      relationships: [{ field: 'PersonId__c', to: 'ssot__Individual__dlm' }],
    },
  },
};

/**
 * What the simulator says by itself must be what the engine says: forms of values and types,
 * comparisons, blanks, the case of letters.
 */
export const FORMS: readonly string[] = [
  "SELECT CAST(1.5 AS NUMERIC(38,18)) AS a, CAST(1e23 AS DOUBLE PRECISION) AS b, CAST('NaN' " +
    "AS DOUBLE PRECISION) AS c, CAST('-Infinity' AS DOUBLE PRECISION) AS d, CAST(5 AS BIGINT) " +
    'AS e, TRUE AS f, CAST(NULL AS VARCHAR) AS g',
  "SELECT CAST('2024-03-31 01:30:00.120+00' AS TIMESTAMPTZ) AS a, CAST('2024-02-29' AS DATE) " +
    "AS b, CAST('2024-02-29 10:00:00' AS TIMESTAMP) AS c, CAST('0001-01-01' AS DATE) AS d, " +
    "CAST('1969-12-31 23:59:59.5+00' AS TIMESTAMPTZ) AS e",
  "SELECT LOWER(U&'\\0130PEK') AS a, LOWER(U&'\\039C\\0391\\03A1\\0399\\0391\\03A3') AS b, " +
    "LOWER('STRASSE') AS c, LOWER(U&'\\1E9E') AS d, LOWER(U&'\\212A') AS e",
  "SELECT TRIM(U&' \\0009x\\00A0 ') AS a, TRIM(BOTH U&'\\0009\\00A0 ' FROM U&' \\0009x\\00A0 " +
    "') AS b, 'a' = 'a ' AS c, '' IS NULL AS d",
  ...['880', ' 880 ', '0880', '+880', '880.0', '8.8e2', 'P-1', '', '880,0'].map(
    (text) => `SELECT "VisitId__c" FROM "Visit__dlm" WHERE "CustomerNo__c" IN ('${text}')`,
  ),
  'SELECT "VisitId__c" FROM "Visit__dlm" WHERE "Day__c" IN (\'0001-01-01\') AND "Seen__c" IN ' +
    "('true') AND \"At__c\" IN ('2024-03-31T01:30:00.1Z')",
  'SELECT COALESCE("CustomerNo__c", \'\') AS a FROM "Visit__dlm"',
  'SELECT COALESCE("OrderNo__c", \'\') AS a FROM "Order__dlm"',
  'SELECT v."VisitId__c" FROM "Visit__dlm" v JOIN "ssot__Individual__dlm" i ON ' +
    'v."CustomerNo__c" = i."ssot__Id__c"',
  'SELECT SUM("Rate__c") AS a, MIN("At__c") AS b, COUNT(*) AS c, MAX("Seen__c"::text) AS d FROM "Visit__dlm"',
  'SELECT "visitid__c" FROM "Visit__dlm"',
  'SELECT VisitId__c FROM "Visit__dlm"',
  'SELECT 1 FROM "Nothing__dlm"',
  'SELECT "VisitId__c" FROM "Visit__dlm" WHERE FALSE',
];
