import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forOperator } from '../../src/contract/gap-texts.ts';
import marketingCloud from '../../src/connectors/marketing-cloud/index.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { failureOf } from '../salesforce/plain-server.ts';
import { ANA, opened, parts, question } from './fixture.ts';
import { answered, fault, marketingOptions, marketingReply } from './fixtures/marketing-cloud.ts';
import { withCloud, type SmallCloud, type SmallReply, type SmallStand } from './small-server.ts';

const connector = (at: SmallStand, options: object = {}) =>
  opened(marketingCloud, marketingOptions(at, options), parts(at, { id: 'mce' }));
const ask = (at: SmallStand, options: object = {}, email = ANA) =>
  connector(at, options).export(at.context('mce'), question(email));
const factsOf = async (work: Promise<unknown>) => {
  const failure = await failureOf(work);
  assert.ok(failure instanceof SystemFailure, String(failure));
  return failure.facts;
};
/** The cloud of the fixture, where `first` has nothing to say. */
const instead =
  (first: SmallCloud): SmallCloud =>
  (call, origin) =>
    first(call, origin) ?? marketingReply(call, origin);
const isSoap = (path: string) => path.endsWith('Service.asmx');

describe('Marketing Cloud Engagement', () => {
  it(
    'gives several contacts and subscribers of one address, each row once however many business ' +
      'units show it',
    () =>
      withCloud(marketingReply, async (at) => {
        const { files, gaps } = await ask(at);
        assert.deepEqual(gaps, []);
        assert.deepEqual(
          files
            .filter(({ path }) => path.endsWith('.ndjson'))
            .map(({ path, rows }) => [path, rows]),
          [
            ['systems/mce/100/Subscriber.ndjson', 2],
            ['systems/mce/100/ListSubscriber.ndjson', 1],
            ['systems/mce/100/SentEvent.ndjson', 4],
            ['systems/mce/100/ClickEvent.ndjson', 1],
            ['systems/mce/100/data-extension-Orders.ndjson', 3],
          ],
        );
        assert.deepEqual((await at.rows('systems/mce/100/data-extension-Orders.ndjson'))[0], {
          Id: '1',
          ContactKey: 'K-1',
          TotalPrice: '1.50',
          emailaddress: ANA,
        });
        assert.equal((await at.rows('systems/mce/100/SentEvent.ndjson'))[0]?.['Client.ID'], '100');
        assert.ok(at.seen.every(({ body }) => !body.includes('>*<')));
      }),
  );

  it('reads a data extension whole and picks her rows where its filter is switched off', () =>
    withCloud(marketingReply, async (at) => {
      const { files } = await ask(at, {
        dataExtensions: [{ key: 'Orders', column: 'ContactKey', filtered: false }],
      });
      assert.deepEqual(
        files.filter(({ path }) => path.endsWith('Orders.ndjson')).map(({ rows }) => rows),
        [3],
      );
      const asked = at.seen.filter(({ path }) => path.includes('/rowset'));
      assert.ok(asked.length > 0 && asked.every(({ query }) => !query.has('$filter')));
    }));

  it('asks again for more where as many contact keys come as were asked for', () =>
    withCloud(
      instead(({ path, body }) => {
        if (!path.endsWith('/search')) return undefined;
        const { maximumCount } = JSON.parse(body) as { maximumCount: number };
        const all = Array.from({ length: 1500 }, (_, index) => ({ contactKey: `C-${index}` }));
        return {
          body: {
            channelAddressResponseEntities: [
              { channelAddress: ANA, contactKeyDetails: all.slice(0, maximumCount) },
            ],
          },
        };
      }),
      async (at) => {
        const { gaps, outcome } = await ask(at, { businessUnits: [100] });
        assert.equal(outcome, 'nothing-held');
        assert.match(gaps[0]?.note ?? '', /than one person has were found by emails\[0\]/);
        assert.match(gaps[0]?.advice ?? '', /maxContacts/);
        assert.deepEqual(
          at.seen
            .filter(({ path }) => path.endsWith('/search'))
            .map(({ body }) => (JSON.parse(body) as { maximumCount: number }).maximumCount),
          [1000, 10_000],
        );
      },
    ));

  it(
    'leaves contacts out whose names at one address differ, and what a data extension holds by ' +
      'that address',
    () =>
      withCloud(
        instead(({ path, body }) => {
          const key = /<Property>SubscriberKey<[\s\S]*<Value>([^<]*)/.exec(body)?.[1];
          if (!isSoap(path) || key === undefined || !body.includes('<ObjectType>Subscriber<')) {
            return undefined;
          }
          const attribute = (name: string, value: string) =>
            `<Attributes><Name>${name}</Name><Value>${value}</Value></Attributes>`;
          return answered(
            'OK',
            `<Results><SubscriberKey>${key}</SubscriberKey>${attribute('First Name', key === 'K-1' ? 'Ana' : 'Rui')}${attribute('Last Name', 'Lima')}</Results>`,
          );
        }),
        async (at) => {
          const { gaps, outcome, withheldRows } = await ask(at, {
            businessUnits: [100],
            dataExtensions: [{ key: 'Orders', column: 'EmailAddress', holds: 'email' }],
          });
          assert.deepEqual(
            [outcome, withheldRows, gaps.map(({ because }) => because)],
            ['nothing-held', 3, ['ambiguous-rows']],
          );
        },
      ),
  );

  it('takes rows of a data extension by address', () =>
    withCloud(marketingReply, async (at) => {
      await ask(at, {
        businessUnits: [100],
        dataExtensions: [{ key: 'Orders', column: 'EmailAddress', holds: 'email' }],
      });
      assert.equal((await at.rows('systems/mce/100/data-extension-Orders.ndjson')).length, 3);
    }));

  it('keeps data extensions apart whose keys read alike', () =>
    withCloud(
      instead(({ path }) =>
        /\/key\/A%20B\/|\/key\/A-B\//.test(path)
          ? {
              body: {
                customObjectId: path,
                items: [
                  {
                    keys: {},
                    values: { contactkey: 'K-1', [path.includes('%20') ? 'one' : 'other']: 'x' },
                  },
                ],
              },
            }
          : undefined,
      ),
      async (at) => {
        const { files } = await ask(at, {
          businessUnits: [100],
          objects: ['ListSubscriber'],
          dataExtensions: [
            { key: 'A B', column: 'ContactKey' },
            { key: 'A-B', column: 'ContactKey' },
          ],
        });
        assert.deepEqual(
          files
            .map(({ path }) => path)
            .filter((path) => path.includes('data-extension') && path.endsWith('.csv')),
          ['systems/mce/100/data-extension-A-B.csv', 'systems/mce/100/data-extension-A-B_2.csv'],
        );
      },
    ));

  it('looks for a contact of one business unit in the others, and reads what they share once', () =>
    withCloud(
      instead(({ path, query, headers }) => {
        const value = /'(.*)'/.exec(query.get('$filter') ?? '')?.[1];
        if (!path.includes('/key/Shared/') || value === undefined) return undefined;
        const isSecond = headers.authorization === 'Bearer T-200';
        const rows = [
          { contactkey: 'K-1', mark: 'one' },
          { contactkey: 'K-3', mark: 'three' },
        ].filter(({ contactkey }) => contactkey === value && (isSecond || value !== 'K-3'));
        return {
          body: { customObjectId: 'guid-2', items: rows.map((values) => ({ keys: {}, values })) },
        };
      }),
      async (at) => {
        const { files } = await ask(at, {
          objects: ['ListSubscriber'],
          dataExtensions: [{ key: 'Shared', column: 'ContactKey' }],
        });
        assert.deepEqual(
          files
            .map(({ path, rows }) => [path, rows])
            .filter(([path]) => String(path).endsWith('Shared.ndjson')),
          [
            ['systems/mce/100/data-extension-Shared.ndjson', 1],
            ['systems/mce/200/data-extension-Shared.ndjson', 1],
          ],
        );
        assert.deepEqual(
          (await at.rows('systems/mce/200/data-extension-Shared.ndjson')).map(({ mark }) => mark),
          ['three'],
        );
      },
    ));

  it('asks every business unit for what belongs to a contact that only one of them finds', () =>
    withCloud(
      instead(({ path, body, headers }) => {
        const isSecond = headers.authorization === 'Bearer T-200' || body.includes('>T-200<');
        if (path.endsWith('/search') && isSecond) {
          return { body: { channelAddressResponseEntities: [] } };
        }
        if (!isSoap(path) || !isSecond) return undefined;
        return body.includes('<ObjectType>SentEvent<') && body.includes('>K-1<')
          ? answered(
              'OK',
              '<Results><SubscriberKey>K-1</SubscriberKey><SendID>900</SendID></Results>',
            )
          : answered('OK');
      }),
      async (at) => {
        await ask(at, { dataExtensions: [] });
        assert.deepEqual(
          (await at.rows('systems/mce/200/SentEvent.ndjson')).map(({ SendID }) => SendID),
          ['900'],
        );
      },
    ));

  it('finds contacts by an external ID that is a contact key', () =>
    withCloud(marketingReply, async (at) => {
      const { files } = await connector(at, { contactKeys: ['contactKey'] }).export(
        at.context('mce'),
        question('', {
          identifiers: [{ name: 'externalIds.contactKey', kind: 'external-id', value: 'K-2' }],
        }),
      );
      assert.deepEqual(
        files.filter(({ path }) => path.endsWith('.ndjson')).map(({ path, rows }) => [path, rows]),
        [
          ['systems/mce/100/Subscriber.ndjson', 1],
          ['systems/mce/100/SentEvent.ndjson', 1],
        ],
      );
    }));

  it('renews a token that ends between two pages, once', async () => {
    let calls = 0;
    const expires = (when: (call: number) => boolean): SmallCloud =>
      instead(({ path }) =>
        isSoap(path) && when((calls += 1)) ? fault('Token Expired') : undefined,
      );
    await withCloud(
      expires((call) => call === 3),
      async (at) => assert.equal((await ask(at)).outcome, 'exported'),
    );
    await withCloud(
      expires(() => true),
      async (at) =>
        assert.deepEqual(await factsOf(ask(at)), {
          kind: 'denied',
          system: 'mce',
          status: 401,
          code: 'TOKEN_EXPIRED',
        }),
    );
  });

  const answers: readonly [string, SmallReply, string, string][] = [
    [
      'an error in a successful answer',
      answered('Error: Unable to find a handler for object type: X.'),
      'rejected',
      'UNKNOWN_OBJECT',
    ],
    [
      'a property that nobody asked for',
      answered(
        'Error: The Request Property(s) X do not match with the fields of Subscriber retrieve',
      ),
      'rejected',
      'UNKNOWN_PROPERTY',
    ],
    ['a status that nobody knows', answered('Maybe'), 'unreadable', 'RETRIEVE_STATUS'],
    ['a fault of security', fault('Login Failed'), 'denied', 'SECURITY_FAULT'],
    ['a fault of the server', fault('x', 'soap:Server'), 'unavailable', 'SOAP_FAULT'],
    ['a page of HTML', { type: 'text/html', body: '<html/>' }, 'unreadable', 'NOT_XML'],
    [
      'a document that brings its own entities',
      { type: 'text/xml', body: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' },
      'unreadable',
      'NOT_XML',
    ],
  ];
  for (const [what, reply, kind, code] of answers) {
    it(`calls ${what} ${kind}`, () =>
      withCloud(
        instead(({ path }) => (isSoap(path) ? reply : undefined)),
        async (at) => {
          const facts = await factsOf(ask(at));
          assert.deepEqual([facts.kind, facts.code], [kind, code]);
        },
      ));
  }

  it('asks no more for properties that the account does not know', () =>
    withCloud(
      instead(({ path, body }) =>
        isSoap(path) && body.includes('<Properties>PartnerKey<')
          ? answered(
              'Error: The Request Property(s) Client.ID, PartnerKey do not match with the ' +
                `fields of ${/<ObjectType>(\w+)/.exec(body)?.[1]} retrieve`,
            )
          : undefined,
      ),
      async (at) => {
        assert.equal((await ask(at, { businessUnits: [100] })).outcome, 'exported');
        const refused = at.seen.filter(({ body }) =>
          body.includes('<Properties>PartnerKey<'),
        ).length;
        assert.deepEqual(
          [refused, (await at.rows('systems/mce/100/SentEvent.ndjson'))[0]?.['Client.ID']],
          [7, '100'],
        );
      },
    ));

  it('names a data extension that lies nowhere, and one without the column', () =>
    withCloud(marketingReply, async (at) => {
      const { gaps } = await ask(at, {
        dataExtensions: [{ key: 'Nowhere', column: 'ContactKey' }],
      });
      assert.deepEqual(
        gaps.map(({ because }) => because),
        ['restricted'],
      );
      assert.match(gaps[0]?.note ?? '', /"Nowhere" was found in none/);
      const wrong = await ask(at, { dataExtensions: [{ key: 'Orders', column: 'Kontakt' }] });
      assert.deepEqual(
        wrong.gaps.map(({ because }) => because),
        ['rejected'],
      );
      assert.match(
        wrong.gaps.map(forOperator)[0] ?? '',
        /"Orders" in business unit 100: .*NO_SUCH_COLUMN.*has no column "Kontakt"/,
      );
      assert.equal(wrong.outcome, 'exported');
    }));

  it('follows no link to another host', () =>
    withCloud(
      instead(({ path }) =>
        path.endsWith('/rowset')
          ? {
              body: {
                links: { next: 'https://elsewhere.example/x' },
                customObjectId: 'g',
                items: [],
              },
            }
          : undefined,
      ),
      async (at) => {
        assert.equal((await factsOf(ask(at))).code, 'FOREIGN_LINK');
      },
    ));

  it('tells the doctor what it can read', () =>
    withCloud(marketingReply, async (at) => {
      assert.equal(
        await connector(at).check(new AbortController().signal),
        'lets us in to 2 business unit(s); 1 data extension(s) are named',
      );
    }));
});
