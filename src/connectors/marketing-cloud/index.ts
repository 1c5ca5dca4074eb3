import * as z from 'zod';
import type {
  CloudConnector,
  ConnectorContext,
  ConnectorModule,
  ConnectorParts,
  Question,
  MissingPart,
} from '../spi.ts';
import { foldedPath, safeNameFor } from '../../contract/package-path.ts';
import { openUnit, unitSignIn, type BusinessUnit, type UnitToken } from './business-unit.ts';
import { dataExtension, type DataExtension } from './data-extensions.ts';
import { exportExtension } from './export-extension.ts';
import { BELONGINGS, SUBSCRIBER, type SoapBelonging, type SoapObject } from './soap-objects.ts';
import { retrieve, type SoapRecord } from './retrieve.ts';
import { findContacts, inEveryUnit, type FoundContacts } from './subscribers.ts';
import { exportOf, writingFiles, type CloudFiles, type FlatKind } from '../shared/cloud-files.ts';
import type { SignIn } from '../shared/cloud-client.ts';
import { piecemeal } from '../shared/piecemeal.ts';
import { emailsOf, tyingIds } from '../shared/tell-apart.ts';

const belongings = Object.keys(BELONGINGS) as [SoapBelonging, ...SoapBelonging[]];

const options = z.strictObject({
  authUrl: z
    .url()
    .describe('`https://<subdomain>.auth.marketingcloudapis.com`, of the installed package.'),
  clientId: z
    .string()
    .describe(
      'Of an installed package, server-to-server, with read rights on audiences, lists, ' +
        'data extensions and tracking events.',
    ),
  clientSecret: z.string().describe('Its secret.'),
  businessUnits: z
    .array(z.coerce.string().regex(/^\d+$/, 'must be a MID, a number'))
    .min(1)
    .describe('The MID of every business unit: a token sees one only.'),
  dataExtensions: z
    .array(dataExtension)
    .default([])
    .describe('Data extensions that hold people: the API does not tell which do.'),
  contactKeys: z
    .array(z.string())
    .default([])
    .describe('Names of external IDs that are contact keys.'),
  objects: z
    .array(z.enum(belongings))
    .default(belongings)
    .describe('What is exported beside the subscribers.'),
  properties: z
    .partialRecord(
      z.enum(['Subscriber', ...belongings]),
      z.array(z.string().regex(/^[A-Za-z][\w.]*$/, 'must be a property such as "Domain"')),
    )
    .default({})
    .describe(
      'More properties by object of the SOAP API, such as `{ BounceEvent: [Domain] }`; one ' +
        'that the account does not know stays empty and is noted.',
    ),
  maxContacts: z
    .number()
    .int()
    .positive()
    .default(50)
    .describe(
      "An address that stands for more contacts is nobody's own: they are left out and named.",
    ),
});
type Options = z.infer<typeof options>;
/**
 * Marketing Cloud Engagement, in each business unit: the subject's subscribers, list memberships,
 * what was sent, opened, clicked and returned, and its rows in the data extensions that the entry
 * names. A repeated export starts anew.
 */
export default {
  kind: 'cloud',
  needsSalesforce: false,
  options,
  create: (given, parts) => marketingCloud(given, parts),
} satisfies ConnectorModule<Options>;

interface Export {
  readonly context: ConnectorContext;
  readonly question: Question;
  readonly out: CloudFiles;
  readonly gaps: MissingPart[];
  readonly notes: string[];
  readonly seen: Set<string>;
  withheldRows: number;
}

