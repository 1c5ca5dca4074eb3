// Changes the arithmetic of dates in many small ways, and checks whether the tests notice. One
// process first compares each change with the tables of law (mutation-judge.ts). A change that they
// notice is done, and so is one that alters none of thousands of dates. The others run the tests,
// each in its own process. A change that no test notices is a hole, and fails the run. `npm run
// mutation` takes everything, `npm run mutation -- pauses` only files with that word in their name.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parse, type AnyNode, type Expression, type Node, type PrivateIdentifier } from 'acorn';

type Verdict = 'noticed' | 'harmless' | 'open';

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const work = path(`.cache/mutation-${process.pid}`);
const FILES = [
  'calendar/days',
  'engine/deadlines',
  'engine/pauses',
  'engine/events',
  'engine/timetable',
  'engine/strictest',
];
const QUICK = [
  'calendar',
  'timetable',
  'deadlines',
  'worked-examples',
  'clock',
  'several',
  'law-desk',
];
const THOROUGH = ['properties', 'contract', 'holidays', 'zones'];
/**
 * The longest time of a change, as a multiple of the time without one. A change that takes longer
 * counts as endless.
 */
const TIMES = 10;
const LEAST = 10_000;
let patience = 120_000;
let judging = 120_000;

const word = process.argv.slice(2).find((it) => !it.startsWith('--')) ?? '';

/** A change of the code. */
interface Mutant {
  readonly id: number;
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** Whether it changes code that runs when the file is loaded. */
  readonly atLoad: boolean;
}
const mutants: Mutant[] = [];
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
};
const TWINS = new Map([
  ['earlier', 'later'],
  ['later', 'earlier'],
  ['floor', 'ceil'],
  ['some', 'every'],
  ['every', 'some'],
]);
const isText = (node: Expression | PrivateIdentifier) =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');

/** The replacements of a node. */
function changesOf(node: AnyNode, source: string): readonly string[] {
  const text = (it: Node) => source.slice(it.start, it.end);
  switch (node.type) {
    case 'BinaryExpression':
      if (node.operator === '+' && (isText(node.left) || isText(node.right))) return [];
      return (OPERATORS[node.operator] ?? []).map(
        (operator) => `${text(node.left)} ${operator} ${text(node.right)}`,
      );
    case 'LogicalExpression':
      return node.operator === '??'
        ? [text(node.left), text(node.right)]
        : (OPERATORS[node.operator] ?? []).map(
            (operator) => `${text(node.left)} ${operator} ${text(node.right)}`,
          );
    case 'UnaryExpression':
      if (node.operator === '!') return [text(node.argument)];
      return node.operator === '-' ? [`+${text(node.argument)}`] : [];
    case 'ConditionalExpression':
      return [text(node.consequent), text(node.alternate)];
    case 'Literal':
      if (typeof node.value === 'number') return [String(node.value + 1)];
      return typeof node.value === 'boolean' ? [String(!node.value)] : [];
    case 'CallExpression': {
      const { callee } = node;
      const member =
        callee.type === 'MemberExpression' && !callee.computed ? callee.property : undefined;
      const called = callee.type === 'Identifier' ? callee : member;
      const name = called?.type === 'Identifier' ? called : undefined;
      const twin = name && TWINS.get(name.name);
      return twin && !node.optional
        ? [source.slice(node.start, name.start) + twin + source.slice(name.end, node.end)]
        : [];
    }
    default:
      return [];
  }
}

const isNode = (it: unknown): it is Node =>
  typeof it === 'object' && it !== null && 'type' in it && typeof it.type === 'string';

const EXPRESSIONS = new Set([
  'BinaryExpression',
  'LogicalExpression',
  'UnaryExpression',
  'ConditionalExpression',
  'Literal',
  'CallExpression',
]);

/**
 * Writes the source with every change built in. DOSSIER_MUTANT holds the number of the active one.
 */
