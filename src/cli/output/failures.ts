import {
  DossierError,
  type DossierErrorCode,
  type DossierErrorFacts,
} from '../../client/dossier-error.ts';
import type { ConfigError } from '../../config/config.ts';
import type { SystemFailure } from '../../http/failure.ts';
import type { InvalidRequest } from '@dossier/law';
import { ownVersion } from '../version.ts';

/** An error of wrong usage: a bad flag, an unreadable file, or text that is not JSON. */
export function usage(
  message: string,
  where: string,
  actions: readonly string[] = [],
): DossierError {
  return new DossierError({ code: 'usage', message, where, actions });
}

/**
 * A failure in words for the caller, and its exit code: 2 for wrong usage, 1 for everything else.
 */
export function describeFailure(error: unknown): {
  readonly facts: DossierErrorFacts;
  readonly exitCode: 1 | 2;
} {
  const facts = withMeaning(factsOf(error));
  return { facts, exitCode: facts.code === 'usage' ? 2 : 1 };
}

const meaningOf = (code: string): string => `What ${code} means: dossier explain ${code}`;

/** Adds the command that explains a code, if there is no other action. */
const withMeaning = (facts: DossierErrorFacts): DossierErrorFacts =>
  facts.actions.length > 0 || facts.code === 'usage'
    ? facts
    : { ...facts, actions: [meaningOf(facts.code)] };

function factsOf(error: unknown): DossierErrorFacts {
  if (error instanceof DossierError) return error.toJSON();
  if (isConfigError(error)) {
    const [first] = error.complaints;
    return {
      code: error.usage ? 'usage' : 'invalid-config',
      message: error.message,
      where: first?.path || fileOf(error),
      actions: ['Check the file with: dossier doctor', 'Its JSON Schema: dossier config schema'],
    };
  }
  const known = error instanceof Error ? namedFailures[error.name] : undefined;
  if (known !== undefined && error instanceof Error) {
    return {
      code: known,
      message: error.message,
      where: whereOf(error),
      actions: actionsOf(error),
    };
  }
  if (isSystemFailure(error)) {
    const { kind, system, action, code } = error.facts;
    return {
      code: kind === 'denied' ? 'denied' : 'failed',
      message: action === undefined ? error.message : `${error.problem}.`,
      where: system,
      actions: [
        ...(action === undefined ? [] : [action]),
        ...(code === undefined ? [] : [meaningOf(code)]),
      ],
    };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return {
      code: 'failed',
      message: 'Interrupted before it was ready; what had been started was stopped.',
      where: '',
      actions: [],
    };
  }
  if (lacksSimulator(error)) {
    return {
      code: 'failed',
      message:
        'This command needs the simulator, which an installation for workers leaves out: ' +
        `npm install ${SIMULATOR}@${ownVersion()}`,
      where: SIMULATOR,
      actions: [],
    };
  }
  if (isInvalidRequest(error)) {
    return {
      code: 'invalid-input',
      message: error.message,
      where: error.complaints[0]?.path ?? '',
      actions: /^(law|country|region)$/.test(error.complaints[0]?.path ?? '')
        ? ['See the laws that are known: dossier law list']
        : ['See the help: dossier law due --help'],
    };
  }
  if (isCommanderError(error)) {
    if (error.code === 'commander.help') {
      return {
        code: 'usage',
        message: 'A command is missing.',
        where: 'command line',
        actions: ['See the help: dossier --help'],
      };
    }
    return {
      code: 'usage',
      message: error.message.replace(/^error: /, '').replace(/\n+/g, ' '),
      where: 'command line',
      actions: [`See the help: ${error.command ?? 'dossier'} --help`],
    };
  }
  return {
    code: 'failed',
    message: error instanceof Error ? error.message : String(error),
    where: '',
    actions: ['Run it again with DOSSIER_DEBUG=1 to see where it failed.'],
  };
}

/** Failures of the surroundings and not of Dossier, by the names of their errors. */
const namedFailures: Readonly<Record<string, DossierErrorCode>> = {
  TemporalUnreachable: 'no-server',
  NotSetUp: 'not-set-up',
  CodecKeyError: 'invalid-config',
  StorageUnusable: 'failed',
  ServerNotFound: 'no-server',
};
const whereOf = (error: Error): string =>
  [
    'address' in error && error.address,
    'directory' in error && error.directory,
    'namespace' in error && error.namespace,
  ].filter((it): it is string => typeof it === 'string')[0] ?? '';
/** If these failures have no list of actions, the message holds them. */
const actionsOf = (error: Error): readonly string[] =>
  'actions' in error && Array.isArray(error.actions)
    ? error.actions.map(String).filter((action) => !error.message.includes(action))
    : [];

const fileOf = (error: ConfigError): string => error.message.split(': ')[0] ?? '';

// Compared by name, because the classes would load the YAML and schema libraries at the start of
// every command.
const isConfigError = (error: unknown): error is ConfigError =>
  error instanceof Error && error.name === 'ConfigError';

const isSystemFailure = (error: unknown): error is SystemFailure =>
  error instanceof Error && error.name === 'SystemFailure';

const SIMULATOR = '@dossier/salesforce-simulator';

/** Whether the failure is that Node found no simulator. */
const lacksSimulator = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'ERR_MODULE_NOT_FOUND' &&
  error.message.includes(`'${SIMULATOR}'`);

const isInvalidRequest = (error: unknown): error is InvalidRequest =>
  error instanceof Error && error.name === 'InvalidRequest';

/** Whether it is an error of commander, with the called command; see `createProgram`. */
function isCommanderError(error: unknown): error is Error & {
  code: string;
  exitCode: number;
  command?: string;
} {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('commander.')
  );
}
