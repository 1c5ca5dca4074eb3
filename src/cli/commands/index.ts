import type { CommandModule } from '../command.ts';

type Load = () => Promise<{ readonly default: CommandModule }>;

/**
 * Every command by its typed name, loaded only when it is called. To add a command, add a file
 * beside this one and a line here.
 */
export const COMMANDS = {
  codec: () => import('./codec.ts'),
  'config schema': () => import('./config/schema.ts'),
  demo: () => import('./demo.ts'),
  dev: () => import('./dev.ts'),
  discover: () => import('./discover.ts'),
  doctor: () => import('./doctor.ts'),
  explain: () => import('./explain.ts'),
  'law compare': () => import('./law/compare.ts'),
  'law due': () => import('./law/due.ts'),
  'law list': () => import('./law/list.ts'),
  'law show': () => import('./law/show.ts'),
  'package open': () => import('./package/open.ts'),
  'package verify': () => import('./package/verify.ts'),
  purge: () => import('./purge.ts'),
  rehearse: () => import('./rehearse.ts'),
  'request approve': () => import('./request/approve.ts'),
  'request clarification': () => import('./request/clarification.ts'),
  'request continue': () => import('./request/continue.ts'),
  'request correct': () => import('./request/correct.ts'),
  'request extend': () => import('./request/extend.ts'),
  'request fee': () => import('./request/fee.ts'),
  'request files': () => import('./request/files.ts'),
  'request identity': () => import('./request/identity.ts'),
  'request list': () => import('./request/list.ts'),
  'request match': () => import('./request/match.ts'),
  'request replan': () => import('./request/replan.ts'),
  'request retry': () => import('./request/retry.ts'),
  'request schema': () => import('./request/schema.ts'),
  'request show': () => import('./request/show.ts'),
  'request skip': () => import('./request/skip.ts'),
  'request start': () => import('./request/start.ts'),
  'request watch': () => import('./request/watch.ts'),
  'request withdraw': () => import('./request/withdraw.ts'),
  'request withhold': () => import('./request/withhold.ts'),
  setup: () => import('./setup.ts'),
  simulator: () => import('./simulator/run.ts'),
  'simulator generate': () => import('./simulator/generate.ts'),
  'vendor respond': () => import('./vendor/respond.ts'),
  'vendor retract': () => import('./vendor/retract.ts'),
  worker: () => import('./worker.ts'),
} satisfies Record<string, Load>;
