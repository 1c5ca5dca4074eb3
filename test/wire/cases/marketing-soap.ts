import { openUnit, unitSignIn } from '../../../src/connectors/marketing-cloud/business-unit.ts';
import { retrieve } from '../../../src/connectors/marketing-cloud/retrieve.ts';
import { ok, raw, type Source, type WireAnswer, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const sdk: Source = {
  of: 'github.com/DougMidgley/SFMC-SDK',
  at: 'test/resources/soap.js',
  version: '4d0fee2',
  read: '2026-11-28',
};
const devtools: Source = {
  of: 'github.com/Accenture/sfmc-devtools',
  at: 'test/resources/retrieve-response.xml',
  version: '6b316b8',
  read: '2026-11-28',
};
const list: Source = {
  of: 'github.com/Accenture/sfmc-devtools',
  at: 'test/resources/9999999/list/retrieve-response.xml',
  version: '6b316b8',
  read: '2026-11-28',
};
const mcecli: Source = {
  of: 'github.com/dawidmachon/mcecli',
  at: 'internal/cli/cmd_dv.go',
  version: 'aaca8b1',
  read: '2026-11-28',
};
const soap11: Source = {
  of: 'www.w3.org/TR/2000/NOTE-SOAP-20000508',
  at: '4.4 SOAP Fault',
  version: '1.1',
  read: '2026-11-28',
};

/** Rows of an object, its properties as they came. */
const rowsOf =
  (properties: readonly string[]) =>
  async (at: WireStand): Promise<unknown> => {
    const signIn = unitSignIn(
      'sys',
      { authUrl: at.origin, clientId: 'id', clientSecret: 'secret' },
      '100',
    );
    const unit = openUnit(signIn, {
      mid: '100',
      system: 'sys',
      signal: new AbortController().signal,
      onPage: () => undefined,
      unknown: new Set(),
    });
    const rows: unknown[] = [];
    for await (const page of retrieve(
      unit,
      { name: 'SentEvent', label: 'Messages sent', properties },
      'SubscriberKey',
      '12345',
    )) {
      rows.push(...page);
    }
    return rows;
  };
const wsa =
  'xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
  'xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" ' +
  'xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"';
const envelope = (body: string, status = 200): WireAnswer =>
  raw(
    status,
    '<?xml version="1.0" encoding="utf-8"?><soap:Envelope ' +
      'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ' +
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      'xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
      `${wsa}><soap:Header><wsa:Action>RetrieveResponse</wsa:Action><wsa:MessageID>urn:uuid:4a9b</wsa:MessageID><wsse:Security><wsu:Timestamp ` +
      `wsu:Id="Timestamp-c9"><wsu:Created>2026-11-08T21:27:30Z</wsu:Created></wsu:Timestamp></wsse:Security></soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`,
    { 'content-type': 'text/xml; charset=utf-8' },
  );
const retrieved = (status: string, results = '', id = 'f06cc504') =>
  envelope(
    '<RetrieveResponseMsg ' +
      `xmlns="http://exacttarget.com/wsdl/partnerAPI"><OverallStatus>${status}</OverallStatus><RequestID>${id}</RequestID>${results}</RetrieveResponseMsg>`,
  );
const row = (key: string, more = '') =>
  '<Results xsi:type="SentEvent"><PartnerKey xsi:nil="true" /><ObjectID xsi:nil="true" ' +
  `/><SubscriberKey>${key}</SubscriberKey>${more}</Results>`;
const fault = (code: string, text: string) =>
  envelope(
    '<soap:Fault><faultcode ' +
      `xmlns:q0="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">${code}</faultcode><faultstring>${text}</faultstring><faultactor>https://x.soap.marketingcloudapis.com/Service.asmx</faultactor></soap:Fault>`,
    500,
  );
const token = (value: string) =>
  ok({
    access_token: value,
    expires_in: 1079,
    rest_instance_url: '{origin}/rest/',
    soap_instance_url: '{origin}/soap/',
  });
const call = 'POST soap/Service.asmx';
const found = [{ SubscriberKey: '12345', PartnerKey: null }];

export default {
  api: 'Marketing Cloud: SOAP Retrieve',
  connectors: ['marketing-cloud'],
  ask: rowsOf(['SubscriberKey', 'PartnerKey']),
  always: { 'POST v2/token': token('T') },
  cases: [
    {
      rule: 'reads a single row, and nil as nothing',
      source: sdk,
      answers: { [call]: retrieved('OK', row('12345')) },
      gives: found,
    },
    {
      rule: 'has no rows where no element is there',
      source: devtools,
      answers: { [call]: retrieved('OK') },
      gives: [],
    },
    {
      rule: 'goes on where more is available',
      source: sdk,
      answers: { [call]: [retrieved('MoreDataAvailable', row('1')), retrieved('OK', row('2'))] },
      gives: [
        { SubscriberKey: '1', PartnerKey: null },
        { SubscriberKey: '2', PartnerKey: null },
      ],
    },
    {
      rule: 'reads properties of a related object, dates and numbers as texts',
      source: list,
      ask: rowsOf(['SubscriberKey', 'Client.ID', 'EventDate']),
      answers: {
        [call]: retrieved(
          'OK',
          row('007', '<Client><ID>100</ID></Client><EventDate>2017-02-16T01:59:27.29</EventDate>'),
        ),
      },
      gives: [{ SubscriberKey: '007', 'Client.ID': '100', EventDate: '2017-02-16T01:59:27.29' }],
    },
    {
      rule: 'signs in anew where the token has ended, which is a fault with 500',
      source: sdk,
      answers: {
        'POST v2/token': [token('A'), token('B')],
        [call]: [fault('q0:Security', 'Token Expired'), retrieved('OK', row('12345'))],
      },
      gives: found,
    },
    {
      rule: 'is denied by any other fault of security',
      source: sdk,
      guess: 'Recorded with another text.',
      answers: { [call]: fault('q0:Security', 'Login Failed') },
      fails: { kind: 'denied', status: 500, code: 'SECURITY_FAULT' },
    },
    {
      rule: 'is rejected where the account has no such object, under a status of 200',
      source: sdk,
      answers: {
        [call]: retrieved(
          'Error: Unable to find a handler for object type: SentEvent. Object types are ' +
            'case-sensitive, check spelling.',
        ),
      },
      fails: { kind: 'rejected', code: 'UNKNOWN_OBJECT' },
    },
    {
      rule: 'asks again without a property that the account does not know',
      source: mcecli,
      answers: {
        [call]: [
          retrieved(
            'Error: The Request Property(s) PartnerKey do not match with the fields of SentEvent retrieve',
          ),
          retrieved('OK', row('12345')),
        ],
      },
      gives: found,
    },
    {
      rule: 'asks again without several such properties',
      source: mcecli,
      ask: rowsOf(['SubscriberKey', 'BatchID', 'ListID']),
      answers: {
        [call]: [
          retrieved(
            'Error: The Request Property(s) BatchID, ListID do not match with the fields of ' +
              'SentEvent retrieve',
          ),
          retrieved('OK', row('1')),
        ],
      },
      gives: [{ SubscriberKey: '1', BatchID: null, ListID: null }],
    },
    {
      rule: 'is rejected where the property that tells whose a row is is not known',
      source: mcecli,
      answers: {
        [call]: retrieved(
          'Error: The Request Property(s) SubscriberKey do not match with the fields of SentEvent retrieve',
        ),
      },
      fails: { kind: 'rejected', code: 'UNKNOWN_PROPERTY' },
    },
    {
      rule: 'waits at a fault of the server',
      source: soap11,
      answers: {
        [call]: fault(
          'soap:Server',
          'Server was unable to process request for ana.lima@example.com',
        ),
      },
      fails: { kind: 'unavailable', status: 500, code: 'SOAP_FAULT' },
    },
    {
      rule: 'is rejected by a fault of ours',
      source: soap11,
      answers: { [call]: fault('soap:Client', 'Unable to handle request') },
      fails: { kind: 'rejected', code: 'SOAP_FAULT' },
    },
    {
      rule: 'is unreadable where the answer is no XML',
      source: soap11,
      answers: { [call]: raw(200, '<soap:Envelope', { 'content-type': 'text/xml' }) },
      fails: { kind: 'unreadable', code: 'NOT_XML' },
    },
    {
      rule: 'is unreadable where the envelope holds something else',
      source: soap11,
      answers: { [call]: envelope('<DefinitionResponseMsg/>') },
      fails: { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    },
  ],
} satisfies WireApi;
