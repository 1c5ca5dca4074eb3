import type { SObjectDescription, SObjectRecord } from '../../salesforce/soql.ts';
import { cell } from '../shared/cell.ts';
import type { Wanted } from './export-records.ts';
import type { CrmScope } from './find-people.ts';
import { unlessClosed } from './closed.ts';
import type { Gathered } from './gather-records.ts';
import { shortId } from './people-objects.ts';
import { hasOwnRecordsBelow } from './related-objects.ts';

/** A file of the org, and the path of its content. */
export interface OrgFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly path: string;
}

/**
 * The subject's files. `withheld`: documents that are linked to somebody else's records too.
 * `inBin`: files in the recycle bin, whose contents cannot be read.
 */
export interface GatheredFiles {
  readonly files: readonly OrgFile[];
  /** The records that describe the files, as IDs. */
  readonly records: readonly ({ readonly description: SObjectDescription } & Pick<
    Wanted,
    'ids' | 'by'
  >)[];
  readonly withheld: number;
  readonly inBin: number;
  /** Objects that cannot be read, and why. */
  readonly closed: readonly (readonly [object: string, why: string])[];
}

/** The first characters of the IDs of contacts and leads. */
const PEOPLE = ['003', '00Q'];

/**
 * The files of the subject's records: attachments, and documents that are linked to one of them. A
 * document may also be linked to a record of the same kind that is not the subject's. It may hold
 * somebody else's data, and is left out.
 *
 * @param all earlier versions of documents too
 */
export async function gatherFiles(
  scope: CrmScope,
  { records }: Gathered,
  all: boolean,
): Promise<GatheredFiles> {
  const owners = [...records]
    .filter(([object]) => object !== 'User' && hasOwnRecordsBelow(object))
    .flatMap(([, { ids }]) => ids);
  const closed: [string, string][] = [];
  const noting: Noting = (object) => (why) => {
    closed.push([object, why]);
  };
  const attachments = await unlessClosed(noting('Attachment'), () =>
    attachmentsOf(scope, owners, noting),
  );
  const documents = await unlessClosed(noting('ContentDocumentLink'), () =>
    documentsOf(scope, owners, all, noting),
  );
  const found = [attachments, documents].filter((it) => it !== undefined);
  return {
    files: found.flatMap(({ files }) => files),
    records: found.flatMap(({ records: described }) => described),
    withheld: documents?.withheld ?? 0,
    inBin: found.reduce((sum, { inBin }) => sum + inBin, 0),
    closed,
  };
}

type Noting = (object: string) => (why: string) => void;
interface Described extends Pick<Wanted, 'ids' | 'by'> {
  readonly object: string;
}

/** The records of an object that describe files. If the object is closed, the files come anyway. */
async function recordsOf(
  { salesforce, system, signal }: CrmScope,
  noting: Noting,
  { object, ids, by }: Described,
): Promise<GatheredFiles['records']> {
  const description =
    ids.length === 0
      ? undefined
      : await unlessClosed(noting(object), () => salesforce.describe(object, { system, signal }));
  return description === undefined ? [] : [{ description, ids, ...(by && { by }) }];
}

async function attachmentsOf(
  scope: CrmScope,
  owners: readonly string[],
  noting: Noting,
): Promise<Pick<GatheredFiles, 'files' | 'records' | 'inBin'>> {
  const found = await select(
    scope,
    owners,
    (list) => `SELECT Id, Name, ContentType FROM Attachment WHERE ParentId IN ${list}`,
  );
  const deleted =
    (await scope.refused.inBin('Attachment', () =>
      select(
        scope,
        owners,
        (list) => `SELECT Id FROM Attachment WHERE ParentId IN ${list} AND IsDeleted = true`,
        true,
      ),
    )) ?? [];
  const files = found.map((record): OrgFile => ({
    id: cell(record.Id),
    name: cell(record.Name),
    mediaType: cell(record.ContentType),
    path: `Attachment/${cell(record.Id)}/Body`,
  }));
  const ids = [...files.map(({ id }) => id), ...deleted.map(({ Id }) => cell(Id))];
  return {
    files,
    inBin: deleted.length,
    records: await recordsOf(scope, noting, { object: 'Attachment', ids }),
  };
}

