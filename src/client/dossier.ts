import type { Duration } from '@temporalio/common/lib/time.js';
import type { Client } from '@temporalio/client';
import type { MessageInput } from '../contract/messages/index.ts';
import type { RequestInput } from '../contract/request.ts';
import type { RequestStatus } from '../contract/status.ts';
import type { ConnectOptions } from './connect.ts';
import { DossierError } from './dossier-error.ts';
import type { ListedRequest, ListFilter } from './list-requests.ts';
import type { FactName, CommandInput, CommandName, CommandOptions } from './send-message.ts';
import type { WatchOptions } from './watch-request.ts';

/** The stages at which the law or the configuration may still refuse the input. */
const UNPLANNED = ['received', 'planning'];

/**
 * The requests of one Temporal namespace, for programs in TypeScript. Every failure is a
 * `DossierError`.
 *
 * Facts and commands are checked before they are sent, and return the status that follows. What a
 * call needs is loaded with the first call, so that importing this class costs almost nothing.
 *
 * @example
 * const dossier = await Dossier.connect({ config: 'dossier.yaml' });
 * const { stage } = await dossier.status('R-1042');
 * await dossier.close();
 */
export class Dossier {
  readonly #client: Client;
  readonly #where: string;
  /** The `dossier.yaml` whose rules apply to requests that are started here. */
  readonly #config: string | undefined;

  private constructor(client: Client, where: string, config?: string) {
    this.#client = client;
    this.#where = where;
    this.#config = config;
  }

  /**
   * Connects to Temporal. Close it with `close()`. @throws DossierError `no-server`, `denied`,
   * `not-set-up`, `invalid-config`
   *
   * @example
   * const dossier = await Dossier.connect({ config: 'dossier.yaml' });
   */
  static async connect(options: ConnectOptions = {}): Promise<Dossier> {
    const { connectTo } = await import('./connect.ts');
    const { client, address } = await connectTo(options);
    return new Dossier(client, address, options.config);
  }

  /**
   * The same with a client that the caller has opened, with our data converter. `close()` closes
   * its connection.
   *
   * @example
   * const dossier = Dossier.over(new Client({ connection }));
   */
  static over(client: Client, address = 'the Temporal server'): Dossier {
    return new Dossier(client, address);
  }

  /**
   * The Temporal client underneath, for what Dossier does not offer.
   *
   * @example
   * await dossier.temporal.workflow.getHandle('dsar-R-1042').describe();
   */
  get temporal(): Client {
    return this.#client;
  }

