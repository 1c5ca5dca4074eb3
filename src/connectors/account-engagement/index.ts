import * as z from 'zod';
import type { CloudConnector, ConnectorModule, ConnectorParts, MissingPart } from '../spi.ts';
import { BELONGINGS, PROSPECT, type Belonging, type EngagementKind } from './kinds.ts';
import { queryObjects, readFields, valueAt, type EngagementScope } from './query-objects.ts';
import { cell } from '../shared/cell.ts';
import { exportOf, writingFiles, type CloudFiles } from '../shared/cloud-files.ts';
import { piecemeal, type Piecemeal } from '../shared/piecemeal.ts';
import { emailsOf, plainEmail, tellApart, tyingIds, type Candidate } from '../shared/tell-apart.ts';
import { salesforceOf } from '../shared/salesforce-of.ts';

const belongings = Object.keys(BELONGINGS) as [Belonging, ...Belonging[]];

const options = z.strictObject({
  baseUrl: z
    .url()
    .default('https://pi.pardot.com')
    .describe('`https://pi.demo.pardot.com` for sandboxes and demo accounts.'),
  businessUnits: z
    .array(
      z
        .string()
        .regex(
          /^0Uv[A-Za-z0-9]{15}$/,
          'must be the ID of a business unit: 18 characters that begin with 0Uv',
        ),
    )
    .min(1)
    .describe('IDs of 18 characters that begin with `0Uv`.'),
  fields: z
    .partialRecord(
      z.enum(['prospects', ...belongings]),
      z.array(
        z
          .string()
          .regex(/^[A-Za-z][\w.]*$/, 'must be a field such as "Loyalty__c" or "campaign.name"'),
      ),
    )
    .default({})
    .describe(
      'More fields by object, custom ones or those of related objects: `{ prospects: ' +
        '[Loyalty__c, campaign.name] }`. The API gives only what is asked for; a field that ' +
        'it does not know stays empty and is noted; one that no query gives (multi-select, ' +
        'checkbox) is read record by record.',
    ),
  objects: z
    .array(z.enum(belongings))
    .default(belongings)
    .describe('What is exported beside prospects. Page views come with visits.'),
});
type Options = z.infer<typeof options>;

interface Prospect extends Candidate {
  readonly id: string;
  readonly email: string;
  readonly row: readonly unknown[];
}

/**
 * Account Engagement (Pardot), API version 5: the subject's prospects by e-mail address, even in
 * the recycle bin, with their activities, visits, page views and list memberships. A repeated
 * export starts anew, because one person's records are few.
 *
 * @see Account Engagement API, "Version 5 Overview"; read 2026-11
 */
export default {
  kind: 'cloud',
  options,
  create: (given, parts) => accountEngagement(given, parts),
} satisfies ConnectorModule<Options>;