function instrument(file: string): void {
  const source = readFileSync(path(`packages/law/dist/src/${file}.js`), 'utf8');
  const live = (id: number) => `globalThis.dossierMutant === ${id}`;
  let depth = 0;
  const add = (node: Node, change: string): number => {
    mutants.push({
      id: mutants.length,
      file,
      line: source.slice(0, node.start).split('\n').length,
      from: source.slice(node.start, node.end),
      to: change,
      atLoad: depth === 0,
    });
    return mutants.length - 1;
  };
  const render = (node: Node, fixed = false): string => {
    const isFunction = /Function/.test(node.type);
    if (isFunction) depth += 1;
    try {
      return rendered(node, fixed);
    } finally {
      if (isFunction) depth -= 1;
    }
  };
  const rendered = (bare: Node, fixed: boolean): string => {
    const node = bare as AnyNode;
    const isComputed = 'computed' in node && node.computed;
    const children = Object.entries(node)
      .flatMap(([key, value]) => {
        const inner =
          fixed ||
          node.type === 'ImportDeclaration' ||
          node.type === 'TemplateElement' ||
          (key === 'key' && !isComputed) ||
          (key === 'property' && !isComputed) ||
          key === 'source';
        return [value]
          .flat()
          .filter(isNode)
          .map((it) => ({ node: it, inner }));
      })
      .sort((a, b) => a.node.start - b.node.start);
    let text = '';
    let at = node.start;
    for (const child of children) {
      if (child.node.start < at) continue;
      text +=
        source.slice(at, child.node.start) +
        (node.type === 'IfStatement' && child.node === node.test
          ? either(child.node)
          : render(child.node, child.inner));
      at = child.node.end;
    }
    text += source.slice(at, node.end);
    if (fixed) return text;
    if (node.type === 'ContinueStatement') return `{ if (!(${live(add(node, ';'))})) ${text} }`;
    if (node.type === 'ExpressionStatement' && node.expression.type !== 'Literal') {
      return `{ if (!(${live(add(node, ';'))})) { ${text} } }`;
    }
    if (!EXPRESSIONS.has(node.type)) return text;
    const changes = changesOf(node, source).map(
      (change) => `${live(add(node, change))} ? (${change}) : `,
    );
    return changes.length === 0 ? text : `(${changes.join('')}(${text}))`;
  };
  const either = (test: Node) =>
    `${live(add(test, 'true'))} ? true : ${live(add(test, 'false'))} ? false : (${render(test)})`;
  writeFileSync(
    `${work}/dist/src/${file}.js`,
    render(parse(source, { ecmaVersion: 'latest', sourceType: 'module' })),
  );
}

/**
 * Runs a script in its own process. Returns its output, or undefined if it failed or did not end.
 */
function run(script: string, mutant: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--test-reporter=dot', script], {
      env: { ...process.env, DOSSIER_MUTANT: String(mutant) },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? output : undefined);
    });
  });
}

const LIVE = 'globalThis.dossierMutant = Number(process.env.DOSSIER_MUTANT);\n';
const suite = (names: readonly string[]) =>
  `${LIVE}await Promise.all([${names.map((name) => `import('./dist/test/${name}.test.js')`).join(', ')}]);\n`;
/**
 * Whether the thorough tests pass. Each runs in its own process, because a file that waits at its
 * start would miss the start of the others.
 */
async function passes(mutant: number): Promise<boolean> {
  for (const index of THOROUGH.keys()) {
    if ((await run(`${work}/thorough-${index}.mjs`, mutant)) === undefined) return false;
  }
  return true;
}

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
cpSync(path('packages/law/dist'), `${work}/dist`, { recursive: true });
for (const file of FILES.filter((name) => name.includes(word))) {
  instrument(file);
}
for (const name of ['judge', 'dates']) {
  writeFileSync(
    `${work}/mutation-${name}.mjs`,
    readFileSync(path(`dist/tools/mutation-${name}.js`), 'utf8')
      .replaceAll('../../packages/law/dist/', './dist/')
      .replaceAll("'@dossier/law'", "'./dist/src/index.js'")
      .replaceAll('./mutation-dates.js', './mutation-dates.mjs'),
  );
}
writeFileSync(`${work}/quick.mjs`, suite(QUICK));
for (const [index, name] of THOROUGH.entries()) {
  writeFileSync(`${work}/thorough-${index}.mjs`, suite([name]));
}

/**
 * Judges the changes that can be switched on and off in one process: `noticed`, `harmless`, or
 * `open`. A change that never ends is noticed.
 */
