// Reads the simulator with clients that are not ours, and says what each saw: `npm run
// check:clients`. They are installed in a temporary folder, speak to 127.0.0.1 alone, and need
// Python 3 with pip, and npm.
import { execFile, type ExecFileOptions } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '@dossier/salesforce-simulator';
import { SIMPLE_SALESFORCE, TAP } from './python-clients.ts';

const CONTACTS = 992;
const INSTALL_WITHIN = 420_000;
const RUN_WITHIN = 240_000;
const SF = '@salesforce/cli@2.150.6';
/** The command line wants Node 22; where we run on an older one it gets its own. */
const OWN_NODE = `node-${process.platform}-${process.arch}`;
const wantsOwnNode = Number(process.versions.node.split('.')[0]) < 22;

/**
 * One client: how it is installed, and a run that throws unless it read what the simulator holds.
 * Gives what it saw.
 */
interface Client {
  readonly name: string;
  install(folder: string): Promise<void>;
  run(folder: string, simulator: Simulator): Promise<string>;
}

const ran = (
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { maxBuffer: 64 * 1024 * 1024, timeout: RUN_WITHIN, ...options },
      (error, stdout, stderr) => {
        if (error) {
          reject(
            new Error(
              `${program.split('/').at(-1)} ${args.slice(0, 4).join(' ')}: ` +
                lastLine(String(stderr) || String(stdout) || error.message),
            ),
          );
        } else resolve(String(stdout));
      },
    );
  });
const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
const expect = (fits: boolean, what: string): void => {
  if (!fits) throw new Error(what);
};

/**
 * A program in Python that prints what it saw, and ends with another code than 0 where it is wrong.
 */
const inPython = (name: string, requirement: string, script: string): Client => ({
  name,
  install: async (folder) => {
    await ran('python3', ['-m', 'venv', join(folder, 'venv')], { timeout: INSTALL_WITHIN });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement];
    await ran(join(folder, 'venv/bin/python'), pip, { timeout: INSTALL_WITHIN });
  },
  run: async (folder, { core, clientId, clientSecret, username, password, refreshToken, ca }) => {
    await writeFile(join(folder, 'run.py'), script);
    const given = {
      core,
      clientId,
      clientSecret,
      username,
      password,
      refreshToken,
      contacts: CONTACTS,
    };
    await writeFile(join(folder, 'given.json'), JSON.stringify(given));
    const env = { ...process.env, REQUESTS_CA_BUNDLE: ca };
    return lastLine(
      await ran(join(folder, 'venv/bin/python'), [join(folder, 'run.py'), folder], {
        cwd: folder,
        env,
      }),
    );
  },
});

const sf: Client = {
  name: SF,
  install: async (folder) => {
    const args = [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      SF,
      ...(wantsOwnNode ? [`${OWN_NODE}@22.23.3`] : []),
    ];
    await ran('npm', args, { timeout: INSTALL_WITHIN });
  },
  run: async (folder, { core, clientId, privateKeyFile, username, ca }) => {
    const home = join(folder, 'home');
    await mkdir(home);
    const quiet = {
      SF_DISABLE_TELEMETRY: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
    };
    const alone = { HOME: home, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true' };
    const env = { ...process.env, ...quiet, ...alone, NODE_EXTRA_CA_CERTS: ca };
    const node = wantsOwnNode
      ? join(folder, 'node_modules', OWN_NODE, 'bin/node')
      : process.execPath;
    const start = join(folder, 'node_modules/@salesforce/cli/bin/run.js');
    const call = (...args: string[]) => ran(node, [start, ...args], { cwd: folder, env });
    const org = ['--target-org', username];
    await call(
      'org',
      'login',
      'jwt',
      '--client-id',
      clientId,
      '--jwt-key-file',
      privateKeyFile,
      '--username',
      username,
      '--instance-url',
      core,
    );
    const query = 'SELECT Id, LastName, Account.Name FROM Contact ORDER BY Id LIMIT 3';
    const csv = (await call('data', 'query', '--query', query, '--result-format', 'csv', ...org))
      .trim()
      .split('\n');
    expect(
      csv[0] === 'Id,LastName,Account.Name' && csv.length === 4,
      `data query gave ${csv.length - 1} rows under ${csv[0]}`,
    );
    const bulk = [
      '--query',
      'SELECT Id, LastName FROM Contact',
      '--output-file',
      'out.csv',
      '--result-format',
      'csv',
    ];
    await call('data', 'export', 'bulk', ...bulk, '--wait', '3', ...org);
    const rows = (await readFile(join(folder, 'out.csv'), 'utf8')).trim().split('\n').length - 1;
    expect(rows === CONTACTS, `data export bulk gave ${rows} rows of ${CONTACTS}`);
    const limits = await call('api', 'request', 'rest', '/services/data/v62.0/limits', ...org);
    expect(limits.includes('DailyApiRequests'), 'api request rest gave no limits');
    return `signed in by JWT; 3 rows by query, ${rows} by bulk export`;
  },
};

const CLIENTS = [
  inPython('simple-salesforce 1.12.10', 'simple-salesforce==1.12.10', SIMPLE_SALESFORCE),
  inPython('tap-salesforce 2.8.1 (Singer)', 'tap-salesforce==2.8.1', TAP),
  sf,
];

const contact = (index: number) => ({
  Id: `003Hs0000000${String(index).padStart(3, '0')}AAA`,
  LastName: `Person ${index}`,
  AccountId: '001Hs00000Acme1AAA',
});

async function check(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-clients-'));
  const core = {
    Account: [{ Id: '001Hs00000Acme1AAA', Name: 'Acme' }],
    Contact: Array.from({ length: CONTACTS }, (_, index) => contact(index)),
  };
  let failed = 0;
  const simulator = await startSimulator({
    seed: { core },
    folder: join(folder, 'simulator'),
    coreTls: true,
  });
  try {
    for (const [index, client] of CLIENTS.entries()) {
      const own = join(folder, `client-${index}`);
      await mkdir(own);
      const missing = await client.install(own).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (missing !== undefined) {
        console.log(`skip ${client.name}: cannot be installed (${missing})`);
        continue;
      }
      try {
        console.log(`ok   ${client.name}: ${await client.run(own, simulator)}`);
      } catch (error) {
        failed = 1;
        console.log(`FAIL ${client.name}: ${(error as Error).message}`);
      }
    }
    return failed;
  } finally {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await check();
