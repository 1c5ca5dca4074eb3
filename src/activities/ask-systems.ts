import { knownNames } from '../connectors/data-cloud/locate/known-names.ts';
import { sharedPartyIds } from '../connectors/data-cloud/locate/shared-party-ids.ts';
import type { Question } from '../connectors/spi.ts';
import type { Named } from '../contract/profile.ts';
import { identifiersOf } from '../contract/request.ts';
import { withContext } from './alive.ts';
import { refuseTwice } from './answered-before.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import { lookUpMap } from './model-of.ts';
import { putCosted } from './put-costed.ts';
import type { Receipt } from '../contract/receipt.ts';
import type { Activities, AskInput } from './inputs.ts';

/** Reads a system that Dossier can read by itself. */
export const exportCloud =
  (parts: Dependencies): Activities['exportCloud'] =>
  (input) =>
    translated(() =>
      withContext(parts.store, input, async (context, spent) => {
        await refuseTwice(parts.store, input.requestId, input.again);
        const system = systemOf(parts, input.system);
        if (system.kind !== 'cloud') {
          throw new Error(`${input.system} is not read by Dossier, but asked.`);
        }
        const known = await knownOf(parts, input, context.signal);
        const { gaps, ...exported } = await system.connector.export(context, {
          ...questionOf(input),
          known,
        });
        const receipt = { ...exported, outcome: outcomeOf(exported, gaps.length) };
        return {
          receipt: await putCosted(parts.store, input.requestId, receipt, spent()),
          nothingHeld: receipt.outcome === 'nothing-held',
          gaps,
        };
      }),
    );

/**
 * A system that withheld or left out something has not said that it holds nothing about the person.
 */
const outcomeOf = (
  { outcome, withheldRows, remarks = [] }: Pick<Receipt, 'outcome' | 'withheldRows' | 'remarks'>,
  gaps: number,
): Receipt['outcome'] =>
  outcome === 'nothing-held' && (withheldRows > 0 || gaps > 0 || remarks.length > 0)
    ? 'exported'
    : outcome;

/** What Data Cloud calls the included profiles, if it was asked about them. */
async function knownOf(
  { config, salesforce, store }: Dependencies,
  { profiles }: AskInput,
  signal: AbortSignal,
): Promise<readonly Named[]> {
  if (salesforce === null || profiles.length === 0) return [];
  return knownNames(
    salesforce,
    (dataSpace) => lookUpMap({ config, salesforce, store }, dataSpace, { signal }),
    profiles,
    signal,
  );
}

/** Asks a vendor. If the activity is repeated, the vendor still sees one request. */
export const askVendor =
  (parts: Dependencies): Activities['askVendor'] =>
  (input) =>
    translated(() =>
      withContext(parts.store, input, async (context, spent) => {
        await refuseTwice(parts.store, input.requestId, input.again);
        const vendor = vendorOf(parts, input.system);
        const question =
          vendor.asksByPartyId === true
            ? { ...questionOf(input), sharedPartyIds: await sharedOf(parts, input, context.signal) }
            : questionOf(input);
        return { ...(await vendor.ask(context, question, input.generation)), cost: spent() };
      }),
    );

/**
 * Party IDs that other people have too. The data spaces of the configuration are searched besides
 * those of the profiles, because an API that asks by ID alone knows no data space.
 */
async function sharedOf(
  { config, salesforce, store }: Dependencies,
  { profiles }: AskInput,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (salesforce === null || profiles.length === 0) return [];
  const { dataSpaces = [] } = config.salesforce ?? {};
  const maps = [];
  for (const dataSpace of new Set([
    ...profiles.map((profile) => profile.dataSpace),
    ...dataSpaces,
  ])) {
    maps.push(await lookUpMap({ config, salesforce, store }, dataSpace, { signal }));
  }
  return sharedPartyIds(salesforce, maps, profiles, signal);
}

/** Asks a vendor whether it is ready, and takes its results in at once, because they expire. */
export const pollVendor =
  (parts: Dependencies): Activities['pollVendor'] =>
  (input) =>
    translated(() =>
      withContext(parts.store, input, async (context, spent) => {
        const vendor = vendorOf(parts, input.system);
        if (vendor.poll === undefined) throw new Error(`${input.system} cannot be polled.`);
        const answer = await vendor.poll(context, input.reference);
        if (answer.state === 'waiting') return { ...answer, cost: spent() };
        const receipt =
          answer.receipt === undefined
            ? null
            : await putCosted(parts.store, input.requestId, answer.receipt, spent());
        return {
          state: 'answered',
          outcome: answer.outcome,
          receipt,
          note: answer.note ?? '',
          ...(answer.gaps !== undefined && { gaps: answer.gaps }),
          cost: spent(),
        };
      }),
    );

/** Tells a vendor that its reply is no longer needed, if the vendor has a way to be told. */
export const withdrawFromVendor =
  (parts: Dependencies): Activities['withdrawFromVendor'] =>
  (input) =>
    translated(() =>
      withContext(parts.store, input, async (context) =>
        vendorOf(parts, input.system).withdraw?.(context, input.reference),
      ),
    );

/** Whom a system is asked about: confirmed identifiers and included profiles only. */
function questionOf({
  request,
  law,
  receivedOn,
  answerBy,
  confirmed,
  profiles,
}: AskInput): Question {
  return {
    requestType: request.type,
    law,
    submittedAt: request.receivedAt,
    ...(receivedOn !== undefined && { receivedOn }),
    answerBy,
    identifiers: identifiersOf(request.subject).filter(({ name }) => confirmed.includes(name)),
    ...(request.subject.name !== undefined && { subjectName: request.subject.name }),
    profiles,
  };
}

function systemOf({ systems }: Dependencies, id: string) {
  const system = systems.get(id);
  if (system === undefined) {
    throw new Error(
      `The request was planned with the system ${id}, and dossier.yaml does not hold it any ` +
        'more. Put it back, or skip it (skipSystem).',
    );
  }
  return system;
}

function vendorOf(parts: Dependencies, id: string) {
  const system = systemOf(parts, id);
  if (system.kind !== 'vendor') throw new Error(`${id} is read by Dossier, not asked.`);
  return system.connector;
}