function judge(all: readonly Mutant[]): Promise<ReadonlyMap<number, Verdict>> {
  return new Promise((resolve) => {
    const verdicts = new Map<number, Verdict>();
    const begin = (rest: readonly Mutant[]): void => {
      if (rest.length === 0) {
        resolve(verdicts);
        return;
      }
      const child = spawn(process.execPath, [`${work}/mutation-judge.mjs`], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      let timer: NodeJS.Timeout | undefined;
      const watch = () => {
        clearTimeout(timer);
        timer = setTimeout(() => child.kill('SIGKILL'), judging);
      };
      const left = [...rest];
      watch();
      const since = Date.now();
      child.on('message', (message) => {
        const { id, verdict } = message as { id: number; verdict: Verdict | 'ready' };
        if (verdict === 'ready') {
          judging = Math.max(LEAST, (Date.now() - since) * TIMES);
          watch();
          return;
        }
        verdicts.set(id, verdict);
        left.splice(
          left.findIndex((it) => it.id === id),
          1,
        );
        if (verdicts.size % 50 === 0) console.error(`${verdicts.size} of ${all.length} judged`);
        watch();
      });
      child.on('close', () => {
        clearTimeout(timer);
        const [hanging] = left;
        if (hanging !== undefined) verdicts.set(hanging.id, 'noticed');
        begin(left.slice(1));
      });
      child.send(left.map(({ id }) => id));
    };
    begin(all);
  });
}

const since = Date.now();
if ((await run(`${work}/quick.mjs`, -1)) === undefined || !(await passes(-1))) {
  console.error('The tests fail without any change; run `npm test` first.');
  process.exit(1);
}
const line = ({ file, line: number, from, to }: Mutant) =>
  [
    `  ${file}.js:${number}`,
    from.replace(/\s+/g, ' ').slice(0, 90),
    '→',
    to.replace(/\s+/g, ' ').slice(0, 60),
  ].join('  ');
patience = Math.max(LEAST * 3, (Date.now() - since) * TIMES);
const holes: Mutant[] = [];
const harmless: Mutant[] = [];
let killed = 0;
const verdicts = await judge(mutants.filter(({ atLoad }) => !atLoad));
const waiting: Mutant[] = [];
for (const mutant of mutants) {
  const verdict = verdicts.get(mutant.id);
  if (verdict === 'noticed') killed += 1;
  else if (verdict === 'harmless') harmless.push(mutant);
  else waiting.push(mutant);
}
console.error(
  `${killed} noticed by the tables of law, ${harmless.length} harmless; ${waiting.length} go ` +
    'through the tests',
);
writeFileSync(
  `${work}/dates.mjs`,
  `${LIVE}const { datesHash } = await import('./mutation-dates.mjs');\nconsole.log(await datesHash(4000));\n`,
);
const unchanged = run(`${work}/dates.mjs`, -1);

async function tryAll(): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    if ((await run(`${work}/quick.mjs`, mutant.id)) === undefined) killed += 1;
    else if (mutant.atLoad && (await run(`${work}/dates.mjs`, mutant.id)) === (await unchanged)) {
      harmless.push(mutant);
    } else if (!(await passes(mutant.id))) killed += 1;
    else {
      holes.push(mutant);
      console.error(`hole: ${line(mutant)}`);
    }
    const done = killed + harmless.length + holes.length;
    if (done % 50 === 0) {
      console.error(
        `${done} of ${mutants.length}: ${killed} noticed, ${harmless.length} harmless, ${holes.length} holes`,
      );
    }
  }
}
await Promise.all(Array.from({ length: Math.max(1, Math.min(2, availableParallelism())) }, tryAll));
if (process.argv.includes('--all') && harmless.length > 0) {
  console.log(
    ['Noticed by no test, and no date of thousands changes:', ...harmless.map(line)].join('\n'),
  );
}
if (holes.length > 0) {
  console.log(['Noticed by no test, though dates change:', ...holes.map(line)].join('\n'));
}
console.log(
  `${mutants.length} changes of ${FILES.filter((name) => name.includes(word)).join(', ')}: ` +
    `${killed} noticed by the tests, ${harmless.length} that change no date, ${holes.length} ` +
    'that change a date and are not noticed.',
);
rmSync(work, { recursive: true, force: true });
process.exit(holes.length === 0 ? 0 : 1);
