import assert from 'node:assert/strict';
import { createDecipheriv } from 'node:crypto';
import { describe, it } from 'node:test';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import {
  createCodec,
  encodingOf,
  ENCRYPTED,
  isMisdirected,
  isUnreadable,
  KEY_ID_METADATA,
  WORKFLOW_METADATA,
} from '../../src/codec/codec.ts';
import { ORIGIN_METADATA } from '../../src/contract/contract.ts';
import { makeKey, parseKeys } from '../../src/codec/keys.ts';

const keys = { a: makeKey('a'), b: makeKey('b') };
const codec = createCodec(parseKeys(keys.a));
const subject = { email: 'ana@example.com', name: 'Ana Lima' };
const clear = () => defaultPayloadConverter.toPayload(subject) as Payload;
const valueOf = (payload: Payload | undefined): unknown =>
  defaultPayloadConverter.fromPayload(payload as Payload);
const encrypted = async (): Promise<Payload> => (await codec.encode([clear()]))[0] as Payload;
const decoded = async (payload: Payload, by = codec): Promise<unknown> =>
  valueOf((await by.decode([payload]))[0]);

describe('the payload codec', () => {
  it('gives back what it encrypted', async () => {
    assert.deepEqual(await decoded(await encrypted()), subject);
  });

  it('leaves nothing of a payload in clear but its encoding and the ID of the key', async () => {
    const payload = await encrypted();
    assert.equal(encodingOf(payload), ENCRYPTED);
    assert.deepEqual(Object.keys(payload.metadata ?? {}), ['encoding', KEY_ID_METADATA]);
    assert.equal(Buffer.from(payload.metadata?.[KEY_ID_METADATA] ?? []).toString(), 'a');
    assert.ok(
      !Buffer.from(payload.data ?? [])
        .toString('latin1')
        .includes('ana@example.com'),
    );
  });

  it('never encrypts the same value to the same bytes', async () => {
    assert.notDeepEqual((await encrypted()).data, (await encrypted()).data);
  });

  it('leaves a short reply in clear, for a caller without the key', async () => {
    const reply = { recorded: true, stage: 'collecting', revision: 3 };
    assert.deepEqual(
      valueOf((await codec.encode([defaultPayloadConverter.toPayload(reply) as Payload]))[0]),
      reply,
    );
  });

  const nearly: readonly (readonly [string, string])[] = [
    ['has a field more', '{"recorded":true,"stage":"collecting","revision":3,"name":"Ana"}'],
    ['has another stage', '{"recorded":true,"stage":"Ana","revision":3}'],
    ['has a text for a number', '{"recorded":true,"stage":"collecting","revision":"Ana"}'],
    [
      'has a key that stands twice',
      '{"recorded":"Ana","recorded":true,"stage":"collecting","revision":3}',
    ],
  ];
  for (const [what, text] of nearly) {
    it(`encrypts what is nearly a short reply and ${what}`, async () => {
      const payload = {
        metadata: { encoding: Buffer.from('json/plain') },
        data: Buffer.from(text),
      };
      assert.equal(encodingOf((await codec.encode([payload]))[0] as Payload), ENCRYPTED);
    });
  }

  it('passes on what came in clear', async () => {
    assert.deepEqual(await decoded(clear()), subject);
  });

  it('reads payloads of an older key after a rotation, and encrypts by the new one', async () => {
    const rotated = createCodec(parseKeys(`${keys.b},${keys.a}`));
    assert.deepEqual(await decoded(await encrypted(), rotated), subject);
    const [renewed] = await rotated.encode([clear()]);
    assert.equal(Buffer.from(renewed?.metadata?.[KEY_ID_METADATA] ?? []).toString(), 'b');
  });

  it('puts a sign in place of a payload whose key it does not hold', async () => {
    const value = await decoded(await encrypted(), createCodec(parseKeys(keys.b)));
    assert.deepEqual(value, { unreadable: 'a' });
    assert.ok(isUnreadable(value));
  });

  const damages: readonly (readonly [string, (payload: Payload) => Payload, string])[] = [
    [
      'whose bytes were changed',
      (it) => ({
        ...it,
        data: Buffer.from(it.data ?? []).map((byte, index) => (index === 20 ? byte ^ 1 : byte)),
      }),
      'a',
    ],
    [
      'that was cut off',
      (it) => ({ ...it, data: Buffer.from(it.data ?? []).subarray(0, 30) }),
      'a',
    ],
    ['that is too short to hold anything', (it) => ({ ...it, data: Buffer.alloc(5) }), 'a'],
    ['without bytes', ({ metadata }) => ({ metadata }), 'a'],
    ['that names no key', (it) => ({ ...it, metadata: { encoding: Buffer.from(ENCRYPTED) } }), ''],
  ];
  for (const [what, damage, id] of damages) {
    it(`puts a sign in place of a payload ${what}`, async () => {
      assert.deepEqual(await decoded(damage(await encrypted())), { unreadable: id });
    });
  }

  it("does not take a payload that was moved under another key's ID", async () => {
    const twins = createCodec(parseKeys(`${keys.a},b:${keys.a.slice(2)}`));
    const moved = await encrypted();
    assert.deepEqual(
      await decoded(
        { ...moved, metadata: { ...moved.metadata, [KEY_ID_METADATA]: Buffer.from('b') } },
        twins,
      ),
      { unreadable: 'b' },
    );
  });

  describe('binds a payload to its workflow', () => {
    const own = { type: 'workflow', namespace: 'default', workflowId: 'dsar-A' } as const;
    const other = { ...own, workflowId: 'dsar-B' };
    const activity = {
      type: 'activity',
      namespace: 'default',
      activityId: '1',
      workflowId: 'dsar-A',
      isLocal: false,
    } as const;
    const bound = async (): Promise<Payload> => (await codec.encode([clear()], own))[0] as Payload;
    const decodedIn = async (
      payload: Payload,
      context?: typeof own | typeof other | typeof activity,
    ) => (await codec.decode([payload], context))[0] as Payload;
    const renamed = (payload: Payload, to: string | undefined): Payload => {
      const { [WORKFLOW_METADATA]: _was, ...metadata } = payload.metadata ?? {};
      return {
        ...payload,
        metadata: {
          ...metadata,
          ...(to !== undefined && { [WORKFLOW_METADATA]: Buffer.from(to) }),
        },
      };
    };

    it('and reads it there, in its activities, and where no workflow is known', async () => {
      for (const context of [own, activity, undefined]) {
        assert.deepEqual(valueOf(await decodedIn(await bound(), context)), subject);
      }
      assert.deepEqual(
        valueOf(await decodedIn((await codec.encode([clear()], activity))[0] as Payload, own)),
        subject,
      );
    });

    it('and not in another one, whatever stands beside it', async () => {
      const payload = await bound();
      assert.ok(isMisdirected(valueOf(await decodedIn(payload, other))));
      assert.deepEqual(valueOf(await decodedIn(renamed(payload, 'dsar-B'), other)), {
        unreadable: 'a',
      });
      assert.ok(isMisdirected(valueOf(await decodedIn(renamed(payload, undefined), other))));
      assert.deepEqual(valueOf(await decodedIn(renamed(await encrypted(), 'dsar-B'), other)), {
        unreadable: 'a',
      });
    });

    it('and says how one came that is not bound, which its sender cannot', async () => {
      const originOf = (payload: Payload) =>
        Buffer.from(payload.metadata?.[ORIGIN_METADATA] ?? []).toString();
      const claiming = (payload: Payload, origin: string): Payload => ({
        ...payload,
        metadata: { ...payload.metadata, [ORIGIN_METADATA]: Buffer.from(origin) },
      });
      assert.equal(originOf(await decodedIn(await bound(), own)), '');
      assert.equal(originOf(await decodedIn(await encrypted(), own)), 'unbound');
      assert.equal(originOf(await decodedIn(claiming(clear(), 'bound'), own)), 'clear');
      assert.equal(
        originOf(
          await decodedIn(
            (await codec.encode([claiming(clear(), 'clear')], own))[0] as Payload,
            own,
          ),
        ),
        '',
      );
    });

    it('so that codecs which know nothing of it still read it', async () => {
      const data = (await bound()).data ?? new Uint8Array();
      const decipher = createDecipheriv(
        'aes-256-gcm',
        Buffer.from(keys.a.slice(2), 'base64'),
        data.subarray(0, 12),
      );
      decipher.setAAD(Buffer.from('a'));
      decipher.setAuthTag(data.subarray(data.length - 16));
      const inner = Buffer.concat([
        decipher.update(data.subarray(12, data.length - 16)),
        decipher.final(),
      ]);
      assert.ok(inner.includes('ana@example.com'));
    });
  });

  it('keeps an empty list empty', async () => {
    assert.deepEqual(await codec.encode([]), []);
    assert.deepEqual(await codec.decode([]), []);
  });
});
