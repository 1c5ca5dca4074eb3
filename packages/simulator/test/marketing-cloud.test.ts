import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { control, simulated } from './start.ts';

const ANA = 'ana@example.com';
const orders = Array.from({ length: 7 }, (_, index) => ({
  OrderId: `O-${index}`,
  EmailAddress: index === 3 ? 'bo@example.com' : ANA,
  Total: 10 + index,
}));
const stage = simulated({
  marketingCloud: {
    pageSize: 3,
    businessUnits: {
      '100001': {
        contacts: [
          { contactKey: 'K-1', email: ANA },
          { contactKey: 'K-2', email: 'Ana@Example.com' },
          { contactKey: 'K-3', email: 'bo@example.com' },
        ],
        dataExtensions: [
          { name: 'Orders of the shop', key: 'Orders', primaryKeys: ['OrderId'], rows: orders },
        ],
        soap: {
          Subscriber: [{ SubscriberKey: 'K-1', EmailAddress: ANA, Status: 'Active' }],
          SentEvent: Array.from({ length: 4 }, (_, index) => ({
            SubscriberKey: 'K-1',
            SendID: `710${index}`,
            EventDate: `2026-01-0${index + 1}T10:00:00`,
          })),
        },
      },
      '100002': {
        soap: {
          SentEvent: [{ SubscriberKey: 'K-1', SendID: '7109', EventDate: '2026-02-01T10:00:00' }],
        },
      },
    },
  },
});
interface Token {
  readonly access_token: string;
  readonly expires_in: number;
  readonly rest_instance_url: string;
  readonly soap_instance_url: string;
}
const cloud = () => stage.simulator.marketingCloud ?? assert.fail('there is no Marketing Cloud');
const post = (body: object) =>
  fetch(`${cloud().auth}/v2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const token = async (account: string | number = 100_001) => {
  const { clientId, clientSecret } = cloud();
  return (await (
    await post({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      account_id: account,
    })
  ).json()) as Token;
};
const rest = async (path: string, body?: object, given?: Token) => {
  const { access_token, rest_instance_url } = given ?? (await token());
  const answer = await fetch(rest_instance_url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const soap = async (request: string, given?: Token, service = 'Service.asmx') => {
  const { access_token, soap_instance_url } = given ?? (await token());
  const answer = await fetch(soap_instance_url + service, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: 'Retrieve' },
    body:
      '<?xml version="1.0"?><s:Envelope ' +
      'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><fueloauth ' +
      `xmlns="http://exacttarget.com">${access_token}</fueloauth></s:Header><s:Body><RetrieveRequestMsg ` +
      `xmlns="http://exacttarget.com/wsdl/partnerAPI"><RetrieveRequest>${request}</RetrieveRequest></RetrieveRequestMsg></s:Body></s:Envelope>`,
  });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    overall: /<OverallStatus>(.*)<\/OverallStatus>/.exec(text)?.[1],
    requestId: /<RequestID>(.*)<\/RequestID>/.exec(text)?.[1],
    rows: text.match(/<Results /g)?.length ?? 0,
  };
};
const retrieve = (type: string, properties: readonly string[], more = '') =>
  `<ObjectType>${type}</ObjectType>${properties.map((name) => `<Properties>${name}</Properties>`).join('')}${more}`;
const equal = (property: string, value: string, operator = 'equals') =>
  '<Filter xsi:type="SimpleFilterPart" ' +
  `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Property>${property}</Property><SimpleOperator>${operator}</SimpleOperator><Value>${value}</Value></Filter>`;
afterEach(() => control(stage.simulator, 'DELETE', '/faults'));

describe('a token of Marketing Cloud', () => {
  it('is for one business unit, lives 1079 seconds, and names addresses that end in a slash', async () => {
    const given = await token();
    assert.equal(given.expires_in, 1_079);
    assert.deepEqual(
      [given.rest_instance_url, given.soap_instance_url],
      [`${cloud().auth}/rest/`, `${cloud().auth}/soap/`],
    );
    const search = () => rest('data/v1/customObjects?$search=shop', undefined, given);
    assert.equal((await search()).status, 200);
    await control(stage.simulator, 'POST', '/clock', { advanceSeconds: 1_080 });
    assert.deepEqual((await search()).body.message, 'Not Authorized');
    assert.equal((await soap(retrieve('Subscriber', ['Status']), given)).status, 500);
  });

  it('is refused to a wrong client and for an account that is not there', async () => {
    const wrong = await post({
      grant_type: 'client_credentials',
      client_id: 'x',
      client_secret: 'y',
    });
    assert.deepEqual(
      [wrong.status, ((await wrong.json()) as { error: string }).error],
      [401, 'invalid_client'],
    );
    const { clientId, clientSecret } = cloud();
    assert.equal(
      (
        await post({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          account_id: 7,
        })
      ).status,
      400,
    );
  });
});

describe('contacts of an e-mail address', () => {
  const keys = async (more: object) => {
    const { body } = await rest('contacts/v1/addresses/email/search', {
      channelAddressList: [ANA, 'nobody@example.com'],
      ...more,
    });
    return (
      body.channelAddressResponseEntities as { contactKeyDetails: { contactKey: string }[] }[]
    ).map(({ contactKeyDetails }) => contactKeyDetails.map(({ contactKey }) => contactKey));
  };
  it('are as many as are asked for, which is one by itself, and an empty object for nobody', async () => {
    assert.deepEqual(await keys({}), [['K-1'], [undefined]]);
    assert.deepEqual(await keys({ maximumCount: 50 }), [['K-1', 'K-2'], [undefined]]);
  });
});

describe('a data extension', () => {
  const rows = (query: string) => rest(`data/v1/customobjectdata/${query}`);

  it('is found by a word of its name, which is mandatory, and tells its fields', async () => {
    assert.equal((await rest('data/v1/customObjects')).status, 400);
    const { items } = (await rest('data/v1/customObjects?$search=SHOP')).body as unknown as {
      items: { id: string; key: string }[];
    };
    assert.deepEqual(
      items.map(({ key }) => key),
      ['Orders'],
    );
    const { fields } = (await rest(`data/v1/customObjects/${items[0]?.id}/fields`))
      .body as unknown as {
      fields: { name: string; isPrimaryKey: boolean }[];
    };
    assert.deepEqual(
      fields.map(({ name, isPrimaryKey }) => [name, isPrimaryKey]),
      [
        ['OrderId', true],
        ['EmailAddress', false],
        ['Total', false],
      ],
    );
  });

  it('gives its rows by customer key in pages, columns in lower case and values as texts', async () => {
    const query = `$filter=${encodeURIComponent(`emailaddress eq '${ANA}'`)}&$pageSize=4`;
    const first = (await rows(`key/Orders/rowset?${query}`)).body as unknown as {
      count: number;
      pageSize: number;
      links: { next?: string };
      items: object[];
    };
    assert.deepEqual([first.count, first.pageSize, first.items.length], [6, 3, 3]);
    assert.deepEqual(first.items[0], {
      keys: { orderid: 'O-0' },
      values: { emailaddress: ANA, total: '10' },
    });
    const second = (await rest(`data${first.links.next}`)).body as unknown as {
      links: { next?: string };
      items: object[];
    };
    assert.deepEqual([second.items.length, second.links.next], [3, undefined]);
  });

  it('is not known by its name or without its rows, and no column by a wrong name', async () => {
    assert.equal((await rows('key/Orders%20of%20the%20shop/rowset')).status, 404);
    assert.equal((await rows('key/Orders')).status, 404);
    assert.equal((await rows("key/Orders/rowset?$filter=mail%20eq%20'x'")).status, 400);
  });

  it('compares and joins in a filter', async () => {
    const count = async (filter: string) =>
      (await rows(`key/Orders/rowset?$filter=${encodeURIComponent(filter)}`)).body.count as number;
    assert.equal(await count(`total gt 14 and emailaddress eq '${ANA.toUpperCase()}'`), 2);
    assert.equal(await count("orderid eq 'O-1' or (orderid eq 'O-2' and total eq 12)"), 2);
  });
});

describe('a SOAP retrieval', () => {
  it('comes in pages that are continued by the last request ID', async () => {
    const given = await token();
    const first = await soap(
      retrieve('SentEvent', ['SubscriberKey', 'SendID'], equal('SubscriberKey', 'K-1')),
      given,
    );
    assert.deepEqual([first.overall, first.rows], ['MoreDataAvailable', 3]);
    const last = await soap(`<ContinueRequest>${first.requestId}</ContinueRequest>`, given);
    assert.deepEqual([last.overall, last.rows], ['OK', 1]);
    assert.match(
      last.text,
      /<Results xsi:type="SentEvent"><PartnerKey xsi:nil="true"\/><ObjectID xsi:nil="true"\/><SubscriberKey>K-1<\/SubscriberKey><SendID>7103<\/SendID><\/Results>/,
    );
  });

  it('sees its own business unit, or all of them where it asks', async () => {
    const query = retrieve('SentEvent', ['SendID'], equal('SendID', '7109'));
    assert.equal((await soap(query)).rows, 0);
    assert.equal((await soap(query, await token('100002'))).rows, 1);
    assert.equal((await soap(`${query}<QueryAllAccounts>true</QueryAllAccounts>`)).rows, 1);
  });

  it('gives rows of data extensions as pairs, and none for a star', async () => {
    const one = await soap(
      retrieve('DataExtensionObject[Orders]', ['OrderId', 'Total'], equal('OrderId', 'O-2')),
    );
    assert.match(
      one.text,
      /<Properties><Property><Name>OrderId<\/Name><Value>O-2<\/Value><\/Property><Property><Name>Total<\/Name><Value>12<\/Value><\/Property><\/Properties>/,
    );
    const star = await soap(retrieve('DataExtensionObject[Orders]', ['*']));
    assert.deepEqual([star.overall, star.rows], ['OK', 0]);
  });

  // github.com/salesforce-marketingcloud/FuelSDK-Python, FuelSDK/objects.py,
  // `ET_DataExtension_Row.get`.
  it('takes the name of a data extension for its key, and the path in any case', async () => {
    const query = retrieve(
      'DataExtensionObject[Orders of the shop]',
      ['OrderId'],
      equal('OrderId', 'O-2'),
    );
    for (const service of ['service.asmx', 'SERVICE.ASMX']) {
      const { status, overall, rows } = await soap(query, undefined, service);
      assert.deepEqual([status, overall, rows], [200, 'OK', 1]);
    }
  });

  it('names data extensions and their fields', async () => {
    assert.match(
      (await soap(retrieve('DataExtension', ['CustomerKey', 'Name']))).text,
      /<CustomerKey>Orders<\/CustomerKey><Name>Orders of the shop<\/Name>/,
    );
    const fields = await soap(
      retrieve(
        'DataExtensionField',
        ['Name', 'DataExtension.CustomerKey'],
        equal('DataExtension.CustomerKey', 'Orders'),
      ),
    );
    assert.match(
      fields.text,
      /<Name>OrderId<\/Name><DataExtension><CustomerKey>Orders<\/CustomerKey><\/DataExtension>/,
    );
  });

  for (const [what, request, message] of [
    [
      'an unknown object',
      retrieve('sentevent', ['SendID']),
      /Error: Unable to find a handler for object type: sentevent\./,
    ],
    [
      'an unknown property',
      retrieve('SentEvent', ['Nope']),
      /Error: The Request Property\(s\) Nope do not match/,
    ],
    [
      'a filter by likeness of a data extension',
      retrieve('DataExtensionObject[Orders]', ['OrderId'], equal('OrderId', 'O%', 'like')),
      /Error: The SimpleOperator/,
    ],
  ] as const) {
    it(`answers ${what} with 200 and an error in its status`, async () => {
      const answer = await soap(request);
      assert.deepEqual([answer.status, answer.rows], [200, 0]);
      assert.match(answer.overall ?? '', message);
    });
  }

  it('is a fault with 500 for a token that has expired', async () => {
    const { status, text } = await soap(retrieve('Subscriber', ['Status']), {
      ...(await token()),
      access_token: 'old',
    });
    assert.equal(status, 500);
    assert.match(
      text,
      /<soap:Fault[^>]*><faultcode>q0:Security<\/faultcode><faultstring>Token Expired<\/faultstring>/,
    );
  });
});

describe('faults of Marketing Cloud', () => {
  it('have the shape of REST and of SOAP', async () => {
    await control(stage.simulator, 'POST', '/faults', [
      { match: '^marketing-cloud GET', kind: 'forbidden' },
      { match: '^marketing-cloud POST /soap', kind: 'error-in-200' },
    ]);
    assert.deepEqual(await rest('data/v1/customObjects?$search=x'), {
      status: 403,
      body: { message: 'Insufficient privileges to complete this action.' },
    });
    const { status, overall } = await soap(retrieve('Subscriber', ['Status']));
    assert.deepEqual([status, overall], [200, 'Error: An unexpected error occurred']);
  });
});