function marketingCloud(given: Options, { id, dataSources }: ConnectorParts): CloudConnector {
  const signIns = new Map<string, SignIn<UnitToken>>(
    given.businessUnits.map((mid) => [mid, unitSignIn(id, given, mid)]),
  );
  const unitOf = (mid: string, signal: AbortSignal, onPage: () => void): BusinessUnit =>
    openUnit(signIns.get(mid) ?? unitSignIn(id, given, mid), {
      mid,
      system: id,
      signal,
      onPage,
      unknown: new Set(),
    });
  const withMore = (object: SoapObject): SoapObject => ({
    ...object,
    properties: [
      ...new Set([
        ...object.properties,
        ...(given.properties[object.name as keyof typeof given.properties] ?? []),
      ]),
    ],
  });
  const names = fileNames(given.dataExtensions);
  return {
    async export(context, question) {
      const keys = new Set([
        ...question.profiles
          .filter(({ dataSource }) => dataSources.includes(dataSource))
          .map(({ partyId }) => partyId),
        ...question.identifiers
          .filter(({ name }) => given.contactKeys.some((it) => name === `externalIds.${it}`))
          .map(({ value }) => value),
      ]);
      const tied = new Set([...tyingIds(question, dataSources), ...keys]);
      const { known = [] } = question;
      const search = {
        question,
        subscriber: withMore(SUBSCRIBER),
        tied,
        keys: [...keys],
        known,
        maxContacts: given.maxContacts,
      };
      const { files, tables, result } = await writingFiles(context, async (out) => {
        const at: Export = {
          context,
          question,
          out,
          gaps: [],
          notes: [],
          seen: new Set(),
          withheldRows: 0,
        };
        const unread = new Set(given.dataExtensions);
        const unknown = new Set<string>();
        const units = given.businessUnits.map((mid) =>
          unitOf(mid, context.signal, () => context.heartbeat({ businessUnit: mid })),
        );
        const parts = piecemeal({ signIns: 'own' });
        const contacts = [];
        for (const unit of units) {
          const found = await parts.read(`The business unit ${unit.mid}`, () =>
            findContacts(unit, search),
          );
          if (found !== undefined) contacts.push({ unit, found });
        }
        parts.end();
        for (const { unit, found } of inEveryUnit(contacts)) {
          const { mid } = unit;
          sayWithheld(at, unit, found);
          await exportContacts(at, unit, search.subscriber, found);
          const pieces = piecemeal({
            advice: {
              400: 'Set `filtered: false` for this data extension, if the account refuses our $filter.',
            },
          });
          for (const object of given.objects) {
            await pieces.read(`${BELONGINGS[object].label} in business unit ${mid}`, () =>
              exportBelonging(at, unit, withMore(BELONGINGS[object]), found),
            );
          }
          for (const extension of given.dataExtensions.filter(
            ({ businessUnits }) => businessUnits?.includes(mid) !== false,
          )) {
            const wanted =
              extension.holds === 'contact-key'
                ? found.own.map(({ key }) => key)
                : emailsOf(question)
                    .filter(({ name }) => !found.doubtful.has(name))
                    .map(({ value }) => value.trim());
            const isThere = await pieces.read(
              `The data extension "${extension.key}" in business unit ${mid}`,
              () =>
                exportExtension(out, unit, {
                  extension,
                  wanted,
                  path: `${mid}/${names.get(extension) ?? ''}`,
                  seen: at.seen,
                }),
            );
            if (isThere !== false) unread.delete(extension);
          }
          at.gaps.push(...pieces.refused);
          for (const property of unit.unknown) {
            unknown.add(property);
          }
        }
        at.gaps.push(...parts.refused);
        if (unknown.size > 0) {
          at.notes.push(
            `The account does not know these properties, which stay empty: ${[...unknown].join(', ')}.`,
          );
        }
        for (const { key } of unread) {
          at.gaps.push({
            because: 'restricted',
            note: `The data extension "${key}" was found in none of the business units.`,
            advice: 'Give its customer key, not its name, or add its business unit.',
          });
        }
        return at;
      });
      return {
        ...exportOf(context, 'marketing-cloud', { files, tables }),
        provenance: {
          host: new URL(given.authUrl).host,
          api: 'contacts/v1, data/v1, Service.asmx',
          businessUnits: given.businessUnits.length,
          dataExtensions: given.dataExtensions.length,
        },
        withheldRows: result.withheldRows,
        notes: result.notes,
        gaps: result.gaps,
      };
    },
    async check(signal) {
      for (const mid of given.businessUnits) {
        await retrieve(
          unitOf(mid, signal, () => undefined),
          SUBSCRIBER,
          'SubscriberKey',
          'dossier-check',
        ).next();
      }
      return (
        `lets us in to ${given.businessUnits.length} business unit(s); ` +
        `${given.dataExtensions.length} data extension(s) are named`
      );
    },
  };
}

/** A file name for each data extension; two keys may read alike. */
function fileNames(extensions: readonly DataExtension[]): ReadonlyMap<DataExtension, string> {
  const names = new Map<DataExtension, string>();
  const taken = new Set<string>();
  for (const extension of extensions) {
    const plain = safeNameFor(`data-extension-${extension.key}`);
    let name = plain;
    for (let number = 2; taken.has(foldedPath(name)); number += 1) {
      name = `${plain}_${number}`;
    }
    taken.add(foldedPath(name));
    names.set(extension, name);
  }
  return names;
}

function sayWithheld(
  at: Export,
  { mid }: BusinessUnit,
  { withheld, crowded }: FoundContacts,
): void {
  at.withheldRows += withheld.length;
  for (const by of new Set(withheld.map((it) => it.by))) {
    at.gaps.push({
      because: 'ambiguous-rows',
      note:
        `A contact in business unit ${mid} may be somebody else's: it was found by ${by}, and ` +
        'names at the address differ. It and all that belongs to it is left out.',
    });
  }
  for (const by of crowded) {
    at.gaps.push({
      because: 'ambiguous-rows',
      note:
        `More contacts in business unit ${mid} than one person has were found by ${by}. They ` +
        'are left out.',
      advice: `${by} stands for more than \`maxContacts\`. Give contact keys as external IDs.`,
    });
  }
}

/** Writes subscribers. If several business units show the same one, it is written once. */
async function exportContacts(
  { out, seen }: Export,
  { mid }: BusinessUnit,
  subscriber: SoapObject,
  { own }: FoundContacts,
): Promise<void> {
  const records = own
    .flatMap((contact) => contact.records)
    .filter((record) => isNew(seen, subscriber.name, record));
  await out.rows(
    flat(mid, { ...subscriber, properties: [...subscriber.properties, 'Attributes'] }),
    records.map((record) =>
      [...subscriber.properties, 'Attributes'].map((name) => record[name] ?? null),
    ),
  );
}

async function exportBelonging(
  { out, seen }: Export,
  unit: BusinessUnit,
  object: SoapObject,
  { own }: FoundContacts,
): Promise<void> {
  for (const { key } of own) {
    for await (const records of retrieve(unit, object, 'SubscriberKey', key)) {
      const mine = records.filter(
        (record) =>
          record.SubscriberKey === key &&
          (object.name !== 'ListSubscriber' || isNew(seen, object.name, record)),
      );
      await out.rows(
        flat(unit.mid, object),
        mine.map((record) => object.properties.map((name) => record[name] ?? null)),
      );
    }
  }
}

const flat = (mid: string, { name, label, properties }: SoapObject): FlatKind => ({
  path: `${mid}/${name}`,
  name,
  label,
  fields: properties.map((property) => ({ name: property, label: property, type: '' })),
});

function isNew(seen: Set<string>, object: string, record: SoapRecord): boolean {
  const text = `${object} ${JSON.stringify(record)}`;
  const isFirst = !seen.has(text);
  seen.add(text);
  return isFirst;
}
