import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { nextCommands } from '../../src/cli/output/next-commands.ts';
import type { PlannedSystem } from '../../src/contract/plan.ts';
import { requestInput } from '../../src/contract/request.ts';
import {
  STAGES,
  type RequestStatus,
  type Stage,
  type Timetable,
} from '../../src/contract/status.ts';
import { allowedNow } from '../../src/workflows/commands/allowed.ts';
import type { CommandName } from '../../src/contract/messages/index.ts';
import type { CommandHandler } from '../../src/workflows/commands/handle.ts';
import { COMMAND_HANDLERS } from '../../src/workflows/commands/index.ts';
import type { RequestRun } from '../../src/workflows/state/request-run.ts';
import { addTask, newState, publicStatus, type State } from '../../src/workflows/state/state.ts';
import { becomesGap, hasAnswered } from '../../src/workflows/state/task.ts';
import { typed } from './typing.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const by = 'test';
const timetable: Timetable = {
  acknowledgeBy: null,
  extendBy: '2026-12-23',
  decideExtensionBy: '2026-12-21',
  cutOffAt: '2026-12-18T23:00:00.000Z',
  answerBy: '2026-12-23',
  dueAt: '2026-12-23T23:00:00.000Z',
  vendorsBy: '2026-12-09',
  refuseBy: '2026-12-23',
  plannedOn: '2026-12-23',
  timeZone: 'Europe/Berlin',
  steps: [],
  doubts: [],
  extension: {
    allowed: true,
    used: false,
    latest: '2026-12-23',
    reasons: ['the complexity of the requests', 'the number of the requests'],
    cite: 'GDPR Art. 12(3)',
  },
  clarification: { allowed: true, cite: 'recital 63' },
};
const system = (id: string, kind: PlannedSystem['kind'] = 'vendor'): PlannedSystem => ({
  id,
  connector: kind === 'vendor' ? 'manual' : 'core-crm',
  kind,
  dataSources: [],
});
const profile = (partyId: string) => ({
  dataSpace: 'default',
  partyId,
  keyQualifier: '',
  dataSource: 'CRM',
  unifiedIndividuals: [],
});

/** What differs from one request to the next beside its stage. */
interface Turn {
  readonly name: string;
  readonly change: (state: State) => void;
}
const turns: readonly Turn[] = [
  { name: 'as planned', change: () => {} },
  {
    name: 'a vendor has delivered',
    change: (state) => {
      hasAnswered(state.tasks['acme-mail']!, 'delivered');
      state.status.answers = [
        {
          answerId: 'acme-mail-1',
          system: 'acme-mail',
          outcome: 'delivered',
          files: 1,
          by,
          at: NOW,
          state: 'counted',
        },
      ];
    },
  },
  {
    name: 'two systems failed',
    change: (state) => {
      for (const id of ['acme-mail', 'crm']) {
        becomesGap(state.tasks[id]!);
      }
    },
  },
  {
    name: 'extended already',
    change: (state) => {
      state.status.timetable = { ...timetable, extension: { ...timetable.extension, used: true } };
    },
  },
  {
    name: 'too late to extend',
    change: (state) => {
      state.status.timetable = {
        ...timetable,
        extension: { ...timetable.extension, latest: '2026-11-24' },
      };
    },
  },
  {
    name: 'asked and not answered',
    change: (state) => {
      state.events = [
        { type: 'clarificationRequested', at: NOW },
        { type: 'feeRequested', at: NOW },
      ];
    },
  },
  {
    name: 'new dates were shown',
    change: (state) => {
      state.status.replan = { at: NOW, by, state: 'proposed', changes: [] };
    },
  },
  {
    name: 'an answer is being taken in',
    change: (state) => {
      state.openAnswers = [{ answerId: 'acme-mail-1', system: 'acme-mail', files: [] }];
    },
  },
  {
    name: 'cancelled in Temporal',
    change: (state) => {
      state.cancelledAt = NOW;
    },
  },
  {
    name: 'a source that no system claims',
    change: (state) => addTask(state, system('data-source:POS'), false),
  },
];

function requestAt(stage: Stage, { change }: Turn): RequestRun {
  const state = newState(
    requestInput.parse({
      requestId: 'R-1',
      type: 'access',
      subject: { emails: ['a@example.com', 'b@example.com'] },
      law: 'gdpr',
      receivedAt: '2026-11-23',
      identity: stage === 'verifying' ? 'required' : { confirmed: ['emails[0]'] },
    }),
  );
  state.status.stage = stage;
  for (const it of [system('acme-mail'), system('crm', 'cloud')]) {
    addTask(state, it);
  }
  if (stage !== 'received' && stage !== 'planning') {
    state.status.timetable = timetable;
    state.plan = {
      law: 'gdpr',
      extended: { ...timetable, answerBy: '2027-02-23' },
      timetable,
    } as unknown as State['plan'];
    state.located = {
      profiles: [profile('P-1'), profile('P-2')],
      reviews: [],
    } as unknown as State['located'];
  }
  if (!['received', 'planning', 'verifying', 'locating', 'reviewing-match'].includes(stage)) {
    state.profiles = [];
  }
  if (['delivered', 'closed'].includes(stage)) {
    state.status.package = {
      uri: 'file:///p.zip',
      sha256: '',
      bytes: 0,
      files: 0,
      deliveredAt: NOW,
      deleteBy: null,
    };
  }
  change(state);
  return {
    state,
    now: () => NOW,
    endOf: (day: string) => `${day}T23:00:00.000Z`,
    dayOf: (at: string) => at.slice(0, 10),
    get plan() {
      return state.plan;
    },
  } as unknown as RequestRun;
}
const statusOf = (run: RequestRun): RequestStatus => ({
  ...publicStatus(run.state),
  allowed: allowedNow(run),
});

