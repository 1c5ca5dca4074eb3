import { cancellationSignal } from '@temporalio/activity';
import { locate } from '../connectors/data-cloud/locate/locate.ts';
import { SystemFailure } from '../http/failure.ts';
import { identifiersOf } from '../contract/request.ts';
import { alive } from './alive.ts';
import { refuseTwice } from './answered-before.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import { lookUpMap } from './model-of.ts';
import type { Activities } from './inputs.ts';

/** Codes of a missing object, field or ruleset. */
const GONE = new Set(['42P01', '42703', 'NO_RULESET', 'NO_INDIVIDUAL', 'NOT_FOUND']);

/** Finds every profile of the person in every data space and ruleset. */
export const locateProfiles =
  ({ config, salesforce, store }: Dependencies): Activities['locateProfiles'] =>
  ({ request, confirmed, dataSpaces, maxProfiles, reviewIdOnly = false, at, again }) =>
    translated(() =>
      alive(async (_tell, spent) => {
        await refuseTwice(store, request.requestId, again);
        if (salesforce === null) {
          throw new Error(
            'The request was planned with Data Cloud, and dossier.yaml has no salesforce section any more.',
          );
        }
        const identifiers = identifiersOf(request.subject).map((identifier) => ({
          ...identifier,
          confirmed: confirmed.includes(identifier.name),
        }));
        const rulesets = config.salesforce?.rulesets ?? 'auto';
        const signal = cancellationSignal();
        const look = (fresh: boolean) =>
          locate(salesforce, {
            identifiers,
            dataSpaces,
            rulesets,
            maxProfiles,
            reviewIdOnly,
            at,
            signal,
            inCrm: config.systems.some(({ connector }) => connector === 'core-crm'),
            mapOf: (dataSpace) =>
              lookUpMap({ config, salesforce, store }, dataSpace, { fresh, signal }),
          });
        // The data model that was read may be a day old, and rulesets come and go with their
        // objects.
        const located = await look(false).catch((error: unknown) => {
          if (error instanceof SystemFailure && GONE.has(error.facts.code ?? '')) return look(true);
          throw error;
        });
        return { ...located, cost: spent() };
      }),
    );
