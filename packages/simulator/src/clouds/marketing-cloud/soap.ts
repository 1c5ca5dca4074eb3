import { randomUUID } from 'node:crypto';
import type { PlainError } from '../../server/faults.ts';
import type { Answer, Call, Route } from '../../server/http.ts';
import type { BusinessUnit } from '../../seed/clouds.ts';
import { soapFilter, SoapFilterError } from './soap-filter.ts';
import { soapObject, type SoapObject } from './soap-objects.ts';
import { childrenOf, elementAt, escaped, parseXml, type Element } from '../../server/xml.ts';

/** What the SOAP API needs. */
export interface SoapParts {
  /** The business unit of a token. Undefined for an invalid token. */
  readonly unitOf: (token: string) => BusinessUnit | undefined;
  readonly allUnits: readonly BusinessUnit[];
  readonly pageSize: number;
}

interface Remaining {
  readonly object: SoapObject;
  readonly properties: readonly string[];
  readonly rows: readonly ReadonlyMap<string, string>[];
}

const HEAD = ['PartnerKey', 'ObjectID'];
const NAMESPACE = 'http://exacttarget.com/wsdl/partnerAPI';

/**
 * The SOAP API: `Retrieve`, page by page. An error comes as 200 with the error in `OverallStatus`.
 */
export function soapRoutes({ unitOf, allUnits, pageSize }: SoapParts): Route[] {
  const continued = new Map<string, Remaining>();

  const page = ({ object, properties, rows }: Remaining): Answer => {
    const requestId = randomUUID();
    const rest = rows.slice(pageSize);
    if (rest.length > 0) continued.set(requestId, { object, properties, rows: rest });
    const results = rows.slice(0, pageSize).map((row) => resultText(object, properties, row));
    return retrieved(rest.length > 0 ? 'MoreDataAvailable' : 'OK', requestId, results.join(''));
  };

  const retrieve = (request: Element, unit: BusinessUnit): Answer => {
    const more = elementAt(request, 'ContinueRequest')?.text.trim() ?? '';
    if (more !== '') {
      const remaining = continued.get(more);
      return remaining ? page(remaining) : refused('The request to continue is not known');
    }
    const type = elementAt(request, 'ObjectType')?.text.trim() ?? '';
    const everywhere = elementAt(request, 'QueryAllAccounts')?.text.trim().toLowerCase() === 'true';
    const object = soapObject(type, everywhere ? allUnits : [unit]);
    if (object === undefined) {
      return refused(
        `Unable to find a handler for object type: ${type}. Object types are case-sensitive, check spelling.`,
      );
    }
    const properties = childrenOf(request, 'Properties').map(({ text }) => text.trim());
    if (object.isDataExtension && properties.includes('*')) {
      return page({ object, properties, rows: [] });
    }
    const wrong = properties.filter((property) => !object.properties.has(property));
    if (wrong.length > 0 || properties.length === 0) {
      return refused(
        `The Request Property(s) ${wrong.join(', ')} do not match with the fields of ${type} retrieve`,
      );
    }
    try {
      const filter = soapFilter(elementAt(request, 'Filter'), object);
      return page({ object, properties, rows: object.rows.filter(filter) });
    } catch (error) {
      if (error instanceof SoapFilterError) return refused(error.message);
      throw error;
    }
  };

  const handle = (call: Call): Answer => {
    const envelope = parseXml(call.body.toString('utf8'));
    const request = elementAt(envelope, 'Body', 'RetrieveRequestMsg', 'RetrieveRequest');
    const unit = unitOf(elementAt(envelope, 'Header', 'fueloauth')?.text.trim() ?? '');
    if (unit === undefined) return fault(500, 'q0:Security', 'Token Expired');
    if (request === undefined || !/Retrieve/.test(String(call.headers.soapaction ?? ''))) {
      return fault(500, 'soap:Client', 'The action is not supported');
    }
    return retrieve(request, unit);
  };
  // Clients differ in its case: FuelSDK-Python puts the WSDL's whole address in lower case.
  return [{ method: 'POST', path: '/soap/service.asmx', anyCase: true, handle }];
}

/** An error in the shape of the SOAP API: a fault, or 200 with an error in the status. */
export function soapError({ status, message }: PlainError): Answer {
  if (status === 200) return refused(message);
  return status === 401
    ? fault(500, 'q0:Security', 'Token Expired')
    : fault(status, 'soap:Server', message);
}

function resultText(
  object: SoapObject,
  properties: readonly string[],
  row: ReadonlyMap<string, string>,
): string {
  const value = (name: string): string => escaped(row.get(name) ?? '');
  const told = properties.filter((name) => row.has(name));
  // Every row starts with these two. They are nil if the row has none or nobody asked.
  const head = HEAD.map((name) =>
    told.includes(name) ? nested([name], value(name)) : `<${name} xsi:nil="true"/>`,
  );
  if (object.isDataExtension) {
    const pairs = properties.map(
      (name) => `<Property><Name>${escaped(name)}</Name><Value>${value(name)}</Value></Property>`,
    );
    return (
      '<Results ' +
      `xsi:type="DataExtensionObject">${head.join('')}<Type>DataExtensionObject</Type><Properties>${pairs.join('')}</Properties></Results>`
    );
  }
  const rest = told
    .filter((name) => !HEAD.includes(name))
    .map((name) => nested(name.split('.'), value(name)));
  return `<Results xsi:type="${escaped(object.type)}">${[...head, ...rest].join('')}</Results>`;
}

const nested = (path: readonly string[], text: string): string =>
  path.reduceRight((inside, name) => `<${name}>${inside}</${name}>`, text);

const refused = (message: string): Answer => retrieved(`Error: ${message}`, randomUUID(), '');

const retrieved = (status: string, requestId: string, results: string): Answer =>
  xml(
    200,
    '<RetrieveResponseMsg ' +
      `xmlns="${NAMESPACE}"><OverallStatus>${escaped(status)}</OverallStatus><RequestID>${requestId}</RequestID>${results}</RetrieveResponseMsg>`,
  );

const fault = (status: number, code: string, text: string): Answer =>
  xml(
    status,
    '<soap:Fault ' +
      `xmlns:q0="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><faultcode>${code}</faultcode><faultstring>${escaped(text)}</faultstring></soap:Fault>`,
  );

const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  text:
    '<?xml version="1.0" encoding="utf-8"?><soap:Envelope ' +
    'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
    `xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Header/><soap:Body>${body}</soap:Body></soap:Envelope>`,
});