async function documentsOf(
  scope: CrmScope,
  owners: readonly string[],
  all: boolean,
  noting: Noting,
): Promise<Omit<GatheredFiles, 'closed'>> {
  const linked = await select(
    scope,
    owners,
    (list) =>
      `SELECT Id, ContentDocumentId, LinkedEntityId FROM ContentDocumentLink WHERE LinkedEntityId IN ${list}`,
  );
  const documents = [...new Set(linked.map((link) => cell(link.ContentDocumentId)))];
  // A deleted link leads to nothing of the subject's: only the documents that went with it count.
  const gone =
    (await scope.refused.inBin('ContentDocumentLink', () =>
      select(
        scope,
        owners,
        (list) =>
          `SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId IN ${list} ` +
          'AND IsDeleted = true',
        true,
      ),
    )) ?? [];
  const shared = await sharedDocuments(scope, documents, owners);
  const own = documents.filter((id) => !shared.has(id));
  const versions = await select(
    scope,
    own,
    (list) =>
      'SELECT Id, Title, FileExtension FROM ContentVersion WHERE ContentDocumentId IN ' +
      `${list}${all ? '' : ' AND IsLatest = true'}`,
  );
  const files = versions.map((version): OrgFile => {
    const [id, title, extension] = [
      cell(version.Id),
      cell(version.Title),
      cell(version.FileExtension),
    ];
    const name =
      extension === '' || title.toLowerCase().endsWith(`.${extension.toLowerCase()}`)
        ? title
        : `${title}.${extension}`;
    return { id, name, mediaType: '', path: `ContentVersion/${id}/VersionData` };
  });
  const links = linked.filter((link) => !shared.has(cell(link.ContentDocumentId)));
  const records = [
    ...(await recordsOf(scope, noting, { object: 'ContentDocument', ids: own })),
    // The org refuses a query for links that names neither a document nor a linked record.
    ...(await recordsOf(scope, noting, {
      object: 'ContentDocumentLink',
      ids: links.map(({ Id }) => cell(Id)),
      by: { field: 'ContentDocumentId', values: own },
    })),
    ...(await recordsOf(scope, noting, {
      object: 'ContentVersion',
      ids: files.map(({ id }) => id),
    })),
  ];
  return {
    files,
    records,
    withheld: shared.size,
    inBin: new Set(gone.map((link) => cell(link.ContentDocumentId))).size,
  };
}

/**
 * Documents that are linked to records of the kinds that people own, but not the subject's. Links
 * to users and libraries say nothing.
 */
async function sharedDocuments(
  scope: CrmScope,
  documents: readonly string[],
  owners: readonly string[],
): Promise<Set<string>> {
  const mine = new Set(owners.map(shortId));
  const kinds = new Set([...PEOPLE, ...owners.map((id) => id.slice(0, 3))]);
  const links = await select(
    scope,
    documents,
    (list) =>
      `SELECT ContentDocumentId, LinkedEntityId FROM ContentDocumentLink WHERE ContentDocumentId IN ${list}`,
  );
  const others = links.filter(
    (link) =>
      kinds.has(cell(link.LinkedEntityId).slice(0, 3)) &&
      !mine.has(shortId(cell(link.LinkedEntityId))),
  );
  return new Set(others.map((link) => cell(link.ContentDocumentId)));
}

async function select(
  { salesforce, system, signal, onPage }: CrmScope,
  values: readonly string[],
  query: (list: string) => string,
  all = false,
): Promise<SObjectRecord[]> {
  const records: SObjectRecord[] = [];
  for (const soql of salesforce.batched(values, query)) {
    for await (const page of salesforce.soql(soql, { system, signal, all })) {
      onPage();
      records.push(...page.records);
    }
  }
  return records;
}
