import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { workflowIdOf } from '../contract/contract.ts';
import type { CommandName, FactName, MessageInput } from '../contract/messages/index.ts';
import type { RequestStatus } from '../contract/status.ts';
import { checkMessage } from './check.ts';
import { DossierError } from './dossier-error.ts';
import { answered, describeRequest, readStatus, refusePaused } from './read-status.ts';
import { asDossierError, isMissing, isUnanswered } from './temporal-failures.ts';
import { unreadableBy } from './unreadable.ts';

export type { CommandName, FactName } from '../contract/messages/index.ts';
/** The message of a command. A short reply is only for callers without the codec. */
export type CommandInput<Name extends CommandName> = Omit<MessageInput<Name>, 'reply'>;

/** How a command is sent. */
export interface CommandOptions {
  /**
   * Commands with the same ID are carried out once and have the same result. A new ID by default.
   */
  readonly updateId?: string;
}

/**
 * Sends a fact and returns the status that follows. @throws DossierError `invalid-input`,
 * `not-found`, `closed`, `no-worker`
 */
export async function sendFact<Name extends FactName>(
  client: Client,
  requestId: string,
  name: Name,
  message: MessageInput<Name>,
): Promise<RequestStatus> {
  const checked = checkMessage(name, message);
  await sent(client, requestId, () =>
    client.workflow.getHandle(workflowIdOf(requestId)).signal(name, checked),
  );
  return readStatus(client, requestId);
}

/**
 * Sends a command and returns the status that follows.
 *
 * @throws DossierError `invalid-input`, `not-allowed` with what is allowed, `not-found`, `closed`,
 *   `no-worker`, `timeout`
 */
export async function sendCommand<Name extends CommandName>(
  client: Client,
  requestId: string,
  name: Name,
  message: CommandInput<Name>,
  options: CommandOptions = {},
): Promise<RequestStatus> {
  // Whatever the caller asked for, this function promises the whole status.
  const checked = {
    ...checkMessage(name, message),
    reply: undefined,
  };
  await refusePaused(client, requestId);
  const handle = client.workflow.getHandle(workflowIdOf(requestId));
  const update = {
    args: [checked] as [unknown],
    updateId: options.updateId ?? randomUUID(),
    waitForStage: 'ACCEPTED' as const,
  };
  return sent(client, requestId, async () => {
    const order = await answered(
      client,
      requestId,
      () => handle.startUpdate<RequestStatus, [unknown]>(name, update),
      `The order ${name}`,
    );
    const status = await carriedOut(client, requestId, name, () => order.result());
    const unreadable = unreadableBy(status, requestId, `${name} was carried out. `);
    if (unreadable !== undefined) throw unreadable;
    return status;
  });
}

/**
 * Some commands take longer than their acceptance: a withdrawal deletes files and tells vendors.
 */
const CARRIED_OUT_WITHIN = 120_000;

async function carriedOut<Result>(
  client: Client,
  requestId: string,
  name: CommandName,
  result: () => Promise<Result>,
): Promise<Result> {
  try {
    return await client.withDeadline(Date.now() + CARRIED_OUT_WITHIN, result);
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    throw new DossierError(
      {
        code: 'timeout',
        message: `${name} was accepted and is still being carried out after ${CARRIED_OUT_WITHIN / 1000} s.`,
        where: requestId,
        actions: [`See how far it is: dossier request show ${requestId}`],
      },
      error,
    );
  }
}

async function sent<Result>(
  client: Client,
  requestId: string,
  send: () => Promise<Result>,
): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    if (!isMissing(error)) throw asDossierError(error, requestId);
    // Temporal says "not found" in both cases; this call detects an unknown request.
    await describeRequest(client, requestId);
    throw new DossierError(
      {
        code: 'closed',
        message: `Request ${requestId} has ended and takes no more messages; this one was not recorded.`,
        where: requestId,
        actions: [
          `See how it ended: dossier request show ${requestId}`,
          'If something is still owed, start a request with a new ID and name this one in "continues".',
        ],
      },
      error,
    );
  }
}
