import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandModule } from '../../command.ts';
import { portRefused } from '../../stack/port-taken.ts';
import { port } from '../../stack/port.ts';
import { untilEnding } from '../../until-ending.ts';

interface Options {
  readonly https?: boolean;
  readonly port?: number;
  readonly tenantPort?: number;
  readonly seed?: string;
  readonly dataDir?: string;
}

const command: CommandModule = {
  name: 'simulator',
  register(parent, parts) {
    parent
      .command('simulator')
      .description('the Salesforce and vendor simulator alone, on 127.0.0.1')
      .option('--port <port>', "Salesforce's core plane; a free one by default", port)
      .option('--tenant-port <port>', "Data Cloud's tenant plane; a free one by default", port)
      .option('--seed <file>', 'the rows that it serves; sample rows by default')
      .option('--https', 'TLS on the core plane too, for clients that know no other way')
      .option(
        '--data-dir <dir>',
        'where its keys and credentials are kept for the next start; by default nothing is kept',
      )
      .addHelpText(
        'after',
        "\nExample:\n  Serve rows to a test of one's own:  dossier simulator --seed rows.json --json",
      )
      .action(async (options: Options) => {
        parts.out.note('dossier simulator: starting …');
        const { SAMPLE_SEED, checkedSeed } = await import('../../stack/sample-seed.ts');
        const { startSimulator } = await import('@dossier/salesforce-simulator');
        const seed = resolve(options.seed ?? SAMPLE_SEED);
        checkedSeed(seed);
        const folder =
          options.dataDir === undefined
            ? await mkdtemp(join(tmpdir(), 'dossier-simulator-'))
            : join(resolve(options.dataDir), 'simulator');
        try {
          const simulator = await startSimulator({
            seed,
            folder,
            port: options.port,
            tenantPort: options.tenantPort,
            coreTls: options.https,
          }).catch((error: unknown) => portRefused(error, takenOf(error, options)));
          const {
            core,
            tenant,
            vendors,
            clientId,
            clientSecret,
            username,
            password,
            refreshToken,
            privateKeyFile,
            ca,
            vendorToken,
            marketingCloud,
            accountEngagement,
            b2cCommerce,
            personalization,
            privacyCenter,
            bucket,
          } = simulator;
          const clouds = Object.fromEntries(
            Object.entries({
              marketingCloud,
              accountEngagement,
              b2cCommerce,
              personalization,
              privacyCenter,
              bucket,
            }).filter(([, cloud]) => cloud !== undefined),
          );
          parts.out.result(
            {
              core,
              tenant,
              vendors,
              clientId,
              clientSecret,
              username,
              password,
              refreshToken,
              privateKeyFile,
              ca,
              ...clouds,
            },
            [
              'The simulator answers as Salesforce and vendors do, on this machine alone:',
              `  Salesforce, core plane (sign-in, CRM)   ${core}`,
              `  Salesforce, Data Cloud's tenant plane   ${tenant}`,
              `  vendors by OpenDSR                      ${vendors}`,
              'To sign in by client credentials:',
              `  client ID       ${clientId}`,
              `  client secret   ${clientSecret}`,
              `  certificate     ${ca}, which the tenant plane's own is signed by`,
              `  vendors' token  ${vendorToken}`,
              'To sign in as a user does, by JWT bearer, password or refresh token:',
              `  user            ${username}`,
              `  JWT key         ${privateKeyFile}`,
              `  password        ${password}`,
              `  refresh token   ${refreshToken}`,
              'What a dossier.yaml needs to read it:',
              `  salesforce: { loginUrl: "${core}", clientId: "${clientId}", clientSecret: ` +
                `"\${SF_SECRET}", ca: "${ca}" }`,
              `  and in .env beside it: SF_SECRET=${clientSecret}`,
              'A whole one to start from: samples/dossier-demo.yaml; `dossier dev` writes one by itself.',
              ...(Object.keys(clouds).length === 0
                ? []
                : ['Other clouds, each with its addresses and its own credentials:']),
              ...Object.entries(clouds).map(
                ([name, cloud]) => `  ${name}  ${JSON.stringify(cloud)}`,
              ),
              'Ctrl-C stops it.',
            ],
          );
          await untilEnding(parts.ending);
          await simulator.stop();
        } finally {
          if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true });
        }
      });
  },
};
export default command;

/** Which of the two ports a failure is about. */
function takenOf(
  error: unknown,
  { port: core, tenantPort }: Options,
): {
  readonly port: number;
  readonly host: string;
  readonly flag: string;
} {
  const taken =
    error instanceof Error && 'port' in error ? Number(error.port) : (core ?? tenantPort ?? 0);
  return {
    port: taken,
    host: '127.0.0.1',
    flag: taken === tenantPort ? '--tenant-port' : '--port',
  };
}
