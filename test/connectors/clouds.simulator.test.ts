import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import accountEngagement from '../../src/connectors/account-engagement/index.ts';
import b2cCommerce from '../../src/connectors/b2c-commerce/index.ts';
import dataCloudPortability from '../../src/connectors/data-cloud-portability/index.ts';
import marketingCloud from '../../src/connectors/marketing-cloud/index.ts';
import personalization from '../../src/connectors/personalization/index.ts';
import privacyCenter from '../../src/connectors/privacy-center/index.ts';
import type { CloudConnector } from '../../src/connectors/spi.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { CONTACT, cloudSeed, UNIT } from './cloud-seed.ts';
import { serveDrop } from './drop-server.ts';
import { ANA, opened, parts, profile, question } from './fixture.ts';
import { AT } from './ground.ts';
import { stand, type Stand } from './stand.ts';

describe('every cloud of the simulator', () => {
  let at: Stand;
  before(async () => {
    at = await stand(cloudSeed);
  });
  after(() => at.stop());

  const clouds: Readonly<Record<string, () => CloudConnector>> = {
    'marketing-cloud': () =>
      opened(
        marketingCloud,
        {
          authUrl: at.simulator.marketingCloud?.auth,
          clientId: at.simulator.marketingCloud?.clientId,
          clientSecret: at.simulator.marketingCloud?.clientSecret,
          businessUnits: at.simulator.marketingCloud?.businessUnits,
          dataExtensions: [
            { key: 'orders-key', column: 'ContactKey' },
            { key: 'news-key', column: 'EmailAddress', holds: 'email' },
          ],
        },
        parts(at, { id: 'marketing-cloud' }),
      ),
    'account-engagement': () =>
      opened(
        accountEngagement,
        {
          baseUrl: at.simulator.accountEngagement?.url,
          businessUnits: [UNIT],
          fields: { prospects: ['Size__c'] },
        },
        parts(at, { id: 'account-engagement' }),
      ),
    'b2c-commerce': () =>
      opened(
        b2cCommerce,
        {
          apiUrl: at.simulator.b2cCommerce?.api,
          tokenUrl: `${at.simulator.b2cCommerce?.auth}/dwsso/oauth2/access_token`,
          clientId: at.simulator.b2cCommerce?.clientId,
          clientSecret: at.simulator.b2cCommerce?.clientSecret,
          organizationId: 'f_ecom_zzte_001',
          customerLists: ['Main'],
          sites: ['Shop'],
          ordersSince: '2026-01-01',
          ordersWindow: 60,
        },
        parts(at, { id: 'b2c-commerce' }),
      ),
    personalization: () =>
      opened(
        personalization,
        {
          baseUrl: at.simulator.personalization?.url,
          keyId: at.simulator.personalization?.keyId,
          secret: at.simulator.personalization?.keySecret,
          datasets: ['shop', 'app'],
        },
        parts(at, { id: 'personalization' }),
      ),
  };
  const marks: Readonly<Record<string, readonly string[]>> = {
    'marketing-cloud': ['OWN-D ×3', 'OWN-E ×5', 'OWN-F ×1', 'OWN-N ×1', 'OWN-S ×1'],
    'account-engagement': ['OWN-A ×4', 'OWN-P ×1', 'OWN-W ×1'],
    'b2c-commerce': ['OWN-H ×1', 'OWN-I ×1', 'OWN-O1 ×1', 'OWN-O2 ×1'],
    personalization: ['OWN-U ×1'],
  };
  const asked = (name: string) =>
    question(
      ANA,
      name === 'personalization'
        ? {
            identifiers: [
              { name: 'externalIds.anonymousId', kind: 'external-id', value: 'anon-1' },
            ],
          }
        : {},
    );
  const exported = async (name: string) => {
    const given = await clouds[name]?.().export(at.context(name), asked(name));
    const text = (
      await Promise.all(
        (given?.files ?? [])
          .filter(({ path }) => path.endsWith('.ndjson'))
          .map(({ path }) => at.text(path)),
      )
    ).join('');
    const counted = new Map<string, number>();
    for (const [mark] of text.matchAll(/OWN-\w+/g)) {
      counted.set(mark, (counted.get(mark) ?? 0) + 1);
    }
    assert.ok(!text.includes('OTHER-'), name);
    return { given, found: [...counted].map(([mark, count]) => `${mark} ×${count}`).toSorted() };
  };

  for (const name of Object.keys(clouds)) {
    it(`${name} gives each row once, and nobody else's`, async () => {
      const { found, given } = await exported(name);
      assert.deepEqual(found, marks[name]);
      assert.deepEqual(
        given?.gaps.map(({ because }) => because),
        name === 'account-engagement' ? ['restricted'] : [],
      );
    });

    it(`${name} tells the doctor what it can read`, async () => {
      assert.match((await clouds[name]?.().check(new AbortController().signal)) ?? '', /lets us/);
    });

    it(`${name} gives the same when tokens end at any call, and fails by the right kind at any fault`, async () => {
      for (const [kind, expected] of [
        ['unauthorized', name === 'personalization' ? 'denied' : 'exported'],
        ['cut', 'unavailable'],
        ['too-many', 'unavailable'],
        ['not-found', ''],
      ] as const) {
        let hits = 0;
        for (let call = 0, hit = true; hit && call < 40; call += call < 4 ? 1 : 6) {
          await at.fault(`^${name} (?!POST .*token)`, kind, { after: call, times: 1 });
          const outcome = await exported(name).then(
            ({ given, found }) => {
              if (kind === 'unauthorized') assert.deepEqual(found, marks[name]);
              return given?.outcome;
            },
            (error: unknown) => {
              if (!(error instanceof SystemFailure)) throw error;
              return error.facts.kind;
            },
          );
          const { faults } = (await (await fetch(`${at.simulator.control}/calls`)).json()) as {
            faults: Readonly<Record<string, number>>;
          };
          hit = Object.keys(faults).length > 0;
          await at.clear();
          await fetch(`${at.simulator.control}/calls`, { method: 'DELETE' });
          hits += hit ? 1 : 0;
          if (hit && expected !== '') assert.equal(outcome, expected, `${kind} at call ${call}`);
        }
        assert.ok(hits > 1, `${kind} hit ${hits} call(s)`);
      }
    });
  }

  it('Privacy Center runs the policy, and gives the archive when it is complete', async () => {
    const vendor = opened(
      privacyCenter,
      { policy: 'ConsumerAccess' },
      parts(at, { id: 'pc', dataSources: ['CRM_1'] }),
    );
    assert.match(
      (await vendor.check?.(new AbortController().signal)) ?? '',
      /lets us ask after policy files/,
    );
    const begun = await vendor.ask(
      at.context('pc'),
      question(ANA, { profiles: [profile({ partyId: CONTACT })] }),
      1,
    );
    assert.ok(begun.way === 'poll');
    const states: string[] = [];
    for (;;) {
      const answer = await vendor.poll?.(at.context('pc'), begun.reference);
      states.push(answer?.state ?? '');
      if (answer?.state !== 'answered') continue;
      assert.deepEqual(
        answer.receipt?.files.map(({ path, mediaType }) => [path, mediaType]),
        [['systems/pc/policy-1.zip', 'application/zip']],
      );
      assert.ok(
        (await readFile(join(at.folder, 'files/systems/pc/policy-1.zip'))).includes('Contact.csv'),
      );
      break;
    }
    assert.deepEqual(states, ['waiting', 'waiting', 'answered']);
  });

  it("Data Cloud drops a profile's files, and they are collected from the bucket", async () => {
    const bucket = await serveDrop(
      () => join(at.folder, 'simulator/drops/drop'),
      () => AT.replace('23', '20'),
    );
    try {
      const vendor = opened(
        dataCloudPortability,
        {
          bucket: 'drop',
          region: 'eu-central-1',
          endpoint: bucket.endpoint,
          write: { accessKeyId: 'AKIAWRITE', secretAccessKey: 'secret' },
        },
        parts(at, { id: 'dc' }),
      );
      const ordered = await vendor.ask(
        at.context('dc'),
        question(ANA, { profiles: [profile(), profile({ partyId: 'P-unknown' })] }),
        1,
      );
      assert.ok(ordered.way === 'poll');
      assert.deepEqual((JSON.parse(ordered.reference) as { failed: unknown }).failed, [
        { profile: 2, code: 'PROBLEM_PROCESSING_REQUEST' },
      ]);
      for (;;) {
        const { drops } = (await (await fetch(`${at.simulator.control}/drops`)).json()) as {
          drops: readonly { state: string }[];
        };
        if (drops.every(({ state }) => state !== 'waiting')) break;
      }
      const answer = await vendor.poll?.(at.context('dc'), ordered.reference);
      assert.ok(answer?.state === 'answered');
      const text = (
        await Promise.all((answer.receipt?.files ?? []).map(({ path }) => at.text(path)))
      ).join('');
      assert.ok(text.includes('OWN-V') && !text.includes('OTHER-V'));
      assert.deepEqual(
        answer.gaps?.map(({ because }) => because),
        ['rejected'],
      );
    } finally {
      await bucket.stop();
    }
  });
});