function accountEngagement(
  { baseUrl, businessUnits, fields, objects }: Options,
  { id, dataSources, salesforce: handed }: ConnectorParts,
): CloudConnector {
  const salesforce = salesforceOf(id, handed);
  const withMore = (kind: EngagementKind): EngagementKind => ({
    ...kind,
    fields: [...new Set([...kind.fields, ...(fields[kind.path as keyof typeof fields] ?? [])])],
  });
  const kind = withMore(PROSPECT);
  // Page views are found by visits, so they need the visits too.
  const kinds = belongings
    .filter(
      (object) =>
        objects.includes(object) || (object === 'visits' && objects.includes('visitor-page-views')),
    )
    .map((object) => ({ kind: withMore(BELONGINGS[object]), isWanted: objects.includes(object) }));
  return {
    async export(context, question) {
      const { signal } = context;
      const { known = [] } = question;
      const tied = tyingIds(question, dataSources);
      const unknown = new Set<string>();
      const gaps: MissingPart[] = [];
      let withheldRows = 0;
      const parts = piecemeal();
      const unqueried = new Set<string>();
      const { files, tables } = await writingFiles(context, async (out) => {
        for (const businessUnit of businessUnits) {
          const scope: EngagementScope = {
            salesforce,
            system: id,
            baseUrl,
            businessUnit,
            signal,
            unknown,
            unqueried,
            onPage: () => context.heartbeat({ businessUnit }),
          };
          const lacks = new Lacking();
          const found = await parts.read(
            `The prospects of business unit ${businessUnit}`,
            async () => {
              const byAddress = new Map<string, Prospect[]>();
              for (const { name, value } of emailsOf(question)) {
                byAddress.set(name, [
                  ...(byAddress.get(name) ?? []),
                  ...(await prospectsOf(scope, kind, value, lacks)),
                ]);
              }
              return byAddress;
            },
          );
          if (found === undefined) continue;
          const { own, withheld } = tellApart(found, {
            isTied: ({ id: prospect, row }) =>
              [prospect, cell(row[kind.fields.indexOf('salesforceId')])].some(
                (it) => it !== '' && tied.has(it),
              ),
            known,
          });
          withheldRows += withheld.length;
          for (const by of new Set(withheld.map((it) => it.by))) {
            gaps.push({
              because: 'ambiguous-rows',
              note:
                `A prospect in business unit ${businessUnit} may be somebody else's: it was ` +
                `found by ${by}, and names at the address differ. It and all that belongs to it ` +
                'is left out.',
            });
          }
          await out.rows(
            flat(kind, businessUnit),
            await filledIn(scope, kind, own, { parts, lacks }),
          );
          await exportBelongings(scope, out, kinds, {
            prospects: own.map((prospect) => prospect.id),
            parts,
            lacks,
          });
          gaps.push(...lacks.gaps(businessUnit));
        }
        parts.end();
      });
      gaps.push(...parts.refused);
      return {
        ...exportOf(context, 'account-engagement', { files, tables }),
        provenance: {
          host: new URL(baseUrl).host,
          api: '/api/v5/objects',
          businessUnits: businessUnits.length,
        },
        withheldRows,
        notes:
          unknown.size === 0
            ? []
            : [
                `The account does not know these fields, which stay empty: ${[...unknown].join(', ')}.`,
              ],
        gaps,
      };
    },
    async check(signal) {
      for (const businessUnit of businessUnits) {
        const pages = queryObjects(
          {
            salesforce,
            system: id,
            baseUrl,
            businessUnit,
            signal,
            unknown: new Set(),
            unqueried: new Set(),
            onPage: () => undefined,
          },
          { ...PROSPECT, fields: ['id'] },
          { limit: '1' },
        );
        await pages.next();
      }
      return `${new URL(baseUrl).host} lets us read prospects in ${businessUnits.length} business unit(s)`;
    },
  };
}

const flat = ({ path, name, label, fields }: EngagementKind, businessUnit: string) => ({
  path: `${businessUnit}/${path}`,
  name,
  label,
  fields: fields.map((field) => ({ name: field, label: field, type: '' })),
});

/** What the API left out, according to itself, by the kinds' names for people. */
class Lacking {
  readonly #cut = new Set<string>();
  readonly #redacted = new Set<string>();
  readonly #gone = new Set<string>();

  note(
    { label }: EngagementKind,
    { isCut, isRedacted }: { readonly isCut: boolean; readonly isRedacted: boolean },
  ): void {
    if (isCut) this.#cut.add(label.toLowerCase());
    if (isRedacted) this.#redacted.add(label.toLowerCase());
  }

  /** Fields of a prospect that no query returns, and that cannot be read by its ID. */
  gone(fields: readonly string[]): void {
    for (const field of fields) {
      this.#gone.add(field);
    }
  }

