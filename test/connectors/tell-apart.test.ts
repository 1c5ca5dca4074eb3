import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tellApart, tyingIds, type Candidate } from '../../src/connectors/shared/tell-apart.ts';
import { profile } from './fixture.ts';

const candidate = (key: string, givenName = '', familyName = '', birthDate = ''): Candidate => ({
  key,
  givenName,
  familyName,
  birthDate,
});
const eva = candidate('eva', 'Eva', 'Roth');
const tim = candidate('tim', 'Tim', 'Roth');
const nobody = candidate('nameless');
const keys = (
  found: readonly Candidate[],
  isTied: (it: Candidate) => boolean = () => false,
  known: readonly Candidate[] = [],
) => {
  const { own, withheld, doubtful } = tellApart(new Map([['emails[0]', found]]), { isTied, known });
  return [own.map(({ key }) => key), withheld.map(({ found: { key } }) => key), [...doubtful]];
};

describe('records that an e-mail address leads to', () => {
  it("are the subject's where nothing speaks against it", () =>
    assert.deepEqual(keys([eva, nobody, { ...eva, key: 'eva2' }]), [
      ['eva', 'nameless', 'eva2'],
      [],
      [],
    ]));
  it('are all withheld where two of them differ', () =>
    assert.deepEqual(keys([eva, tim, nobody]), [[], ['eva', 'tim', 'nameless'], ['emails[0]']]));
  it('are withheld where they differ from what is known of the subject', () =>
    assert.deepEqual(
      keys([tim], () => false, [eva]),
      [[], ['tim'], ['emails[0]']],
    ));
  it('count where an ID ties them, and the others do not', () =>
    assert.deepEqual(
      keys([eva, tim], ({ key }) => key === 'eva'),
      [['eva'], ['tim'], ['emails[0]']],
    ));
  it('count where another address leads to them without doubt', () => {
    const { own, withheld } = tellApart(
      new Map([
        ['emails[0]', [eva, tim]],
        ['emails[1]', [eva]],
      ]),
      { isTied: () => false, known: [] },
    );
    assert.deepEqual(
      [own.map(({ key }) => key), withheld.map(({ found: { key } }) => key)],
      [['eva'], ['tim']],
    );
  });

  describe('of which two addresses lead to different people', () => {
    const apart = (
      known: readonly Candidate[],
      isTied: (it: Candidate) => boolean = () => false,
    ) => {
      const { own, withheld } = tellApart(
        new Map([
          ['emails[0]', [eva]],
          ['emails[1]', [tim, nobody]],
        ]),
        { isTied, known },
      );
      return [own.map(({ key }) => key), withheld.map(({ found: { key } }) => key)];
    };
    it('are all withheld where nothing tells who asks', () =>
      assert.deepEqual(apart([]), [[], ['eva', 'tim', 'nameless']]));
    it('are all withheld where what is known has no name', () =>
      assert.deepEqual(apart([nobody]), [[], ['eva', 'tim', 'nameless']]));
    it('count where they carry the known name', () =>
      assert.deepEqual(apart([eva]), [['eva'], ['tim', 'nameless']]));
    it('count where an ID ties them', () =>
      assert.deepEqual(
        apart([], ({ key }) => key === 'eva'),
        [['eva'], ['tim', 'nameless']],
      ));
  });
});

describe('an ID that ties a record to the subject', () => {
  const profiles = [
    profile({ partyId: '880042', dataSource: 'MAIL' }),
    profile({ partyId: 'K-1', dataSource: 'SHOP' }),
    profile({ partyId: '003xx0000000001AAA', dataSource: 'CRM' }),
  ];
  it("is one that the system's own data sources gave, or one that no source gives twice", () => {
    assert.deepEqual(
      [...tyingIds({ profiles, identifiers: [] }, ['SHOP'])],
      ['K-1', '003xx0000000001AAA', '003xx0000000001'],
    );
  });
  it('is the same in 15 and in 18 characters', () => {
    for (const [short, long] of [
      ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
      ['003D000000QvYxA', '003D000000QvYxAIAV'],
      ['abcdefghijklmno', 'abcdefghijklmnoAAA'],
    ] as const) {
      for (const [given, other] of [
        [short, long],
        [long, short],
      ] as const) {
        assert.deepEqual(
          [
            ...tyingIds(
              { profiles: [profile({ partyId: given, dataSource: 'CRM' })], identifiers: [] },
              [],
            ),
          ],
          [given, other],
        );
      }
    }
    assert.deepEqual(
      [
        ...tyingIds(
          {
            profiles: [profile({ partyId: '001A0000006Vm9rZZZ', dataSource: 'CRM' })],
            identifiers: [],
          },
          [],
        ),
      ],
      ['001A0000006Vm9rZZZ'],
    );
  });
  it("is no short external ID, which may be another system's", () => {
    const identifiers = ['880042', 'abKbaXmaQ1w0ax0XPc'].map(
      (value) => ({ kind: 'external-id', name: 'externalIds.x', value }) as const,
    );
    assert.deepEqual([...tyingIds({ profiles: [], identifiers }, [])], ['abKbaXmaQ1w0ax0XPc']);
  });
});
