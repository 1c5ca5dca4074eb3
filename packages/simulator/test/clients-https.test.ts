import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startSimulator, type Simulator } from '../src/simulator.ts';

const folder = mkdtempSync(join(tmpdir(), 'dossier-simulator-'));
let simulator: Simulator;
before(async () => {
  simulator = await startSimulator({ seed: {}, folder, coreTls: true });
});
after(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the core plane for clients that know https alone', () => {
  it('speaks TLS with a certificate of the authority that the tenant plane has', async () => {
    assert.match(simulator.core, /^https:\/\/127\.0\.0\.1:\d+$/);
    const status = (ca: Buffer | undefined) =>
      new Promise<number | string>((resolve) => {
        get(`${simulator.core}/services/data`, { ca }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      });
    assert.equal(await status(readFileSync(simulator.ca)), 200);
    assert.notEqual(await status(undefined), 200);
  });
});
