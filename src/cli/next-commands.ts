import type { RequestStatus } from '../domain/status.ts';

/** A command that fits the request's state, and when one would use it. */
export interface NextCommand { readonly why: string; readonly command: string }

/** The commands that an operator can use now, the most urgent first. */
export function nextCommands(status: RequestStatus): NextCommand[] {
  const id = status.requestId;
  const waiting = (on: string) => status.waitingOn.includes(on) || status.waits.some((wait) => wait.on === on);
  const outside = afterTemporal(status);
  if (outside !== undefined) return outside;
  const commands: NextCommand[] = [];
  const add = (when: boolean, why: string, command: string) => { if (when) commands.push({ why, command: `dossier ${command}` }); };
  const reset = waiting('operator:reset');
  add(reset || waiting('operator:cancelled'), reset ? 'answer the request once more' : 'the request goes on', `request continue ${id} --reason "…"`);
  const open = !['delivered', 'closed', 'refused', 'withdrawn'].includes(status.stage);
  add(waiting('operator:identity') || status.stage === 'verifying', 'the subject has shown who they are', `request identity ${id} confirm --method "code by e-mail"`);
  add(waiting('operator:identity') || status.stage === 'verifying', 'the subject could not', `request identity ${id} reject --reason "…"`);
  add(waiting('operator:match') || status.stage === 'reviewing-match', 'decide which profiles are the subject\'s', `request match ${id} --include ${profileOf(status)} --reason "…"`);
  add(waiting('operator:approval') || status.stage === 'reviewing-package', 'look at the files that would be sent', `request files ${id}`);
  add(waiting('operator:approval') || status.stage === 'reviewing-package', 'the package may be sent', `request approve ${id} --revision ${status.revision}`);
  add(waiting('operator:approval') || status.stage === 'reviewing-package', 'leave files out of it', `request withhold ${id} FILE… --reason "…"`);
  for (const system of status.systems.filter(({ state }) => state === 'waiting').slice(0, 3)) {
    add(true, `${system.id} has answered`, `vendor respond ${id} ${system.id} --outcome delivered --file PATH`);
  }
  for (const { on } of status.waits.filter((wait) => wait.on.startsWith('data-source:')).slice(0, 3)) {
    add(true, `whoever runs ${on.replace('data-source:', '')} has answered`, `vendor respond ${id} ${on} --outcome delivered --file PATH`);
    add(true, `nothing is to be had from ${on.replace('data-source:', '')}`, `request skip ${id} ${on} --reason "…"`);
  }
  const [gap] = status.gaps.filter(({ system }) => status.systems.some((it) => it.id === system && it.state === 'gap'));
  add(open && gap !== undefined, `ask ${gap?.system} again`, `request retry ${id} ${gap?.system}`);
  add(open && Boolean(status.timetable?.extension.allowed) && status.timetable?.extension.used === false, 'take the longer time that the law allows', `request extend ${id} --reason "${status.timetable?.extension.reasons[0] ?? '…'}"`);
  add(open && status.replan?.state === 'proposed', 'take the dates that were planned anew', `request replan ${id} --accept`);
  add(status.package !== null && status.package.deletedAt === undefined, 'check the package', `package verify ${status.package?.uri.replace(/^file:\/\//, '')}`);
  add(open, 'the subject no longer wants it', `request withdraw ${id} --reason "…"`);
  return commands;
}

/** What is possible for a request that Temporal ended or holds; no order of Dossier is. */
function afterTemporal({ requestId, waitingOn }: RequestStatus): NextCommand[] | undefined {
  const [on = ''] = waitingOn;
  if (on === 'operator:workflow-paused') return [{ why: 'it may go on', command: `temporal workflow unpause -w dsar-${requestId}` }];
  if (on === 'operator:start-delayed' || on === 'operator:workers-busy') return [{ why: 'look again', command: `dossier request show ${requestId}` }];
  if (!on.startsWith('operator:workflow-') || on === 'operator:workflow-task-failed') return undefined;
  return [
    { why: 'have it go on from its last step', command: `temporal workflow reset -w dsar-${requestId} --type LastWorkflowTask --reason "…"` },
    { why: 'delete what is left of it, and tell vendors', command: `dossier purge ${requestId}` },
  ];
}

function profileOf(status: RequestStatus): string {
  const [first] = status.profiles;
  return first ? `${first.partyId}@${first.dataSpace}${first.keyQualifier ? `/${first.keyQualifier}` : ''}` : 'PARTY_ID@DATA_SPACE';
}
