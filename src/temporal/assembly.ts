import type { Connection } from '@temporalio/client';
import type { Dependencies, ReadySystem } from '../activities/dependencies.ts';
import { showLimit } from '../activities/show-limit.ts';
import type { KeyRing } from '../codec/keys.ts';
import { ConfigError, type Config, type SystemEntry } from '../config/config.ts';
import { authorityIn, LAWS, letterLaw, planDates } from '@dossier/law';
import { complaintsOf } from '../contract/complaints.ts';
import type { Complaint } from '../contract/contract.ts';
import { loadConnectors, type Connectors } from '../connectors/load-connectors.ts';
import { createSalesforce, type Salesforce } from '../salesforce/create-salesforce.ts';
import { loadOverrides } from '../letters/overrides.ts';
import { renderLetter } from '../letters/render.ts';
import { openStore } from '../storage/filesystem.ts';

/**
 * Creates what activities depend on.
 *
 * @throws ConfigError that names the entry of a system if its connector refuses it
 */
export async function assemble(
  config: Config,
  connection: Connection,
  namespace: string,
  ring?: KeyRing,
): Promise<Dependencies> {
  const salesforce =
    config.salesforce === undefined ? null : createSalesforce(config.salesforce, {}, showLimit);
  return {
    config,
    salesforce,
    planDates,
    authorityOf,
    writeSubject: await letterWriter(config),
    store: openStore(config.storage.directory, { mostBytes: config.limits.fileGiB * 2 ** 30 }),
    systems: await readySystems(config, salesforce),
    inputEncoding: (workflowId, runId) => inputEncoding(connection, namespace, workflowId, runId),
    ...(await namespaceIdOf(connection, namespace)),
    ...(ring !== undefined && { ring }),
  };
}

/**
 * The writer of letters to the subject, with the company's own wording if there is one.
 *
 * @throws ConfigError that names the file of a template that cannot become a letter
 */
export async function letterWriter({
  file,
  controller,
  notices,
}: Pick<Config, 'file' | 'controller' | 'notices'>): Promise<Dependencies['writeSubject']> {
  const { overrides, complaints } =
    notices.directory === undefined
      ? { overrides: new Map<string, string>(), complaints: [] }
      : await loadOverrides(notices.directory);
  if (complaints.length > 0) throw new ConfigError(file, complaints);
  const sender = {
    ...(controller?.name !== undefined && { company: controller.name }),
    ...(notices.contact !== undefined && { contact: notices.contact }),
    ...(notices.language !== undefined && { language: notices.language }),
  };
  return async (facts) => {
    const law = letterLaw({
      request: facts.request,
      law: facts.law,
      ...(controller && { controller }),
      ...(notices.authority && { authority: notices.authority }),
    });
    return renderLetter(facts, law, sender, overrides);
  };
}

/**
 * Every configured system with its connector.
 *
 * @throws ConfigError
 */
export async function readySystems(
  config: Config,
  salesforce: Salesforce | null,
): Promise<ReadonlyMap<string, ReadySystem>> {
  const complaints: Complaint[] = [];
  const register = await loadConnectors(config.connectors, complaints);
  const systems = new Map<string, ReadySystem>();
  config.systems.forEach((entry, index) => {
    const ready = readySystem(register, entry, `systems[${index}]`, salesforce, complaints);
    if (ready !== undefined) systems.set(entry.id, ready);
  });
  if (complaints.length > 0) throw new ConfigError(config.file, complaints);
  return systems;
}

function readySystem(
  register: Connectors,
  entry: SystemEntry,
  path: string,
  salesforce: Salesforce | null,
  complaints: Complaint[],
): ReadySystem | undefined {
  const { id, connector, dataSources, instructions, inbox: _inbox, ...rest } = entry;
  const module = register.get(connector);
  if (module === undefined) {
    complaints.push({
      path: `${path}.connector`,
      reason: `there is no connector "${connector}"; known are ${[...register.keys()].join(', ')}`,
    });
    return undefined;
  }
  if (salesforce === null && (module.needsSalesforce ?? module.kind === 'cloud')) {
    complaints.push({
      path: `${path}.connector`,
      reason: `"${connector}" needs the section salesforce`,
    });
    return undefined;
  }
  const options = module.options.safeParse(rest);
  if (!options.success) {
    complaints.push(
      ...complaintsOf(options.error).map((it) => ({
        ...it,
        path: it.path === '' ? path : `${path}.${it.path}`,
      })),
    );
    return undefined;
  }
  const parts = {
    id,
    dataSources,
    salesforce,
    ...(instructions !== undefined && { instructions }),
  };
  return module.kind === 'cloud'
    ? { kind: 'cloud', connector: module.create(options.data as never, parts) }
    : { kind: 'vendor', connector: module.create(options.data as never, parts) };
}

/** The server's own ID of a namespace. Two servers never share one, even if the names are equal. */
async function namespaceIdOf(
  connection: Connection,
  namespace: string,
): Promise<{ namespaceId?: string }> {
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
  return namespaceInfo?.id ? { namespaceId: namespaceInfo.id } : {};
}

/** The encoding of a workflow's input in the server's database, read without a codec. */
async function inputEncoding(
  connection: Connection,
  namespace: string,
  workflowId: string,
  runId: string,
): Promise<string> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  const payload =
    history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  return Buffer.from(payload?.metadata?.encoding ?? []).toString('utf8');
}

/**
 * The authority that a subject may complain to. If the law has one for each country, it is that of
 * their residence.
 */
function authorityOf(law: string, country: string | undefined): string | undefined {
  const found = LAWS.get(law);
  const one = found && authorityIn(found, country === undefined ? undefined : { country });
  return one === undefined ? undefined : [one.name, one.web, one.phone].filter(Boolean).join(', ');
}
