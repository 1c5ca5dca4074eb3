import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { makeKey } from '../../src/codec/keys.ts';
import { freePort } from '../../src/temporal/local-server/ports.ts';
import { errorOf, invoke } from './invoke.ts';

const keys = { DOSSIER_CODEC_KEYS: makeKey('k1') };
const token = 'f'.repeat(64);

describe('dossier codec', () => {
  it('decrypts for who shows the token, on this machine alone, and logs who it was', async () => {
    const ending = new AbortController();
    const port = await freePort();
    const ended = invoke(
      ['codec', '--port', String(port), '--origin', 'http://127.0.0.1:8080/', '--json'],
      { environment: { ...keys, DOSSIER_CODEC_TOKEN: token }, ending: ending.signal },
    );
    const decode = async (authorization: string) =>
      (
        await fetch(`http://127.0.0.1:${port}/decode`, {
          method: 'POST',
          body: '{"payloads":[]}',
          headers: { 'Content-Type': 'application/json', Authorization: authorization },
        })
      ).status;
    while (
      !(await fetch(`http://127.0.0.1:${port}/healthz`).then(
        (it) => it.ok,
        () => false,
      ))
    ) {}
    assert.deepEqual([await decode(`Bearer ${token}`), await decode('Bearer other')], [200, 401]);
    ending.abort();
    const { exitCode, stdout, stderr } = await ended;
    assert.equal(exitCode, 0);
    assert.deepEqual(JSON.parse(stdout), {
      codec: `http://127.0.0.1:${port}`,
      keys: ['k1'],
      origins: ['http://127.0.0.1:8080'],
    });
    assert.deepEqual(
      stderr
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { caller: unknown }).caller),
      ['token', null],
    );
  });

  it(
    'goes on although its log has no room, and a short command says by its code that it failed',
    {
      skip: existsSync('/dev/full') ? false : 'this system has no device that is always full',
    },
    async () => {
      const port = await freePort();
      const full = openSync('/dev/full', 'w');
      const run = (...args: readonly string[]) =>
        spawn(process.execPath, ['dist/src/cli/main.js', ...args], {
          stdio: ['ignore', full, full],
          env: { ...process.env, ...keys, DOSSIER_CODEC_TOKEN: token },
        });
      const codec = run('codec', '--port', String(port));
      const short = run('law', 'list');
      try {
        const [code] = (await once(short, 'exit')) as [number];
        assert.equal(code, 1);
        const healthy = () =>
          fetch(`http://127.0.0.1:${port}/healthz`).then(
            (it) => it.ok,
            () => false,
          );
        while (!(await healthy())) {
          assert.equal(codec.exitCode, null);
        }
        // Each call is a line of the log that cannot be written.
        for (let call = 0; call < 3; call += 1) {
          assert.equal(await healthy(), true);
        }
        assert.equal(codec.exitCode, null);
      } finally {
        codec.kill('SIGTERM');
        await once(codec, 'exit');
        closeSync(full);
      }
    },
  );

  const refused: readonly (readonly [string, readonly string[], Record<string, string>, RegExp])[] =
    [
      ['without a word on who may', ['codec'], {}, /who may decrypt/],
      [
        'for everybody where others reach it',
        ['codec', '--no-authorisation', '--host', '0.0.0.0'],
        {},
        /0\.0\.0\.0 can be reached from elsewhere/,
      ],
      [
        'with a token that can be guessed',
        ['codec'],
        { DOSSIER_CODEC_TOKEN: 'secret' },
        /too short/,
      ],
      [
        'for tokens that are meant for nobody',
        ['codec', '--oidc-issuer', 'https://login.acme.example'],
        {},
        /audience/,
      ],
      [
        'for a page that is none',
        ['codec', '--origin', 'temporal'],
        { DOSSIER_CODEC_TOKEN: token },
        /no address of a page/,
      ],
    ];
  for (const [what, args, environment, reason] of refused) {
    it(`does not start ${what}`, async () => {
      const { exitCode, ...said } = await invoke([...args, '--json'], {
        environment: { ...keys, ...environment },
      });
      assert.equal(exitCode, 2);
      assert.match(errorOf({ exitCode, ...said }).message, reason);
      assert.doesNotMatch(said.stdout + said.stderr, /secret|ffff/);
    });
  }

  it('does not start without keys', async () => {
    assert.equal(
      errorOf(await invoke(['codec', '--no-authorisation', '--json'], { environment: {} })).code,
      'invalid-config',
    );
  });

  it('says which port is taken, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { message, actions } = errorOf(
      await invoke(['codec', '--no-authorisation', '--port', String(port), '--json'], {
        environment: keys,
      }),
    );
    other.close();
    assert.equal(message, `127.0.0.1:${port} is taken by another process.`);
    assert.match(actions[0] ?? '', /--port/);
  });
});
