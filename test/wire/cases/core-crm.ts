import coreCrm from '../../../src/connectors/core-crm/index.ts';
import type { Question } from '../../../src/connectors/spi.ts';
import { profile } from '../../connectors/fixture.ts';
import { exportBy } from '../ask-connector.ts';
import { sources } from '../sources.ts';
import { empty, json, ok, raw, type Answers, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const CONTACT = '003xx0000000A01AAA';
const field = (name: string, type = 'string', referenceTo: readonly string[] = []) => ({
  name,
  label: name,
  type,
  referenceTo,
});
const describes = (
  name: string,
  fields: readonly object[],
  children: readonly (readonly [string, string])[] = [],
) =>
  ok({
    name,
    label: name,
    queryable: true,
    fields: [field('Id', 'id'), ...fields],
    childRelationships: children.map(([childSObject, of]) => ({ childSObject, field: of })),
  });
const found = (...records: readonly object[]) =>
  ok({ totalSize: records.length, done: true, records });
const refused = (status: number, errorCode: string) =>
  json(status, [{ errorCode, message: 'about ana.lima@example.com' }]);
const ana = { Id: CONTACT, FirstName: 'Ana', LastName: 'Lima', Email: 'ana.lima@example.com' };
const named = { Id: CONTACT, LastName: 'Lima', Email: 'ana.lima@example.com' };
const [CASES, ASSETS] = [
  'GET query?q=SELECT * FROM Case WHERE ContactId IN *',
  'GET query?q=SELECT * FROM Asset WHERE ContactId IN *',
];

/**
 * An org with one contact that is Ana, who has a case and an asset; nobody else holds people there.
 */
const org: Answers = {
  // The user may read neither its permissions nor the definitions of fields, so what it does not
  // see is not compared.
  'GET sobjects/UserPermissionAccess/describe': json(404, [
    { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
  ]),
  'GET query?q=*FROM FieldDefinition WHERE*': refused(400, 'INVALID_TYPE'),
  'GET queryAll?q=*IsDeleted = true*': found(),
  ...Object.fromEntries(
    ['Account', 'Lead', 'User', 'Individual'].map((name) => [
      `GET sobjects/${name}/describe`,
      ok({
        name,
        label: name,
        queryable: false,
        fields: [field('IsPersonAccount')],
        childRelationships: [],
      }),
    ]),
  ),
  'GET sobjects/Contact/describe': describes(
    'Contact',
    [field('FirstName'), field('LastName'), field('Email', 'email')],
    [
      ['Case', 'ContactId'],
      ['Asset', 'ContactId'],
    ],
  ),
  'GET sobjects/Case/describe': describes('Case', [field('Subject')]),
  'GET sobjects/Asset/describe': describes('Asset', [field('Name')]),
  'GET query?q=SELECT * FROM Contact WHERE Email IN *': found(ana),
  'GET query?q=SELECT * FROM Contact WHERE Id IN *': found(ana),
  [CASES]: found({ Id: '500xx1' }),
  'GET query?q=SELECT * FROM Case WHERE Id IN *': found({ Id: '500xx1', Subject: 'Late' }),
  [ASSETS]: found({ Id: '02ixx1' }),
  'GET query?q=SELECT * FROM Asset WHERE Id IN *': found({ Id: '02ixx1', Name: 'Boot' }),
};
const [contact, cases, assets] = [
  { Contact: [ana] },
  { Case: [{ Id: '500xx1', Subject: 'Late' }] },
  { Asset: [{ Id: '02ixx1', Name: 'Boot' }] },
];
const closed = (object: string, why: string) =>
  `restricted: Records of ${object} could not be read, and are left out. ${object} cannot be ` +
  `queried (${why}). Give the user that the app runs as access to it.`;
const gives = (files: object, ...gaps: readonly string[]) => ({ outcome: 'exported', gaps, files });
/** Ana's contact, withheld for an object that is closed. */
const withheld = (object: string, why: string) => ({
  outcome: 'nothing-held',
  files: {},
  gaps: [
    `ambiguous-rows: A record may be somebody else's: who has the same address in ` +
      `${object} could not be read: Contact by emails[0]. It and all that belongs to it is left out.`,
    closed(object, why),
  ],
});
const LEADS = 'GET query?q=SELECT * FROM Lead WHERE Email IN *';
const leads = {
  'GET sobjects/Lead/describe': describes('Lead', [field('LastName'), field('Email', 'email')]),
};
const withoutFields = (object: string, ...names: readonly string[]) =>
  `restricted: Fields of ${object} could not be read (${names.join(', ')}). They are left out, ` +
  'and records that they alone lead to. The system refuses these fields by name. Let the user ' +
  'that the app runs as read them.';
const withoutBin = (object: string, why: string) =>
  `restricted: The recycle bin of ${object} could not be read, so deleted and archived records ` +
  `there are left out. The system refused the query of the recycle bin (${why}).`;
/** As the server words it: the query stands in it, and so the person. */
const unknownField = (name: string, object: string) =>
  json(400, [
    {
      errorCode: 'INVALID_FIELD',
      message:
        `\nSELECT Id,${name} FROM ${object} WHERE Email = 'ana.lima@example.com'\n          ` +
        `^\nERROR at Row:1:Column:11\nNo such column '${name}' on entity '${object}'. If you ` +
        `are attempting to use a custom field, be sure to append the '__c' after the custom ` +
        'field name. Please reference your WSDL or the describe call for the appropriate names.',
    },
  ]);
const unfiltered = (name: string, object: string) =>
  json(400, [
    {
      errorCode: 'INVALID_FIELD',
      message:
        `\nFROM ${object} WHERE ${name} IN\n       ^\nERROR at Row:1:Column:20\nfield ` +
        `'${name}' can not be filtered in a query call`,
    },
  ]);
const deletable = field('IsDeleted', 'boolean');

/** Exports without files, whose own gap is left out. */
const records =
  (more: object = {}, asked: Partial<Question> = {}) =>
  async (at: WireStand): Promise<unknown> => {
    const given = (await exportBy(at, coreCrm, { files: 'none', ...more }, asked)) as {
      gaps: readonly string[];
    };
    return { ...given, gaps: given.gaps.filter((gap) => !gap.includes('files: none')) };
  };
const inBulk = { ask: records({ bulkAbove: 0 }) };
const [JOB, RESULTS] = ['GET jobs/query/750xx', 'GET jobs/query/750xx/results'];
const bySoql = { ...contact, ...cases, ...assets };

export default {
  api: 'The core org as a whole: objects that are closed',
  connectors: ['core-crm'],
  always: org,
  ask: records(),
  cases: [
    {
      rule: 'exports what belongs to the person',
      source: [sources.restQuery, sources.restDescribe],
      answers: { [CASES]: found({ Id: '500xx1' }) },
      gives: gives(bySoql),
    },
    {
      rule: 'exports the rest where one object is closed to the user',
      source: sources.airbyteRules,
      answers: { [CASES]: refused(403, 'INSUFFICIENT_ACCESS') },
      gives: gives({ ...contact, ...assets }, closed('Case', 'INSUFFICIENT_ACCESS')),
    },
    {
      rule: 'exports the rest where the description of one object is refused',
      source: sources.airbyteRules,
      answers: { 'GET sobjects/Case/describe': refused(403, 'FUNCTIONALITY_NOT_ENABLED') },
      gives: gives({ ...contact, ...assets }, closed('Case', 'FUNCTIONALITY_NOT_ENABLED')),
    },
    {
      rule: 'exports the rest where one object is too large to query',
      source: sources.airbyteRules,
      answers: { [CASES]: refused(400, 'OPERATION_TOO_LARGE') },
      gives: gives({ ...contact, ...assets }, closed('Case', 'OPERATION_TOO_LARGE')),
    },
    {
      rule: 'exports the rest where one object does not support query',
      source: sources.airbyteRules,
      answers: { [CASES]: refused(400, 'INVALID_OPERATION') },
      gives: gives({ ...contact, ...assets }, closed('Case', 'INVALID_OPERATION')),
    },
    {
      rule: 'exports the rest where the server breaks at one object, each time',
      source: sources.restErrors,
      guess:
        'that this error does not pass by itself; it is named, and a retry reads the object again',
      answers: { [CASES]: refused(500, 'UNKNOWN_EXCEPTION') },
      gives: gives({ ...contact, ...assets }, closed('Case', 'UNKNOWN_EXCEPTION')),
    },
    {
      rule: 'exports the rest where the records themselves are refused',
      source: sources.airbyteRules,
      answers: { 'GET query?q=SELECT * FROM Asset WHERE Id IN *': refused(400, 'INVALID_FIELD') },
      gives: gives({ ...contact, ...cases }, closed('Asset', 'INVALID_FIELD')),
    },
    {
      rule: 'trusts no address where the description of an object of people is refused',
      source: sources.airbyteRules,
      answers: { 'GET sobjects/Lead/describe': refused(403, 'INSUFFICIENT_ACCESS') },
      gives: withheld('Lead', 'INSUFFICIENT_ACCESS'),
    },
    {
      rule: 'trusts no address where people of a described object are not read',
      source: sources.airbyteRules,
      answers: { ...leads, [LEADS]: refused(400, 'INVALID_TYPE') },
      gives: withheld('Lead', 'INVALID_TYPE'),
    },
    {
      rule: 'trusts no address where people of an object are not read to the end',
      source: sources.airbyteRules,
      answers: {
        ...leads,
        [LEADS]: ok({
          totalSize: 1,
          done: false,
          nextRecordsUrl: '/services/data/v67.0/query/01g-1',
          records: [],
        }),
        'GET query/01g-1': refused(403, 'INSUFFICIENT_ACCESS'),
      },
      gives: withheld('Lead', 'INSUFFICIENT_ACCESS'),
    },
    {
      rule: 'trusts an ID where people of an object are not read',
      source: sources.airbyteRules,
      ask: records({}, { profiles: [profile({ partyId: CONTACT })] }),
      answers: { ...leads, [LEADS]: refused(403, 'INSUFFICIENT_ACCESS') },
      gives: gives(bySoql, closed('Lead', 'INSUFFICIENT_ACCESS')),
    },
    {
      rule: 'trusts an address where an object of people is not visible at all, and says so',
      source: sources.restErrors,
      answers: { 'GET sobjects/Lead/describe': refused(404, 'NOT_FOUND') },
      gives: gives(bySoql, closed('Lead', 'not visible')),
    },
    {
      rule: 'trusts an address where an object shows no addresses, and says so',
      source: sources.restDescribe,
      answers: { 'GET sobjects/Lead/describe': describes('Lead', [field('LastName')]) },
      gives: gives(bySoql, withoutFields('Lead', 'Email')),
    },
    {
      rule: 'is denied where every object of people is closed',
      source: sources.restErrors,
      answers: Object.fromEntries(
        ['Contact', 'Account', 'Lead', 'User', 'Individual'].map((name) => [
          `GET sobjects/${name}/describe`,
          refused(403, 'API_DISABLED_FOR_ORG'),
        ]),
      ),
      fails: { kind: 'denied', status: 403, code: 'API_DISABLED_FOR_ORG' },
    },
    {
      rule: 'is denied where the only object with people cannot be queried',
      source: sources.airbyteRules,
      answers: {
        'GET query?q=SELECT * FROM Contact WHERE Email IN *': refused(403, 'INSUFFICIENT_ACCESS'),
      },
      fails: { kind: 'denied', status: 403, code: 'INSUFFICIENT_ACCESS' },
    },
    {
      rule: 'waits where the server is down for one object',
      source: sources.restErrors,
      answers: { [CASES]: refused(503, 'SERVER_UNAVAILABLE') },
      fails: { kind: 'unavailable', status: 503 },
    },
    {
      rule: "waits for the day's allowance, and calls no object closed for it",
      source: sources.airbyteRules,
      answers: { [CASES]: refused(403, 'REQUEST_LIMIT_EXCEEDED') },
      fails: { kind: 'unavailable', code: 'REQUEST_LIMIT_EXCEEDED' },
    },
    {
      ...inBulk,
      rule: 'reads by SOQL where bulk is not for the user',
      source: sources.airbyteBulk,
      answers: { 'POST jobs/query': raw(403, '[{}]', { 'content-type': 'application/json' }) },
      gives: gives(bySoql),
    },
    {
      ...inBulk,
      rule: 'reads by SOQL where the job failed',
      source: sources.airbyteBulk,
      answers: {
        'POST jobs/query': ok({ id: '750xx', state: 'UploadComplete' }),
        [JOB]: ok({ id: '750xx', state: 'Failed' }),
      },
      gives: gives(bySoql),
    },
    {
      ...inBulk,
      rule: 'reads by SOQL where bulk does not know the object',
      source: sources.airbyteRules,
      answers: { 'POST jobs/query': refused(400, 'INVALIDENTITY') },
      gives: gives(bySoql),
    },
    {
      ...inBulk,
      rule: 'reads by SOQL where the results are no CSV',
      source: sources.bulkResults,
      guess: 'that a server may break a quote',
      answers: {
        'POST jobs/query': ok({ id: '750xx', state: 'UploadComplete' }),
        [JOB]: ok({ id: '750xx', state: 'JobComplete' }),
        [RESULTS]: raw(200, '"Id"\n"1",Ana"Lima\n', {
          'content-type': 'text/csv',
          'sforce-locator': 'null',
        }),
      },
      gives: gives(bySoql),
    },
    {
      ...inBulk,
      rule: 'waits where bulk answers 406 without a body',
      source: sources.airbyteRules,
      answers: { 'POST jobs/query': empty(406) },
      fails: { kind: 'unavailable', status: 406 },
    },
    {
      rule: 'exports the other files where one is refused',
      source: sources.airbyteRules,
      ask: (at) => exportBy(at, coreCrm, {}),
      answers: {
        'GET query?q=SELECT Id, Name, ContentType FROM Attachment *': found(
          { Id: '00Pxx1', Name: 'a.txt', ContentType: 'text/plain' },
          { Id: '00Pxx2', Name: 'b.txt', ContentType: 'text/plain' },
        ),
        'GET sobjects/Attachment/describe': refused(403, 'INSUFFICIENT_ACCESS'),
        'GET query?q=*FROM ContentDocumentLink WHERE LinkedEntityId IN*': refused(
          403,
          'INSUFFICIENT_ACCESS',
        ),
        'GET sobjects/Attachment/00Pxx1/Body': raw(200, 'hello', { 'content-type': 'text/plain' }),
        'GET sobjects/Attachment/00Pxx2/Body': refused(403, 'INSUFFICIENT_ACCESS'),
      },
      gives: gives(
        { ...bySoql, 'files/00Pxx1-a.txt': 'hello' },
        'restricted: 1 file(s) could not be read, and are left out. The system refused them ' +
          '(INSUFFICIENT_ACCESS). Give the user that the app runs as access to them.',
        ...['Attachment', 'ContentDocumentLink'].map(
          (object) =>
            `restricted: Files of ${object} could not be read, and are left out. ${object} cannot ` +
            'be queried (INSUFFICIENT_ACCESS). Give the user that the app runs as access to it.',
        ),
      ),
    },
    {
      rule: 'exports the records without fields that the query refuses by name',
      source: sources.invalidField,
      answers: {
        'GET sobjects/Asset/describe': describes('Asset', [
          field('Name'),
          field('Old__c'),
          field('Secret__c'),
        ]),
        'GET query?q=SELECT Id,Name,Old__c,Secret__c FROM Asset WHERE Id IN *': unknownField(
          'Secret__c',
          'Asset',
        ),
        'GET query?q=SELECT Id,Name,Old__c FROM Asset WHERE Id IN *': unknownField(
          'Old__c',
          'Asset',
        ),
        'GET query?q=SELECT Id,Name FROM Asset WHERE Id IN *': found({
          Id: '02ixx1',
          Name: 'Boot',
        }),
      },
      gives: gives(bySoql, withoutFields('Asset', 'Secret__c', 'Old__c')),
    },
    {
      rule: 'finds people without a field that the query refuses by name, and exports them without it',
      source: sources.invalidField,
      answers: {
        'GET sobjects/Contact/describe': describes('Contact', [
          field('LastName'),
          field('Birthdate', 'date'),
          field('Email', 'email'),
        ]),
        'GET query?q=SELECT Id, LastName, Email, Birthdate FROM Contact WHERE Email IN *':
          unknownField('Birthdate', 'Contact'),
        'GET query?q=SELECT Id, LastName, Email FROM Contact WHERE Email IN *': found(ana),
        'GET query?q=SELECT Id,LastName,Email FROM Contact WHERE Id IN *': found(named),
      },
      gives: gives({ Contact: [named] }, withoutFields('Contact', 'Birthdate')),
    },
    {
      rule: 'calls an object closed that refuses a field which nothing is found without',
      source: sources.invalidField,
      answers: {
        'GET query?q=SELECT Id,Name FROM Asset WHERE Id IN *': unknownField('Id', 'Asset'),
      },
      gives: gives({ ...contact, ...cases }, closed('Asset', 'INVALID_FIELD')),
    },
    {
      rule: 'calls no object closed for a field that cannot be filtered by',
      source: sources.unfiltered,
      answers: { [CASES]: unfiltered('ContactId', 'Case') },
      gives: gives({ ...contact, ...assets }, withoutFields('Case', 'ContactId')),
    },
    {
      ...inBulk,
      rule: 'leaves out a refused field where bulk refuses it first',
      source: [sources.invalidField, sources.airbyteRules],
      answers: {
        'POST jobs/query': unknownField('Name', 'Asset'),
        'GET query?q=SELECT Id,Name FROM Asset WHERE Id IN *': unknownField('Name', 'Asset'),
        'GET query?q=SELECT Id FROM Asset WHERE Id IN *': found({ Id: '02ixx1' }),
      },
      gives: gives(
        { ...contact, ...cases, Asset: [{ Id: '02ixx1' }] },
        withoutFields('Asset', 'Name'),
      ),
    },
    {
      rule: 'exports who is there where the recycle bin of people is refused',
      source: sources.airbyteRules,
      answers: {
        'GET sobjects/Contact/describe': describes(
          'Contact',
          [field('FirstName'), field('LastName'), field('Email', 'email'), deletable],
          [
            ['Case', 'ContactId'],
            ['Asset', 'ContactId'],
          ],
        ),
        'GET queryAll?q=SELECT * FROM Contact WHERE Email IN *': refused(
          403,
          'INSUFFICIENT_ACCESS',
        ),
        'GET query?q=SELECT * FROM Contact WHERE Id IN *': found({ ...ana, IsDeleted: false }),
      },
      gives: gives(
        { ...bySoql, Contact: [{ ...ana, IsDeleted: false }] },
        withoutBin('Contact', 'INSUFFICIENT_ACCESS'),
      ),
    },
    ...(
      [
        [403, 'INSUFFICIENT_ACCESS'],
        [400, 'INVALID_TYPE'],
        [500, 'UNKNOWN_EXCEPTION'],
      ] as const
    ).map(([status, code]) => ({
      rule: `exports the records of an object whose recycle bin is refused with ${code}`,
      source: [sources.airbyteRules, sources.restErrors],
      answers: {
        'GET sobjects/Case/describe': describes('Case', [field('Subject'), deletable]),
        'GET queryAll?q=SELECT * FROM Case WHERE ContactId IN *': refused(status, code),
        [CASES]: found({ Id: '500xx1' }),
        'GET query?q=SELECT Id,Subject,IsDeleted FROM Case WHERE Id IN *': found({
          Id: '500xx1',
          Subject: 'Late',
          IsDeleted: false,
        }),
      },
      gives: gives(
        { ...bySoql, Case: [{ Id: '500xx1', Subject: 'Late', IsDeleted: false }] },
        withoutBin('Case', code),
      ),
    })),
    {
      rule: 'exports the records of an object whose recycle bin is refused for whole records alone',
      source: sources.airbyteRules,
      answers: {
        'GET sobjects/Case/describe': describes('Case', [field('Subject'), deletable]),
        'GET queryAll?q=SELECT Id FROM Case WHERE ContactId IN *': found({ Id: '500xx1' }),
        'GET queryAll?q=SELECT Id,Subject,IsDeleted FROM Case WHERE Id IN *': refused(
          403,
          'INSUFFICIENT_ACCESS',
        ),
        'GET query?q=SELECT Id,Subject,IsDeleted FROM Case WHERE Id IN *': found({
          Id: '500xx1',
          Subject: 'Late',
          IsDeleted: false,
        }),
      },
      gives: gives(
        { ...bySoql, Case: [{ Id: '500xx1', Subject: 'Late', IsDeleted: false }] },
        withoutBin('Case', 'INSUFFICIENT_ACCESS'),
      ),
    },
    {
      rule: 'calls an object closed, and not its recycle bin, where both are refused',
      source: sources.airbyteRules,
      answers: {
        'GET sobjects/Case/describe': describes('Case', [deletable]),
        'GET queryAll?q=SELECT * FROM Case WHERE ContactId IN *': refused(
          403,
          'INSUFFICIENT_ACCESS',
        ),
        [CASES]: refused(403, 'INSUFFICIENT_ACCESS'),
      },
      gives: gives({ ...contact, ...assets }, closed('Case', 'INSUFFICIENT_ACCESS')),
    },
    {
      rule: 'waits where the recycle bin is not given for now',
      source: sources.restErrors,
      answers: {
        'GET sobjects/Case/describe': describes('Case', [deletable]),
        'GET queryAll?q=SELECT * FROM Case WHERE ContactId IN *': refused(
          503,
          'SERVER_UNAVAILABLE',
        ),
      },
      fails: { kind: 'unavailable', status: 503 },
    },
    {
      rule: 'exports files where the recycle bin of files is refused',
      source: sources.airbyteRules,
      ask: (at) => exportBy(at, coreCrm, {}),
      answers: {
        'GET query?q=SELECT Id, Name, ContentType FROM Attachment *': found({
          Id: '00Pxx1',
          Name: 'a.txt',
          ContentType: 'text/plain',
        }),
        'GET queryAll?q=SELECT Id FROM Attachment *IsDeleted = true*': refused(
          403,
          'INSUFFICIENT_ACCESS',
        ),
        'GET sobjects/Attachment/describe': describes('Attachment', [field('Name')]),
        'GET query?q=SELECT Id,Name FROM Attachment *': found({ Id: '00Pxx1', Name: 'a.txt' }),
        'GET sobjects/Attachment/00Pxx1/Body': raw(200, 'hello', { 'content-type': 'text/plain' }),
        'GET query?q=*FROM ContentDocumentLink WHERE LinkedEntityId IN*': found(),
        'GET queryAll?q=*FROM ContentDocumentLink *': refused(400, 'INVALID_TYPE'),
      },
      gives: gives(
        { ...bySoql, Attachment: [{ Id: '00Pxx1', Name: 'a.txt' }], 'files/00Pxx1-a.txt': 'hello' },
        withoutBin('Attachment', 'INSUFFICIENT_ACCESS'),
        withoutBin('ContentDocumentLink', 'INVALID_TYPE'),
      ),
    },
  ],
} satisfies WireApi;
