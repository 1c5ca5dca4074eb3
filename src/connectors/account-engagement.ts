import * as z from 'zod';
import type { CloudConnector, ConnectorModule, ConnectorParts } from '../domain/connector.ts';
import type { Salesforce } from '../salesforce/create-salesforce.ts';
import { BELONGINGS, PROSPECT, type Belonging, type EngagementKind } from './account-engagement/kinds.ts';
import { queryObjects, type EngagementScope } from './account-engagement/query-objects.ts';
import { cell } from './shared/cell.ts';
import { writingFiles, type CloudFiles } from './shared/cloud-files.ts';
import { emailsOf, plainEmail, tellApart, tyingIds, type Candidate } from './shared/tell-apart.ts';

const belongings = Object.keys(BELONGINGS) as [Belonging, ...Belonging[]];

const options = z.strictObject({
  /** `https://pi.demo.pardot.com` for sandboxes and demo accounts. */
  baseUrl: z.url().default('https://pi.pardot.com'),
  /** Every business unit, by its ID of 18 characters that begins with `0Uv`. */
  businessUnits: z.array(z.string().regex(/^0Uv[A-Za-z0-9]{15}$/, 'must be the ID of a business unit: 18 characters that begin with 0Uv')).min(1),
  /** More fields by object, such as `{ prospects: [Loyalty__c, campaign.name] }`: the API gives only those that are asked for. */
  fields: z.partialRecord(z.enum(['prospects', ...belongings]), z.array(z.string().regex(/^[A-Za-z][\w.]*$/, 'must be a field such as "Loyalty__c" or "campaign.name"'))).default({}),
  /** What is exported beside prospects. Page views come with visits. */
  objects: z.array(z.enum(belongings)).default(belongings),
});
type Options = z.infer<typeof options>;

interface Prospect extends Candidate { readonly id: string; readonly email: string; readonly row: readonly unknown[] }

/**
 * Account Engagement (Pardot), API version 5: the subject's prospects by e-mail address, those in the recycle bin among them, with
 * their activities, visits, page views and list memberships. A repeated export starts anew: one person's records are few.
 *
 * @see Account Engagement API, "Version 5 Overview"; read 2026-11
 */
export default {
  kind: 'cloud',
  options,
  create: (given, parts) => accountEngagement(given, parts),
} satisfies ConnectorModule<Options>;

function accountEngagement({ baseUrl, businessUnits, fields, objects }: Options, { id, dataSources, salesforce: handed }: ConnectorParts): CloudConnector {
  const salesforce = handed as Salesforce;
  const withMore = (kind: EngagementKind): EngagementKind => ({ ...kind, fields: [...new Set([...kind.fields, ...(fields[kind.path as keyof typeof fields] ?? [])])] });
  const kind = withMore(PROSPECT);
  // Page views are found by visits, so visits are read for them too.
  const kinds = belongings.filter((object) => objects.includes(object) || (object === 'visits' && objects.includes('visitor-page-views')))
    .map((object) => ({ kind: withMore(BELONGINGS[object]), isWanted: objects.includes(object) }));
  return {
    async export(context, question) {
      const { signal } = context;
      const { known = [] } = question;
      const tied = tyingIds(question, dataSources);
      const unknown = new Set<string>();
      const gaps: Awaited<ReturnType<CloudConnector['export']>>['gaps'][number][] = [];
      let withheldRows = 0;
      const { files, tables } = await writingFiles(context, async (out) => {
        for (const businessUnit of businessUnits) {
          const scope: EngagementScope = { salesforce, system: id, baseUrl, businessUnit, signal, unknown, onPage: () => context.heartbeat({ businessUnit }) };
          const found = new Map<string, Prospect[]>();
          for (const { name, value } of emailsOf(question)) found.set(name, await prospectsOf(scope, kind, value));
          const { own, withheld } = tellApart(found, { isTied: ({ id: prospect, row }) => [prospect, cell(row[kind.fields.indexOf('salesforceId')])].some((it) => it !== '' && tied.has(it)), known });
          withheldRows += withheld.length;
          for (const by of new Set(withheld.map((it) => it.by))) gaps.push({ because: 'ambiguous-rows', note: `A prospect in business unit ${businessUnit} may be somebody else's, for names at the address differ: found by ${by}. It and all that belongs to it is left out.` });
          await out.rows(flat(kind, businessUnit), own.map(({ row }) => row));
          for (const cut of await exportBelongings(scope, out, kinds, own.map((prospect) => prospect.id))) {
            gaps.push({ because: 'restricted', note: `Account Engagement gives 100,000 records in one sequence, and there are more ${cut} in business unit ${businessUnit}. The rest is left out; export it there by hand.` });
          }
        }
      });
      return {
        system: id, connector: 'account-engagement', name: id, at: context.at,
        outcome: files.length > 0 ? 'exported' : 'nothing-held',
        files, tables,
        provenance: { host: new URL(baseUrl).host, api: '/api/v5/objects', businessUnits: businessUnits.length },
        withheldRows, notes: unknown.size === 0 ? [] : [`The account does not know these fields, which stay empty: ${[...unknown].join(', ')}.`], gaps,
      };
    },
    async check(signal) {
      for (const businessUnit of businessUnits) {
        const pages = queryObjects({ salesforce, system: id, baseUrl, businessUnit, signal, unknown: new Set(), onPage: () => undefined }, { ...PROSPECT, fields: ['id'] }, { limit: '1' });
        await pages.next();
      }
      return `${new URL(baseUrl).host} lets us read prospects in ${businessUnits.length} business unit(s)`;
    },
  };
}

const flat = ({ path, name, label, fields }: EngagementKind, businessUnit: string) =>
  ({ path: `${businessUnit}/${path}`, name, label, fields: fields.map((field) => ({ name: field, label: field, type: '' })) });

/** Prospects with exactly this address: several may share it, and the server may compare more loosely than we do. */
async function prospectsOf(scope: EngagementScope, kind: EngagementKind, email: string): Promise<Prospect[]> {
  const prospects: Prospect[] = [];
  const at = (name: string) => kind.fields.indexOf(name);
  for await (const { rows } of queryObjects(scope, kind, { email: email.trim(), deleted: 'all', limit: '1000' })) {
    for (const row of rows) {
      if (plainEmail(cell(row[at('email')])) !== plainEmail(email)) continue;
      const id = cell(row[at('id')]);
      prospects.push({ key: id, id, email, row, givenName: cell(row[at('firstName')]), familyName: cell(row[at('lastName')]), birthDate: '' });
    }
  }
  return prospects;
}

/** Exports what belongs to prospects; page views are those of their visits. Gives the kinds that the API cut off. */
async function exportBelongings(scope: EngagementScope, out: CloudFiles, kinds: readonly { readonly kind: EngagementKind; readonly isWanted: boolean }[], prospects: readonly string[]): Promise<string[]> {
  const cut = new Set<string>();
  const visits: string[] = [];
  for (const { kind, isWanted } of kinds) {
    for (const owner of kind.owner === 'visitId' ? visits : prospects) {
      for await (const { rows, isCut } of queryObjects(scope, kind, { [kind.owner]: owner, limit: '1000', ...(kind.hasDeleted && { deleted: 'all' }) })) {
        const own = rows.filter((row) => cell(row[kind.fields.indexOf(kind.owner)]) === owner);
        if (isWanted) await out.rows(flat(kind, scope.businessUnit), own);
        if (kind.path === 'visits') visits.push(...own.map((row) => cell(row[kind.fields.indexOf('id')])));
        if (isCut) cut.add(kind.label.toLowerCase());
      }
    }
  }
  return [...cut];
}