  /**
   * Starts a request, or joins the one that runs with the same ID and input. Returns its status
   * once it is planned, or its present status after 10 seconds.
   *
   * @throws DossierError `invalid-request` (nothing is started), `not-allowed`, `no-worker` (the
   *   request is started nevertheless; busy workers are no failure)
   *
   * @example
   * await dossier.start({
   *   requestId: 'R-1042',
   *   type: 'access',
   *   subject: { emails: ['ana@example.com'] },
   *   receivedAt: '2026-11-23',
   * });
   */
  async start(input: RequestInput): Promise<RequestStatus> {
    return this.#told(async () => {
      const [{ startRequest }, { BUSY, PATIENCE, statusOrBusy }, { watchRequest }] =
        await Promise.all([
          import('./start-request.ts'),
          import('./read-status.ts'),
          import('./watch-request.ts'),
        ]);
      const rules =
        this.#config === undefined ? {} : (await import('./connect.ts')).rulesOf(this.#config);
      const requestId = await startRequest(this.#client, input, rules);
      let status = await statusOrBusy(this.#client, requestId);
      if (!UNPLANNED.includes(status.stage)) return status;
      if (status.waitingOn.includes(BUSY)) return status;
      for await (const next of watchRequest(this.#client, requestId, {
        every: 100,
        signal: AbortSignal.timeout(PATIENCE),
      })) {
        status = next;
        if (!UNPLANNED.includes(next.stage)) break;
      }
      return status;
    });
  }

  /**
   * The status of a request, or its result if it has ended. @throws DossierError `not-found`,
   * `no-worker`, `failed`
   *
   * @example
   * const { stage, gaps } = await dossier.status('R-1042');
   */
  async status(requestId: string): Promise<RequestStatus> {
    return this.#told(async () =>
      (await import('./read-status.ts')).readStatus(this.#client, requestId),
    );
  }

  /**
   * The known requests, the earliest answer date first. It needs no worker.
   *
   * @example
   * const late = await dossier.list({ overdue: true });
   */
  async list(filter: ListFilter = {}): Promise<ListedRequest[]> {
    return this.#told(async () =>
      (await import('./list-requests.ts')).listRequests(this.#client, filter),
    );
  }

  /**
   * The present status, and then every new one, until the package is delivered or there will be
   * none.
   *
   * @example
   * for await (const { stage } of dossier.watch('R-1042')) console.log(stage);
   */
  async *watch(requestId: string, options: WatchOptions = {}): AsyncGenerator<RequestStatus> {
    const { watchRequest } = await import('./watch-request.ts');
    try {
      yield* watchRequest(this.#client, requestId, options);
    } catch (error) {
      throw (await import('./temporal-failures.ts')).asDossierError(error, this.#where);
    }
  }

  /**
   * Waits for the delivery. `timeout` is in milliseconds or a text such as `'10 minutes'`. @throws
   * DossierError `timeout`, `closed`
   *
   * @example
   * const { package: archive } = await dossier.waitForDelivery('R-1042', { timeout: '30 days' });
   */
  async waitForDelivery(
    requestId: string,
    { timeout }: { readonly timeout?: Duration } = {},
  ): Promise<RequestStatus> {
    return this.#told(async () => {
      const [{ waitForDelivery }, { msToNumber }] = await Promise.all([
        import('./watch-request.ts'),
        import('@temporalio/common/lib/time.js'),
      ]);
      return waitForDelivery(
        this.#client,
        requestId,
        timeout === undefined ? undefined : msToNumber(timeout),
      );
    });
  }

  /**
   * Fact: the subject has proved who they are, for the named identifiers, or for the only one that
   * there is. `identityRejected` undoes it.
   *
   * @example
   * await dossier.identityConfirmed('R-1042', {
   *   identifiers: ['emails[0]'],
   *   method: 'code by e-mail',
   *   by: 'web-form',
   * });
   */
  identityConfirmed(
    requestId: string,
    message: MessageInput<'identityConfirmed'>,
  ): Promise<RequestStatus> {
    return this.#fact(requestId, 'identityConfirmed', message);
  }
  /**
   * Fact: the subject could not prove who they are. The request ends as refused, which cannot be
   * undone.
   *
   * @example
   * await dossier.identityRejected('R-1042', {
   *   reason: 'the code was not entered',
   *   by: 'web-form',
   * });
   */
  identityRejected(
    requestId: string,
    message: MessageInput<'identityRejected'>,
  ): Promise<RequestStatus> {
    return this.#fact(requestId, 'identityRejected', message);
  }
  /**
   * Fact: a vendor's reply, as a machine reports it. `retractAnswer` undoes it.
   *
   * @example
   * await dossier.vendorResponded('R-1042', {
   *   system: 'acme-mail',
   *   outcome: 'nothing-held',
   *   by: 'privacy@acme.example',
   * });
   */
  vendorResponded(
    requestId: string,
    message: MessageInput<'vendorResponded'>,
  ): Promise<RequestStatus> {
    return this.#fact(requestId, 'vendorResponded', message);
  }
  /**
   * Fact: the subject was asked what is meant. If the law allows it, the clock stops.
   *
   * @example
   * await dossier.clarificationRequested('R-1042', {
   *   note: 'which account is meant?',
   *   by: 'privacy team',
   * });
   */
  clarificationRequested(
    requestId: string,
    message: MessageInput<'clarificationRequested'>,
  ): Promise<RequestStatus> {
    return this.#fact(requestId, 'clarificationRequested', message);
  }
  /**
   * Fact: the subject said what is meant. The clock runs again.
   *
   * @example
   * await dossier.clarificationReceived('R-1042', {
   *   note: 'the account of 2024',
   *   by: 'privacy team',
   * });
   */
  clarificationReceived(
    requestId: string,
    message: MessageInput<'clarificationReceived'>,
  ): Promise<RequestStatus> {
    return this.#fact(requestId, 'clarificationReceived', message);
  }
  /**
   * Fact: the subject was told about a fee. If the law says so, the clock moves.
   *
   * @example
   * await dossier.feeRequested('R-1042', {
   *   note: 'CHF 200, for an archive search',
   *   by: 'privacy team',
   * });
   */
  feeRequested(requestId: string, message: MessageInput<'feeRequested'>): Promise<RequestStatus> {
    return this.#fact(requestId, 'feeRequested', message);
  }
  /**
   * Fact: the subject has agreed to the fee or paid it.
   *
   * @example
   * await dossier.feePaid('R-1042', { by: 'privacy team' });
   */
  feePaid(requestId: string, message: MessageInput<'feePaid'>): Promise<RequestStatus> {
    return this.#fact(requestId, 'feePaid', message);
  }

  /**
   * Command: a vendor's reply, checked against the request's systems. `retractAnswer` undoes it.
   *
   * @example
   * await dossier.respondForVendor('R-1042', {
   *   system: 'acme-mail',
   *   outcome: 'nothing-held',
   *   by: 'privacy@acme.example',
   * });
   */
  respondForVendor(
    requestId: string,
    message: CommandInput<'respondForVendor'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'respondForVendor', message, options);
  }
  /**
   * Command: a reply was wrong. Its system waits again, and its files leave the package.
   *
   * @example
   * await dossier.retractAnswer('R-1042', {
   *   system: 'acme-mail',
   *   answerId: 'acme-mail-1',
   *   reason: 'the export was of another person',
   *   by: 'privacy team',
   * });
   */
  retractAnswer(
    requestId: string,
    message: CommandInput<'retractAnswer'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'retractAnswer', message, options);
  }
  /**
   * Command: which of the found profiles are the subject's. A later decision on a profile replaces
   * an earlier one.
   *
   * @example
   * await dossier.decideMatch('R-1042', {
   *   decisions: [
   *     {
   *       partyId: 'P-1',
   *       dataSpace: 'default',
   *       include: true,
   *       reason: 'the customer number was checked',
   *     },
   *   ],
   *   by: 'privacy team',
   * });
   */
  decideMatch(
    requestId: string,
    message: CommandInput<'decideMatch'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'decideMatch', message, options);
  }
  /**
   * Command: use the longer date, if the law allows one. It counts once the notice is recorded as
   * sent.
   *
   * @example
   * await dossier.extendDeadline('R-1042', {
   *   reason: 'complex',
   *   noticeSentAt: '2026-12-01',
   *   by: 'privacy team',
   * });
   */
  extendDeadline(
    requestId: string,
    message: CommandInput<'extendDeadline'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'extendDeadline', message, options);
  }
  /**
   * Command: continue a request that was cancelled in Temporal, or answer once more one that was
   * reset there.
   *
   * @example
   * await dossier.continueRequest('R-1042', {
   *   reason: 'the button was pressed by mistake',
   *   by: 'privacy team',
   * });
   */
  continueRequest(
    requestId: string,
    message: CommandInput<'continueRequest'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'continueRequest', message, options);
  }
  /**
   * Command: law, residence or day of receipt were wrong. Every date is planned anew. Only before
   * delivery.
   *
   * @example
   * await dossier.correctRequest('R-1042', {
   *   residence: { country: 'AT' },
   *   reason: 'the address was read wrongly',
   *   by: 'privacy team',
   * });
   */
  correctRequest(
    requestId: string,
    message: CommandInput<'correctRequest'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'correctRequest', message, options);
  }
  /**
   * Command: show in `status.replan` how the dates would change under the present laws and
   * holidays. With `accept`, use the new dates.
   *
   * @example
   * await dossier.replan('R-1042', { by: 'privacy team' });
   */
  replan(
    requestId: string,
    message: CommandInput<'replan'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'replan', message, options);
  }
  /**
   * Command: ask or export a system again.
   *
   * @example
   * await dossier.retrySystem('R-1042', { system: 'crm', by: 'privacy team' });
   */
  retrySystem(
    requestId: string,
    message: CommandInput<'retrySystem'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'retrySystem', message, options);
  }
  /**
   * Command: continue without a system, which becomes a gap. `retrySystem` undoes it.
   *
   * @example
   * await dossier.skipSystem('R-1042', {
   *   system: 'acme-mail',
   *   reason: 'the contract ended in 2024',
   *   by: 'privacy team',
   * });
   */
  skipSystem(
    requestId: string,
    message: CommandInput<'skipSystem'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'skipSystem', message, options);
  }
  /**
   * Command: send the package as it is at this revision.
   *
   * @example
   * await dossier.approvePackage('R-1042', { revision: 3, by: 'privacy team' });
   */
  approvePackage(
    requestId: string,
    message: CommandInput<'approvePackage'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'approvePackage', message, options);
  }
  /**
   * Command: leave files out of the package, with a reason that the package names.
   *
   * @example
   * await dossier.withholdFiles('R-1042', {
   *   files: ['systems/acme-mail/1/notes.txt'],
   *   reason: 'names a third person',
   *   cite: 'GDPR Art. 15(4)',
   *   by: 'privacy team',
   * });
   */
  withholdFiles(
    requestId: string,
    message: CommandInput<'withholdFiles'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'withholdFiles', message, options);
  }
  /**
   * Command: end the request. Links are revoked and files deleted. It cannot be undone.
   *
   * @example
   * await dossier.withdraw('R-1042', {
   *   reason: 'the subject no longer wants the copy',
   *   by: 'privacy team',
   * });
   */
  withdraw(
    requestId: string,
    message: CommandInput<'withdraw'>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#order(requestId, 'withdraw', message, options);
  }

  /**
   * Closes the connection.
   *
   * @example
   * await dossier.close();
   */
  async close(): Promise<void> {
    await this.#client.connection.close();
  }

  #fact<Name extends FactName>(
    requestId: string,
    name: Name,
    message: MessageInput<Name>,
  ): Promise<RequestStatus> {
    return this.#told(async () =>
      (await import('./send-message.ts')).sendFact(this.#client, requestId, name, message),
    );
  }

  #order<Name extends CommandName>(
    requestId: string,
    name: Name,
    message: CommandInput<Name>,
    options?: CommandOptions,
  ): Promise<RequestStatus> {
    return this.#told(async () =>
      (await import('./send-message.ts')).sendCommand(
        this.#client,
        requestId,
        name,
        message,
        options,
      ),
    );
  }

  async #told<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      return await call();
    } catch (error) {
      throw error instanceof DossierError
        ? error
        : (await import('./temporal-failures.ts')).asDossierError(error, this.#where);
    }
  }
}
