import approvePackage from './approve-package.ts';
import clarificationReceived from './clarification-received.ts';
import clarificationRequested from './clarification-requested.ts';
import continueRequest from './continue-request.ts';
import correctRequest from './correct-request.ts';
import decideMatch from './decide-match.ts';
import extendDeadline from './extend-deadline.ts';
import feePaid from './fee-paid.ts';
import feeRequested from './fee-requested.ts';
import identityConfirmed from './identity-confirmed.ts';
import identityRejected from './identity-rejected.ts';
import replan from './replan.ts';
import respondForVendor from './respond-for-vendor.ts';
import retractAnswer from './retract-answer.ts';
import retrySystem from './retry-system.ts';
import skipSystem from './skip-system.ts';
import vendorResponded from './vendor-responded.ts';
import withdraw from './withdraw.ts';
import withholdFiles from './withhold-files.ts';
import type { CommandName, FactName } from '../../contract/messages/index.ts';
import type { CommandHandler, FactHandler } from './handle.ts';

/** What a request does with each fact. */
export const FACT_HANDLERS: { readonly [Name in FactName]: FactHandler<Name> } = {
  identityConfirmed,
  identityRejected,
  vendorResponded,
  clarificationRequested,
  clarificationReceived,
  feeRequested,
  feePaid,
};

/** What a request does with each command. */
export const COMMAND_HANDLERS: { readonly [Name in CommandName]: CommandHandler<Name> } = {
  respondForVendor,
  retractAnswer,
  decideMatch,
  extendDeadline,
  retrySystem,
  skipSystem,
  approvePackage,
  withholdFiles,
  withdraw,
  continueRequest,
  correctRequest,
  replan,
};
