import { workflowIdOf } from '../../contract/contract.ts';
import type { Allowed, RequestStatus } from '../../contract/status.ts';

/** A command that fits the request's state, and when to use it. */
export interface NextCommand {
  readonly why: string;
  readonly command: string;
}

/** The words of the command for a message, and when to use it. */
interface Way {
  readonly why: string;
  readonly command: string;
}

/** The name to show. If there are several, it is a placeholder, and the reason lists them all. */
const choice = (
  names: readonly string[],
  placeholder: string,
): { readonly name: string; readonly list: string } =>
  names.length === 1
    ? { name: names[0] ?? placeholder, list: '' }
    : {
        name: placeholder,
        list: `: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`,
      };

/**
 * The commands for one message that would be accepted now. Empty for a message without a command of
 * its own.
 */
function waysOf({ message, on = [] }: Allowed, status: RequestStatus): Way[] {
  const id = status.requestId;
  switch (message) {
    case 'identityConfirmed':
      return [
        {
          why:
            'the subject has shown who they ' +
            `are${on.length > 1 ? ' (--identifier names one of several)' : ''}`,
          command: `request identity ${id} confirm --method "code by e-mail"`,
        },
      ];
    case 'identityRejected':
      return [
        {
          why: 'the subject could not show who they are; this ends the request',
          command: `request identity ${id} reject --reason "…"`,
        },
      ];
    case 'decideMatch':
      return [
        {
          why: "decide which profiles are the subject's",
          command: `request match ${id} --include ${on[0] ?? 'PROFILE'} --reason "…"`,
        },
      ];
    case 'approvePackage':
      return [
        { why: 'look at the files that would be sent', command: `request files ${id}` },
        {
          why: 'the package may be sent',
          command: `request approve ${id} --revision ${status.revision}`,
        },
      ];
    case 'withholdFiles':
      return [
        {
          why: 'leave files out of the package',
          command: `request withhold ${id} FILE… --reason "…"`,
        },
      ];
    case 'respondForVendor':
      return answers(on, status);
    case 'retractAnswer':
      return [retracting(on, status)];
    case 'retrySystem':
      return [named(on, 'ask a system again', (name) => `request retry ${id} ${name}`)];
    case 'skipSystem':
      return [
        named(on, 'go on without a system', (name) => `request skip ${id} ${name} --reason "…"`),
      ];
    case 'extendDeadline':
      return [
        {
          why: `take the longer time that the law allows${reasonsOf(status)}`,
          command: `request extend ${id} --reason "…"`,
        },
      ];
    case 'clarificationRequested':
      return [
        {
          why: 'the subject was asked what is meant',
          command: `request clarification ${id} requested`,
        },
      ];
    case 'clarificationReceived':
      return [
        {
          why: 'the subject has said what is meant',
          command: `request clarification ${id} received`,
        },
      ];
    case 'feeRequested':
      return [{ why: 'the subject was told of a fee', command: `request fee ${id} requested` }];
    case 'feePaid':
      return [{ why: 'the subject has agreed to the fee', command: `request fee ${id} paid` }];
    case 'correctRequest':
      return [
        {
          why: 'law, residence or day of receipt are wrong',
          command: `request correct ${id} --country CC`,
        },
      ];
    case 'replan':
      return on.includes('accept')
        ? [
            {
              why: 'take the dates that were planned anew',
              command: `request replan ${id} --accept`,
            },
          ]
        : [
            {
              why: 'see how the dates would change under the present laws',
              command: `request replan ${id}`,
            },
          ];
    case 'continueRequest':
      return [
        {
          why: status.waitingOn.includes('operator:reset')
            ? 'answer the request once more'
            : 'the request goes on',
          command: `request continue ${id} --reason "…"`,
        },
      ];
    case 'withdraw':
      return [
        {
          why: 'the subject no longer wants it; this deletes everything',
          command: `request withdraw ${id} --reason "…"`,
        },
      ];
    default:
      return [];
  }
}