/** Why an order would be refused, as its validator looks at it. */
const refused = (run: RequestRun, name: CommandName, message: unknown): unknown => {
  const handler = COMMAND_HANDLERS[name] as unknown as CommandHandler<CommandName>;
  return handler.refuseSince?.(run, message as never) ?? handler.refuse(run, message as never);
};

describe('what a request says that can be done', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-orders-'));
    await writeFile(
      join(folder, 'dossier.yaml'),
      `version: 1\nstorage: { directory: ${join(folder, 'data')} }\n`,
    );
    await writeFile(join(folder, 'export.csv'), 'a\n1\n');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const messageOf = async (
    words: readonly string[],
    status: RequestStatus,
  ): Promise<readonly [name: string, message: unknown]> => {
    const { sent, error } = await typed(words, {
      before: status,
      config: join(folder, 'dossier.yaml'),
      answer: 'y',
    });
    const [first] = sent;
    assert.ok(first !== undefined && sent.length === 1, `${words.join(' ')}: ${String(error)}`);
    return first;
  };
  const wordsOf = (command: string): string[] =>
    (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"|"$/g, '')).slice(1);
  const fillings = {
    PATH: () => join(folder, 'export.csv'),
    'FILE…': () => 'a.csv',
    CC: () => 'AT',
    '…': () => 'the complexity of the requests',
  } as Readonly<Record<string, () => string>>;
  const looks = /^dossier (request files|package verify) /;

  for (const stage of STAGES) {
    it(`is accepted at ${stage}, all of it, and nothing else is`, async () => {
      for (const turn of turns) {
        const run = requestAt(stage, turn);
        const status = statusOf(run);
        const offered = new Set<string>();
        for (const { command } of nextCommands(status).filter((it) => !looks.test(it.command))) {
          const names = status.allowed?.flatMap(({ on }) => on ?? []) ?? [];
          const words = wordsOf(command).map((word) => fillings[word]?.() ?? word);
          const [name] = await messageOf(
            words.map((word) => {
              if (word === 'SYSTEM') return names.find((it) => it in run.state.tasks) ?? '';
              return word === 'ANSWER' ? 'acme-mail-1' : word;
            }),
            status,
          );
          for (const on of status.allowed?.find(({ message }) => message === name)?.on ?? ['']) {
            offered.add(`${name} ${on}`.trim());
            const [, message] = await messageOf(
              words.map((word) => (word === 'SYSTEM' || word === 'ANSWER' ? on : word)),
              status,
            );
            if (name in COMMAND_HANDLERS) {
              assert.equal(
                refused(run, name as CommandName, message),
                undefined,
                `${stage}, ${turn.name}: ${command}`,
              );
            }
          }
        }
        for (const candidate of candidates(run)) {
          const [name, on, message] = candidate;
          const accepted = refused(run, name, message) === undefined;
          assert.equal(
            offered.has(`${name} ${on}`.trim()),
            accepted,
            `${stage}, ${turn.name}: ${name} ${on} is ` +
              (accepted ? 'accepted and not offered' : 'offered and not accepted'),
          );
        }
      }
    });
  }

  it('is nothing once it has ended', () => {
    for (const stage of ['closed', 'refused', 'withdrawn'] as const) {
      assert.deepEqual(
        nextCommands({ ...statusOf(requestAt(stage, turns[0]!)), package: null }),
        [],
      );
    }
  });
});

/** Every order, with each name that it could hold. */
function candidates({ state }: RequestRun): [CommandName, string, unknown][] {
  const systems = Object.keys(state.tasks);
  return [
    ...systems.flatMap((id): [CommandName, string, unknown][] => [
      ['retrySystem', id, { system: id, by }],
      ['skipSystem', id, { system: id, reason: 'x', by }],
      ['respondForVendor', id, { system: id, outcome: 'delivered', files: [{ uri: 'x' }], by }],
    ]),
    [
      'retractAnswer',
      'acme-mail-1',
      { system: 'acme-mail', answerId: 'acme-mail-1', reason: 'x', by },
    ],
    ...['P-1', 'P-2'].map((partyId): [CommandName, string, unknown] => [
      'decideMatch',
      `${partyId}@default`,
      { decisions: [{ partyId, dataSpace: 'default', include: true, reason: 'x' }], by },
    ]),
    ['approvePackage', '', { revision: state.status.revision, by }],
    ['withholdFiles', '', { files: ['x'], reason: 'x', by }],
    ['extendDeadline', '', { reason: 'the complexity of the requests', by }],
    ['correctRequest', '', { law: 'gdpr', by }],
    ['continueRequest', '', { reason: 'x', by }],
    ['withdraw', '', { reason: 'x', by }],
    state.status.replan?.state === 'proposed'
      ? ['replan', 'accept', { accept: true, by }]
      : ['replan', '', { accept: false, by }],
  ];
}
