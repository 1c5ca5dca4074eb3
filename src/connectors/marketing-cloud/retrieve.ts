import type { SystemErrorCode } from '../../contract/errors/system-errors.ts';
import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { SystemFailure, type FailureKind } from '../../http/failure.ts';
import type { HttpResponse } from '../../http/transport.ts';
import { readAs } from '../../salesforce/read-response.ts';
import type { BusinessUnit, UnitToken } from './business-unit.ts';
import type { SoapObject } from './soap-objects.ts';

/**
 * One record, by property; absent and empty ones are null. A subscriber's attributes come as
 * `Attributes`.
 */
export type SoapRecord = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name: string) => name === 'Results',
});

const envelopeShape = z.looseObject({
  Envelope: z.looseObject({
    Body: z.looseObject({
      Fault: z
        .looseObject({ faultcode: z.string().optional(), faultstring: z.string().optional() })
        .optional(),
      RetrieveResponseMsg: z
        .looseObject({
          OverallStatus: z.string(),
          RequestID: z.string().optional(),
          Results: z.array(z.union([z.looseObject({}), z.literal('')])).optional(),
        })
        .optional(),
    }),
  }),
});

/**
 * Records of an object whose `property` is `value`, page by page.
 *
 * Properties that the account does not have are dropped from the query, and stay empty.
 *
 * @throws SystemFailure; `rejected` if the response has status 200 and reports an error
 * @see Marketing Cloud Engagement SOAP API, "Retrieve"; read 2026-11
 */
export async function* retrieve(
  unit: BusinessUnit,
  object: SoapObject,
  property: string,
  value: string,
): AsyncGenerator<SoapRecord[], void> {
  const filter =
    '<Filter ' +
    `xsi:type="SimpleFilterPart"><Property>${property}</Property><SimpleOperator>equals</SimpleOperator><Value>${escaped(value)}</Value></Filter>`;
  const asked = () =>
    object.properties.filter((name) => !unit.unknown.has(`${object.name}.${name}`));
  const first = () =>
    `<ObjectType>${object.name}</ObjectType>${asked()
      .map((name) => `<Properties>${name}</Properties>`)
      .join('')}${filter}`;
  for (let request = first(); ;) {
    const { OverallStatus: status, RequestID: id, Results: results } = await ask(unit, request);
    unit.onPage();
    const unknown = unknownProperties(status).filter(
      (name) => name !== property && asked().includes(name),
    );
    if (unknown.length > 0) {
      for (const name of unknown) {
        unit.unknown.add(`${object.name}.${name}`);
      }
      request = first();
      continue;
    }
    yield (results ?? []).map((record) => recordOf(object, record === '' ? {} : record));
    if (status === 'OK') return;
    if (status !== 'MoreDataAvailable') {
      throw new SystemFailure({
        kind: /error/i.test(status) ? 'rejected' : 'unreadable',
        system: unit.system,
        code: codeOf(status),
      });
    }
    if (id === undefined) {
      throw new SystemFailure({ kind: 'unreadable', system: unit.system, code: 'NO_REQUEST_ID' });
    }
    request = `<ContinueRequest>${escaped(id)}</ContinueRequest>`;
  }
}

function codeOf(status: string): SystemErrorCode {
  if (/Property/i.test(status)) return 'UNKNOWN_PROPERTY';
  return /handler for object type/i.test(status) ? 'UNKNOWN_OBJECT' : 'RETRIEVE_STATUS';
}

/**
 * Accounts differ in the properties that they have, and one unknown property makes the whole call
 * fail.
 */
const unknownProperties = (status: string): string[] =>
  /Request Property\(s\) (.+?) do(?:es)? not match/i
    .exec(status)?.[1]
    ?.split(',')
    .map((name) => name.trim()) ?? [];

type Response = NonNullable<
  z.infer<typeof envelopeShape>['Envelope']['Body']['RetrieveResponseMsg']
>;

const ask = ({ client, system }: BusinessUnit, request: string): Promise<Response> =>
  client.read(
    (token) => ({
      method: 'POST',
      url: `${token.soap}Service.asmx`,
      body: envelope(token, request),
      readsStatus: [500],
      headers: { 'content-type': 'text/xml', accept: 'text/xml', soapaction: 'Retrieve' },
    }),
    (answer) => responseOf(system, answer),
  );

function responseOf(system: string, { status, contentType, text }: HttpResponse): Response {
  const isXml = /xml/i.test(contentType) && !text.includes('<!DOCTYPE');
  if (!isXml) {
    throw new SystemFailure({
      kind: status === 500 ? 'unavailable' : 'unreadable',
      system,
      status,
      ...(status !== 500 && { code: 'NOT_XML' }),
    });
  }
  const { Fault: fault, RetrieveResponseMsg: response } = readAs(
    envelopeShape,
    parsed(system, text),
    system,
  ).Envelope.Body;
  if (fault !== undefined) {
    throw failureOfFault(system, status, fault.faultcode ?? '', fault.faultstring ?? '');
  }
  if (response === undefined) {
    throw new SystemFailure({ kind: 'unreadable', system, status, code: 'FOREIGN_SHAPE' });
  }
  return response;
}

function parsed(system: string, text: string): unknown {
  try {
    return parser.parse(text, true) as unknown;
  } catch {
    throw new SystemFailure({ kind: 'unreadable', system, code: 'NOT_XML' });
  }
}

function kindOfFault(code: string): FailureKind {
  if (/security/i.test(code)) return 'denied';
  return /client/i.test(code) ? 'rejected' : 'unavailable';
}

/**
 * A token that has ended is a fault with status 500. It is read as 401, so that the token is
 * renewed.
 */
function failureOfFault(system: string, status: number, code: string, said: string): SystemFailure {
  if (/token expired/i.test(said)) {
    return new SystemFailure({ kind: 'denied', system, status: 401, code: 'TOKEN_EXPIRED' });
  }
  const kind = kindOfFault(code);
  return new SystemFailure({
    kind,
    system,
    status,
    code: kind === 'denied' ? 'SECURITY_FAULT' : 'SOAP_FAULT',
  });
}

function recordOf(
  { properties }: SoapObject,
  record: Readonly<Record<string, unknown>>,
): SoapRecord {
  const value = (path: string) =>
    path
      .split('.')
      .reduce<unknown>(
        (at, step) =>
          typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined,
        record,
      );
  const known = Object.fromEntries(
    properties.map((name) => [
      name,
      typeof value(name) === 'string' && value(name) !== '' ? value(name) : null,
    ]),
  );
  const attributes =
    record.Attributes === undefined
      ? []
      : ([record.Attributes].flat() as readonly {
          readonly Name?: unknown;
          readonly Value?: unknown;
        }[]);
  return attributes.length === 0
    ? known
    : {
        ...known,
        Attributes: Object.fromEntries(
          attributes.map(({ Name, Value }) => [String(Name), Value === '' ? null : Value]),
        ),
      };
}

const escaped = (text: string): string =>
  text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

const envelope = ({ value }: UnitToken, request: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope ' +
  'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Header><fueloauth ' +
  `xmlns="http://exacttarget.com">${escaped(value)}</fueloauth></soap:Header>` +
  '<soap:Body><RetrieveRequestMsg ' +
  `xmlns="http://exacttarget.com/wsdl/partnerAPI"><RetrieveRequest>${request}</RetrieveRequest></RetrieveRequestMsg></soap:Body></soap:Envelope>`;
