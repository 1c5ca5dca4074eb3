import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import { exportCloud } from '../../src/activities/ask-systems.ts';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import type { AskInput, CloudExported } from '../../src/activities/inputs.ts';
import type { CloudConnector } from '../../src/connectors/spi.ts';
import { openStore } from '../../src/storage/filesystem.ts';
import { AT } from '../connectors/stand.ts';

type Exported = Awaited<ReturnType<CloudConnector['export']>>;

describe('a system without a file of the subject', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-nothing-held-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Whether the request takes it that the system holds nothing. */
  const holdsNothing = async (requestId: string, found: Partial<Exported>): Promise<boolean> => {
    const connector: Pick<CloudConnector, 'export'> = {
      export: async () => ({
        system: 'crm',
        connector: 'core-crm',
        name: 'crm',
        at: AT,
        outcome: 'nothing-held',
        files: [],
        tables: [],
        provenance: {},
        withheldRows: 0,
        notes: [],
        gaps: [],
        ...found,
      }),
    };
    const parts = {
      store: openStore(join(folder, requestId)),
      salesforce: null,
      systems: new Map([['crm', { kind: 'cloud', connector }]]),
    } as unknown as Dependencies;
    const order = {
      requestId,
      system: 'crm',
      request: {
        requestId,
        type: 'access',
        subject: { emails: [], phones: [], partyIds: [], externalIds: {} },
      },
      confirmed: [],
      profiles: [],
    } as unknown as AskInput;
    const { nothingHeld } = (await new MockActivityEnvironment().run(
      exportCloud(parts),
      order,
    )) as CloudExported;
    return nothingHeld;
  };

  it('holds nothing where nothing was found', async () =>
    assert.equal(await holdsNothing('R-1', {}), true));

  const cases: readonly (readonly [string, Partial<Exported>])[] = [
    ["records were withheld that may be somebody else's", { withheldRows: 2 }],
    [
      'a part could not be read',
      { gaps: [{ because: 'restricted', note: 'Lead cannot be queried.' }] },
    ],
    [
      'deleted records were left out',
      { remarks: ['2 deleted records in the recycle bin are left out.'] },
    ],
  ];
  for (const [index, [why, found]] of cases.entries()) {
    it(`is not said to hold nothing where ${why}`, async () =>
      assert.equal(await holdsNothing(`R-2${index}`, found), false));
  }
});
