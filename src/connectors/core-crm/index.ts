import { exportOf } from '../shared/cloud-files.ts';
import * as z from 'zod';
import type { CloudConnector, ConnectorModule, ConnectorParts, MissingPart } from '../spi.ts';
import type { FileReceipt, TableDescription } from '../../contract/receipt.ts';
import { unlessClosed } from './closed.ts';
import { exportEmails } from './export-emails.ts';
import { exportFiles } from './export-files.ts';
import { exportRecords } from './export-records.ts';
import { BY_TIE, findPeople, type CrmScope, type FoundPeople } from './find-people.ts';
import { gatherFiles, type GatheredFiles } from './gather-files.ts';
import { gatherRecords } from './gather-records.ts';
import { exportPictures, type ExportedPictures, type Picture } from './pictures.ts';
import { RefusedParts } from './refused-parts.ts';
import { isClear, readVisibility, visibilityRemarks, visibilityWarnings } from './visibility.ts';
import { remembered } from '../shared/remembered.ts';
import { salesforceOf } from '../shared/salesforce-of.ts';

const options = z.strictObject({
  bulkAbove: z
    .number()
    .int()
    .nonnegative()
    .default(10_000)
    .describe(
      'More records of one object than this are read by Bulk API 2.0, which costs fewer ' +
        'calls.',
    ),
  files: z
    .enum(['latest', 'all', 'none'])
    .default('latest')
    .describe("The subject's files: their `latest` versions, `all` versions, or `none`."),
  recycleBin: z
    .enum(['name', 'export'])
    .default('name')
    .describe(
      'Records in the recycle bin are said to be left out (`name`), or are exported, each ' +
        'marked by `IsDeleted` (`export`).',
    ),
});
type Options = z.infer<typeof options>;

/**
 * Milliseconds for which exports share the user's visibility. Little may change meanwhile, and an
 * operator who fixes it sees that soon.
 */
const SEEN = { clear: 900_000, lacking: 60_000 };

/**
 * The company's own org: Sales and Service Cloud, Experience Cloud users, loyalty members. It reads
 * by SOQL the subject's contacts, leads, person accounts and users, the records that belong to
 * them, their e-mails and files. A repeated export starts anew, because one person's records are
 * few.
 *
 * @see REST API Developer Guide, "Query" and "sObject Describe"; read 2026-11
 */
export default {
  kind: 'cloud',
  options,
  create: (given, parts) => coreCrm(given, parts),
} satisfies ConnectorModule<Options>;

function coreCrm(
  { bulkAbove, files: versions, recycleBin }: Options,
  { id, salesforce: handed }: ConnectorParts,
): CloudConnector {
  const salesforce = salesforceOf(id, handed);
  // It does not use one export's signal: if that export ends, the others still wait for the same
  // look-up.
  const visibility = remembered(
    () => readVisibility({ salesforce, system: id }),
    (seen) => (isClear(seen) ? SEEN.clear : SEEN.lacking),
  );
  return {
    async export(context, question) {
      const scope: CrmScope = {
        salesforce,
        system: id,
        signal: context.signal,
        onPage: () => context.heartbeat({ looking: true }),
        recycleBin,
        refused: new RefusedParts(),
      };
      const found = await findPeople(scope, question, question.known ?? []);
      const gathered = await gatherRecords(scope, found.people);
      const held: GatheredFiles =
        versions === 'none'
          ? { files: [], records: [], withheld: 0, inBin: 0, closed: [] }
          : await gatherFiles(scope, gathered, versions === 'all');
      const files: FileReceipt[] = [];
      const tables: TableDescription[] = [];
      const notes: string[] = [];
      const closed = new Map<string, string>();
      const unless = <Result>(object: string, work: () => Promise<Result>) =>
        unlessClosed((why) => {
          closed.set(object, why);
        }, work);
      const pictures: Picture[] = [];
      let inBin = found.inBin.own;
      for (const { description, ...wanted } of [...gathered.records.values(), ...held.records]) {
        const written = await unless(description.name, () =>
          exportRecords(scope, context, description, { ...wanted, bulkAbove }),
        );
        if (written === undefined) continue;
        files.push(...written.files);
        notes.push(...written.notes);
        pictures.push(...written.pictures);
        inBin += written.inBin;
        if (written.files.length > 0) tables.push(written.table);
      }
      const emails = gathered.records.get('EmailMessage');
      if (emails !== undefined && versions !== 'none') {
        files.push(
          ...((await unless('EmailMessage', () => exportEmails(scope, context, emails))) ?? []),
        );
      }
      const {
        files: saved,
        gone,
        closed: closedFiles,
      } = await exportFiles(scope, context, held.files);
      files.push(...saved);
      const shown: ExportedPictures =
        versions === 'none'
          ? { files: [], missing: new Map() }
          : await exportPictures(scope, context, pictures);
      files.push(...shown.files);
      if (gone > 0) notes.push(`${gone} file(s) were deleted while they were read.`);
      if (found.people.some(({ object }) => object === 'User')) {
        notes.push('Records that a user owns or changed in the course of work are not exported.');
      }
      const remarks = [
        ...binRemarks(inBin, found.inBin.doubtful, held.inBin),
        ...visibilityRemarks(await visibility(context.signal)),
      ];
      return {
        ...exportOf(context, 'core-crm', { files, tables }),
        provenance: {
          host: salesforce.host,
          api: `/services/data/v${salesforce.apiVersion}/query`,
          people: found.people.length,
        },
        withheldRows: found.withheld.length + found.inBin.doubtful + held.withheld,
        notes,
        ...(remarks.length > 0 && { remarks }),
        gaps: [
          ...gapsOf(found, new Map([...gathered.closed, ...closed])),
          ...scope.refused.gaps(),
          ...fileGaps(held, versions, closedFiles),
          ...pictureGaps(shown),
        ],
      };
    },
    async check(signal) {
      const { label, fields } = await salesforce.describe('Contact', { system: id, signal });
      return `${salesforce.host} lets us read ${label} with ${fields.length} fields`;
    },
    async warnings(signal) {
      return visibilityWarnings(await readVisibility({ salesforce, system: id, signal }));
    },
  };
}

