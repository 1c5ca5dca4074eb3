import * as z from 'zod';
import type { CloudConnector, ConnectorModule, ConnectorParts } from '../domain/connector.ts';
import type { FileReceipt, TableDescription } from '../domain/receipt.ts';
import type { Salesforce } from '../salesforce/create-salesforce.ts';
import { exportRecords } from './core-crm/export-records.ts';
import { findPeople, type CrmScope, type FoundPeople } from './core-crm/find-people.ts';
import { gatherRecords, type Gathered } from './core-crm/gather-records.ts';
import { knownNames } from './shared/known-names.ts';

const options = z.strictObject({});

/**
 * The company's own org: Sales and Service Cloud, Experience Cloud users, loyalty members. It reads by SOQL the subject's contacts,
 * leads, person accounts and users, and the records that belong to them. A repeated export starts anew: one person's records are few.
 *
 * @see REST API Developer Guide, "Query" and "sObject Describe"; read 2026-11
 */
export default {
  kind: 'cloud',
  options,
  create: (_options, parts) => coreCrm(parts),
} satisfies ConnectorModule<z.infer<typeof options>>;

function coreCrm({ id, salesforce: handed }: ConnectorParts): CloudConnector {
  const salesforce = handed as Salesforce;
  return {
    async export(context, question) {
      const scope: CrmScope = { salesforce, system: id, signal: context.signal, onPage: () => context.heartbeat({ looking: true }) };
      const found = await findPeople(scope, question, await knownNames(salesforce, question, context.signal));
      const gathered = await gatherRecords(scope, found.people);
      const files: FileReceipt[] = [];
      const tables: TableDescription[] = [];
      for (const { description, ids } of gathered.records.values()) {
        const written = await exportRecords(scope, context, description, ids);
        files.push(...written);
        if (written.length > 0) tables.push({ name: description.name, label: description.label, fields: description.fields.map(({ name, label, type }) => ({ name, label, type })) });
      }
      return {
        system: id, connector: 'core-crm', name: id, at: context.at,
        outcome: files.length > 0 ? 'exported' : 'nothing-held',
        files, tables,
        provenance: { host: salesforce.host, api: `/services/data/v${salesforce.apiVersion}/query`, people: found.people.length },
        withheldRows: found.withheld.length,
        notes: found.people.some(({ object }) => object === 'User') ? ['Records that a user owns or changed in the course of work are not exported.'] : [],
        gaps: gapsOf(found, gathered),
      };
    },
    async check(signal) {
      const { label, fields } = await salesforce.describe('Contact', { system: id, signal });
      return `${salesforce.host} lets us read ${label} with ${fields.length} fields`;
    },
  };
}

function gapsOf({ withheld, hidden }: FoundPeople, { closed }: Gathered): Awaited<ReturnType<CloudConnector['export']>>['gaps'] {
  const doubtful = [...new Set(withheld.map(({ person, by }) => `${person.object} by ${by}`))];
  return [
    ...doubtful.map((note) => ({ because: 'ambiguous-rows' as const, note: `A record may be somebody else's, for name or birth date differ: ${note}. It and all that belongs to it is left out.` })),
    ...[...hidden.map((object) => [object, 'not visible'] as const), ...closed].map(([object, why]) => ({ because: 'restricted' as const, note: `${object} cannot be queried (${why}), so records there are left out. Give the user that the app runs as access to it.` })),
  ];
}
