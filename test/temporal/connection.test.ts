import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  connectClient,
  connectionOptions,
  onlyThisServer,
  TemporalUnreachable,
} from '../../src/temporal/client-connection.ts';
import { connectNative } from '../../src/temporal/worker-connection.ts';

function chosen(wish: Parameters<typeof connectionOptions>[0]): string[] {
  const { address, namespace } = connectionOptions(wish);
  return [address, namespace];
}

describe('choosing a Temporal server', () => {
  let folder: string;
  let profiles: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-profiles-'));
    profiles = join(folder, 'temporal.toml');
    await writeFile(
      profiles,
      '[profile.default]\naddress = "profile:7233"\nnamespace = "of-profile"\napi_key = "secret"\n',
    );
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const none = () => ({ TEMPORAL_CONFIG_FILE: join(folder, 'none.toml') });
  const config = { address: 'config:7233', namespace: 'of-config' };

  it("takes this machine's default where nothing is said", () => {
    assert.deepEqual(chosen({ environment: none() }), ['127.0.0.1:7233', 'default']);
  });

  it('takes the configuration before the default', () => {
    assert.deepEqual(chosen({ environment: none(), config }), ['config:7233', 'of-config']);
  });

  it('takes profiles and variables before the configuration, variables first', () => {
    assert.deepEqual(chosen({ environment: { TEMPORAL_CONFIG_FILE: profiles }, config }), [
      'profile:7233',
      'of-profile',
    ]);
    assert.deepEqual(
      chosen({
        environment: { TEMPORAL_CONFIG_FILE: profiles, TEMPORAL_ADDRESS: 'variable:7233' },
        config,
      }),
      ['variable:7233', 'of-profile'],
    );
  });

  it('takes what is said before everything', () => {
    assert.deepEqual(
      chosen({
        address: 'said:7233',
        namespace: 'said',
        environment: { TEMPORAL_CONFIG_FILE: profiles, TEMPORAL_ADDRESS: 'variable:7233' },
        config,
      }),
      ['said:7233', 'said'],
    );
  });

  it('uses TLS with an API key', () => {
    assert.equal(
      connectionOptions({ environment: { ...none(), TEMPORAL_API_KEY: 'secret' } }).options.tls,
      true,
    );
  });

  it('names the variables when they cannot be used', () => {
    assert.throws(
      () =>
        connectionOptions({
          environment: { TEMPORAL_CONFIG_FILE: profiles, TEMPORAL_PROFILE: 'gone' },
        }),
      /TEMPORAL_\* variables: Profile 'gone' not found/,
    );
  });

  it('has variables under which only one server is found', () => {
    const environment = onlyThisServer(
      {
        TEMPORAL_CONFIG_FILE: profiles,
        TEMPORAL_API_KEY: 'secret',
        TEMPORAL_ADDRESS: 'production:7233',
        PATH: '/bin',
      },
      { address: '127.0.0.1:1', namespace: 'default' },
    );
    assert.equal(environment.PATH, '/bin');
    const { options, namespace } = connectionOptions({ environment });
    assert.deepEqual(
      [options.address, namespace, options.apiKey, options.tls],
      ['127.0.0.1:1', 'default', undefined, undefined],
    );
  });
});

describe('a Temporal server that cannot be had', () => {
  it('is named with what to do, for clients and workers', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const address = `127.0.0.1:${(probe.address() as AddressInfo).port}`;
    await new Promise((resolve) => probe.close(resolve));
    const choice = connectionOptions({
      address,
      environment: { TEMPORAL_CONFIG_FILE: '/nonexistent' },
    });
    for (const connect of [connectClient, connectNative]) {
      await assert.rejects(connect(choice), (error: unknown) => {
        assert.ok(error instanceof TemporalUnreachable);
        assert.equal(error.address, address);
        assert.equal(
          error.message,
          `The Temporal server at ${address} cannot be used: nothing listens there. Start ` +
            `one (\`dossier dev\`), or name another by TEMPORAL_ADDRESS or ` +
            `\`temporal.address\` in dossier.yaml.`,
        );
        return true;
      });
    }
  });

  it('is told from an address that is none', async () => {
    await assert.rejects(
      connectNative(
        connectionOptions({
          address: 'no address',
          environment: { TEMPORAL_CONFIG_FILE: '/nonexistent' },
        }),
      ),
      /no address of the form host:port/,
    );
  });
});