function gapsOf(
  { withheld, hidden, unread }: FoundPeople,
  closed: ReadonlyMap<string, string>,
): MissingPart[] {
  const sharing =
    unread.length === 0
      ? undefined
      : `who has the same address in ${unread.join(', ')} could not be read`;
  const doubtful = new Set(
    withheld.map(
      ({ person, by }) =>
        `${(by === BY_TIE ? undefined : sharing) ?? 'name or birth date differ'}: ` +
        `${person.object} by ${by}`,
    ),
  );
  return [
    ...[...doubtful].map((why) => ({
      because: 'ambiguous-rows' as const,
      note: `A record may be somebody else's: ${why}. It and all that belongs to it is left out.`,
    })),
    ...[...hidden, ...closed].map(([object, why]) => ({
      because: 'restricted' as const,
      note: `Records of ${object} could not be read, and are left out.`,
      advice: `${object} cannot be queried (${why}). Give the user that the app runs as access to it.`,
    })),
  ];
}

/** The recycle bin, in plain words. No API returns the contents of files there. */
const binRemarks = (records: number, doubtful: number, files: number): string[] => [
  ...(records > 0
    ? [
        `${records} deleted ${records === 1 ? 'record' : 'records'} in the recycle bin of ` +
          `this system, which empties itself within days, ${records === 1 ? 'is' : 'are'} left out.`,
      ]
    : []),
  ...(doubtful > 0
    ? [
        `${doubtful} deleted ${doubtful === 1 ? 'record' : 'records'} in the recycle bin may ` +
          `be somebody else's, and ${doubtful === 1 ? 'is' : 'are'} left out.`,
      ]
    : []),
  ...(files > 0
    ? [
        `The contents of ${files} deleted or unlinked ${files === 1 ? 'file' : 'files'} are ` +
          'left out: the recycle bin does not give them.',
      ]
    : []),
];

function pictureGaps({ missing }: ExportedPictures): MissingPart[] {
  return [...missing].map(([object, count]) => ({
    because: 'restricted' as const,
    note: `${count} picture(s) within texts of ${object} are left out: the system does not give them.`,
  }));
}

function fileGaps(
  { withheld, closed }: GatheredFiles,
  versions: Options['files'],
  closedFiles: ReadonlyMap<string, number>,
): MissingPart[] {
  return [
    ...[...closedFiles].map(([why, count]) => ({
      because: 'restricted' as const,
      note: `${count} file(s) could not be read, and are left out.`,
      advice: `The system refused them (${why}). Give the user that the app runs as access to them.`,
    })),
    ...(withheld > 0
      ? [
          {
            because: 'ambiguous-rows' as const,
            note: `${withheld} file(s) are linked to records of other people too, and were left out.`,
          },
        ]
      : []),
    ...closed.map(([object, why]) => ({
      because: 'restricted' as const,
      note: `Files of ${object} could not be read, and are left out.`,
      advice: `${object} cannot be queried (${why}). Give the user that the app runs as access to it.`,
    })),
    ...(versions === 'none'
      ? [
          {
            because: 'restricted' as const,
            note: 'Files, and e-mails as files, are left out by a decision of the organisation.',
            advice: 'The setting is `files: none`.',
          },
        ]
      : []),
  ];
}