/** First what somebody waits for, then what fixes something, then what is seldom needed. */
const ORDER = [
  'continueRequest',
  'identityConfirmed',
  'identityRejected',
  'decideMatch',
  'approvePackage',
  'withholdFiles',
  'respondForVendor',
  'clarificationReceived',
  'feePaid',
  'retrySystem',
  'skipSystem',
  'extendDeadline',
  'retractAnswer',
  'clarificationRequested',
  'feeRequested',
  'correctRequest',
  'replan',
  'withdraw',
];

/**
 * The commands that an operator can use now, the most urgent first. They follow from the messages
 * that the request allows.
 */
export function nextCommands(status: RequestStatus): NextCommand[] {
  const outside = afterTemporal(status);
  if (outside !== undefined) return outside;
  const allowed = (status.allowed ?? []).toSorted((a, b) => rank(a, status) - rank(b, status));
  const commands = allowed.flatMap((it) => waysOf(it, status));
  const { package: archive } = status;
  if (archive !== null && archive.deletedAt === undefined) {
    commands.unshift({
      why: 'check the package',
      command: `package verify ${archive.uri.replace(/^file:\/\//, '')}`,
    });
  }
  return commands.map(({ why, command }) => ({ why, command: `dossier ${command}` }));
}

/** What is possible for a request that Temporal ended or holds. No command of Dossier is. */
function afterTemporal({ requestId, waitingOn }: RequestStatus): NextCommand[] | undefined {
  const [on = ''] = waitingOn;
  if (on === 'operator:workflow-paused') {
    return [
      { why: 'it may go on', command: `temporal workflow unpause -w ${workflowIdOf(requestId)}` },
    ];
  }
  if (on === 'operator:start-delayed' || on === 'operator:workers-busy') {
    return [{ why: 'look again', command: `dossier request show ${requestId}` }];
  }
  if (!on.startsWith('operator:workflow-') || on === 'operator:workflow-task-failed') {
    return undefined;
  }
  return [
    {
      why: 'have it go on from its last step',
      command: `temporal workflow reset -w ${workflowIdOf(requestId)} --type LastWorkflowTask --reason "…"`,
    },
    { why: 'delete what is left of it, and tell vendors', command: `dossier purge ${requestId}` },
  ];
}

function rank({ message }: Allowed, status: RequestStatus): number {
  const place = ORDER.indexOf(message);
  // Nobody waits for the identity at other stages, so these come last.
  const early = message === 'identityRejected' || message === 'identityConfirmed';
  return early && status.stage !== 'verifying' ? ORDER.length : place;
}

function named(names: readonly string[], why: string, command: (name: string) => string): Way {
  const { name, list } = choice(names, 'SYSTEM');
  return { why: `${why}${list}`, command: command(name) };
}

/** Systems that the request waits for have a line each. The others share one. */
function answers(on: readonly string[], status: RequestStatus): Way[] {
  const awaited = on.filter((system) => status.waitingOn.includes(system));
  const respond = (system: string) =>
    `vendor respond ${status.requestId} ${system} --outcome delivered --file PATH`;
  const others = on.filter((system) => !awaited.slice(0, 3).includes(system));
  return [
    ...awaited.slice(0, 3).map((system) => ({
      why: `${system.replace('data-source:', 'whoever runs ')} has answered`,
      command: respond(system),
    })),
    ...(others.length === 0
      ? []
      : [named(others, 'record an answer of a system that is not waited for', respond)]),
  ];
}

function retracting(answerIds: readonly string[], status: RequestStatus): Way {
  const systemOf = (id: string) =>
    status.answers.find(({ answerId }) => answerId === id)?.system ?? 'SYSTEM';
  const { name, list } = choice(answerIds, 'ANSWER');
  return {
    why: `an answer was wrong: take it back${list}`,
    command:
      `vendor retract ${status.requestId} ` +
      `${answerIds.length === 1 ? systemOf(name) : 'SYSTEM'} --answer ${name} --reason "…"`,
  };
}

const reasonsOf = ({ timetable }: RequestStatus): string => {
  const { reasons = [], anyReason } = timetable?.extension ?? {};
  return reasons.length === 0 || anyReason === true
    ? ''
    : `, for ${reasons.length === 1 ? 'this reason' : 'one of these reasons'}: ${reasons.join('; ')}`;
};
