import { cancellationSignal } from '@temporalio/activity';
import { mapObjects } from '../connectors/data-cloud/discover.ts';
import { locate } from '../connectors/data-cloud/locate.ts';
import { identifiersOf } from '../domain/request.ts';
import { alive } from './alive.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import { modelOf } from './model-of.ts';
import type { Activities } from './orders.ts';

/** Finds every profile of the person in every data space and ruleset. */
export const locateProfiles = ({ config, salesforce, store }: Dependencies): Activities['locateProfiles'] => ({ request, confirmed, dataSpaces, maxProfiles, at }) =>
  translated(() => alive(async (_tell, spent) => {
    if (salesforce === null) throw new Error('The request was planned with Data Cloud, and dossier.yaml has no salesforce section any more.');
    const identifiers = identifiersOf(request.subject).map((identifier) => ({ ...identifier, confirmed: confirmed.includes(identifier.name) }));
    const rulesets = config.salesforce?.rulesets ?? 'auto';
    const signal = cancellationSignal();
    const mapOf = async (dataSpace: string) => mapObjects(await modelOf({ config, salesforce, store }, dataSpace, { signal }), { exclude: [], rulesets });
    const located = await locate(salesforce, { identifiers, dataSpaces, rulesets, maxProfiles, at, signal, mapOf, inCrm: config.systems.some(({ connector }) => connector === 'core-crm') });
    return { ...located, cost: spent() };
  }));