  gaps(businessUnit: string): MissingPart[] {
    return [
      ...[...this.#cut].map((what): MissingPart => ({
        because: 'restricted',
        note:
          'Account Engagement gives 100,000 records in one sequence, and there are more ' +
          `${what} in business unit ${businessUnit}. The rest is left out.`,
        advice: 'Export the rest there by hand.',
      })),
      ...[...this.#redacted].map((what): MissingPart => ({
        because: 'restricted',
        note: `Account Engagement holds ${what} back in business unit ${businessUnit}.`,
        advice:
          'The user that the app runs as may not see them. Give it a role that may, or export ' +
          'them there by hand.',
      })),
      ...(this.#gone.size === 0
        ? []
        : [
            {
              because: 'restricted' as const,
              note:
                `Account Engagement found a prospect in business unit ${businessUnit}, and knew ` +
                'it no more when it was read. These fields of it are left out: ' +
                `${[...this.#gone].join(', ')}.`,
            },
          ]),
    ];
  }
}

/**
 * Prospects with exactly this address. Several may share it, and the server may compare more
 * loosely than we do.
 */
async function prospectsOf(
  scope: EngagementScope,
  kind: EngagementKind,
  email: string,
  lacks: Lacking,
): Promise<Prospect[]> {
  const prospects: Prospect[] = [];
  const at = (name: string) => kind.fields.indexOf(name);
  for await (const page of queryObjects(scope, kind, {
    email: email.trim(),
    deleted: 'all',
    limit: '1000',
  })) {
    lacks.note(kind, page);
    for (const row of page.rows) {
      if (plainEmail(cell(row[at('email')])) !== plainEmail(email)) continue;
      const id = cell(row[at('id')]);
      prospects.push({
        key: id,
        id,
        email,
        row,
        givenName: cell(row[at('firstName')]),
        familyName: cell(row[at('lastName')]),
        birthDate: '',
      });
    }
  }
  return prospects;
}

/** Prospects' rows, with the fields that queries leave out. */
async function filledIn(
  scope: EngagementScope,
  { path, fields }: EngagementKind,
  own: readonly Prospect[],
  { parts, lacks }: Pick<Owned, 'parts' | 'lacks'>,
): Promise<(readonly unknown[])[]> {
  const missing = fields.filter((field) => scope.unqueried.has(`${path}.${field}`));
  if (missing.length === 0) return own.map(({ row }) => row);
  const rows: (readonly unknown[])[] = [];
  for (const { id, row } of own) {
    const more = await parts.read(
      `${missing.join(', ')} of a prospect in business unit ${scope.businessUnit}`,
      async () => {
        const read = await readFields(scope, path, { id, fields: missing });
        if (read === undefined) lacks.gone(missing);
        return read;
      },
    );
    rows.push(
      fields.map((field, index) =>
        more !== undefined && missing.includes(field) ? valueAt(more, field) : row[index],
      ),
    );
  }
  return rows;
}

interface Owned {
  readonly prospects: readonly string[];
  readonly parts: Piecemeal;
  readonly lacks: Lacking;
}

/**
 * Exports what belongs to prospects; page views are those of their visits. If one kind is refused,
 * the others are exported anyway.
 */
async function exportBelongings(
  scope: EngagementScope,
  out: CloudFiles,
  kinds: readonly { readonly kind: EngagementKind; readonly isWanted: boolean }[],
  { prospects, parts, lacks }: Owned,
): Promise<void> {
  const visits: string[] = [];
  for (const { kind, isWanted } of kinds) {
    await parts.read(
      `${kind.label}${kind.path === 'visits' ? ' and their page views' : ''} in business ` +
        `unit ${scope.businessUnit}`,
      async () => {
        for (const owner of kind.owner === 'visitId' ? visits : prospects) {
          for await (const page of queryObjects(scope, kind, {
            [kind.owner]: owner,
            limit: '1000',
            ...(kind.hasDeleted && { deleted: 'all' }),
          })) {
            const own = page.rows.filter(
              (row) => cell(row[kind.fields.indexOf(kind.owner)]) === owner,
            );
            if (isWanted) await out.rows(flat(kind, scope.businessUnit), own);
            if (kind.path === 'visits') {
              visits.push(...own.map((row) => cell(row[kind.fields.indexOf('id')])));
            }
            lacks.note(kind, page);
          }
        }
      },
    );
  }
}
