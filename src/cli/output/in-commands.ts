/**
 * The command for each message. Texts of the workflow name messages, because the Temporal UI needs
 * them.
 */
const COMMANDS: Readonly<Record<string, string>> = {
  identityConfirmed: 'request identity … confirm',
  identityRejected: 'request identity … reject',
  vendorResponded: 'vendor respond',
  respondForVendor: 'vendor respond',
  retractAnswer: 'vendor retract',
  decideMatch: 'request match',
  extendDeadline: 'request extend',
  retrySystem: 'request retry',
  skipSystem: 'request skip',
  approvePackage: 'request approve',
  withholdFiles: 'request withhold',
  continueRequest: 'request continue',
  correctRequest: 'request correct',
  clarificationRequested: 'request clarification … requested',
  clarificationReceived: 'request clarification … received',
  feeRequested: 'request fee … requested',
  feePaid: 'request fee … paid',
  noticeSentAt: '--notice-sent-at',
};
const NAMES = new RegExp(`(\\b(?:send|use) )?\\b(${Object.keys(COMMANDS).join('|')})\\b`, 'gi');

/** Replaces messages in a text of the workflow by commands of the command line. */
export const inCommands = (text: string): string =>
  text.replace(NAMES, (whole: string, verb: string | undefined, name: string) => {
    const command = COMMANDS[name];
    if (command === undefined) return whole;
    const called = command.startsWith('--') ? command : `"dossier ${command}"`;
    if (verb === undefined) return called;
    return `${verb.startsWith('S') ? 'Use' : 'use'} ${called}`;
  });
