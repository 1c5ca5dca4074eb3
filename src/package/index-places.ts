import { folderOfSystem } from '../contract/package-path.ts';
import type { FieldDescription } from '../contract/receipt.ts';
import type { Gap } from '../contract/status.ts';
import { stemOf, type Content, type Contents } from './contents.ts';
import type { PackageFacts, PackagedProfile } from './facts.ts';
import { formatOf } from './measure.ts';
import { systemWords } from './words.ts';

/** A table in the package: the same records as NDJSON, as CSV, or as both. */
export interface Table {
  readonly label: string;
  /** The object's API name. */
  readonly name: string;
  readonly records: number;
  readonly bytes: number;
  readonly ndjson?: Content;
  readonly csv?: Content;
  readonly fields: readonly FieldDescription[];
  /** Whether a program concluded its records about the person. */
  readonly inferred: boolean;
}

/** A profile or a system: it has a section on the page. */
export interface Place {
  /** An anchor of the page. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly profile?: PackagedProfile;
  readonly tables: readonly Table[];
  /** Files that are no tables. */
  readonly documents: readonly Content[];
  readonly gaps: readonly Gap[];
  readonly nothingHeld: boolean;
  /** What the subject should know about this part. */
  readonly remarks: readonly string[];
}

export const recordsIn = ({ tables }: Place): number =>
  tables.reduce((sum, { records }) => sum + records, 0);
export const filesIn = ({ tables, documents }: Place): number =>
  tables.reduce((sum, { ndjson, csv }) => sum + (ndjson ? 1 : 0) + (csv ? 1 : 0), documents.length);

/** Profiles by their number, then systems in the order of their receipts. */
export function placesOf({ files, receipts }: Contents, { profiles, gaps }: PackageFacts): Place[] {
  const byFolder = groupBy(files, ({ path }) => path.split('/', 2).join('/'));
  const answered = receipts.map(({ system }) => system);
  const folders = new Set(answered.map(folderOfSystem));
  const others = [...byFolder.keys()]
    .filter((folder) => folder.startsWith('systems/'))
    .map((folder) => folder.slice('systems/'.length))
    .filter((folder) => !folders.has(folder));
  const systems = new Set([...answered, ...others]);
  const inProfiles = new Set(
    files.filter(({ path }) => path.startsWith('profiles/')).map(({ receipt }) => receipt.system),
  );
  const numbers = new Set([
    ...profiles.map(({ number }) => number),
    ...[...byFolder.keys()]
      .filter((folder) => folder.startsWith('profiles/'))
      .map((folder) => Number(folder.slice('profiles/'.length))),
  ]);
  return [
    ...[...numbers]
      .toSorted((a, b) => a - b)
      .map((number) =>
        profilePlace(
          number,
          profiles.find((profile) => profile.number === number),
          byFolder.get(`profiles/${number}`) ?? [],
          gaps,
        ),
      ),
    ...[...systems].flatMap((system) => {
      const own = byFolder.get(`systems/${folderOfSystem(system)}`) ?? [];
      if (own.length === 0 && (system === 'data-cloud' || inProfiles.has(system))) return [];
      const answers = receipts.filter((receipt) => receipt.system === system);
      const remarks = [...new Set(answers.flatMap((answer) => answer.remarks ?? []))];
      return [
        {
          ...systemPlace(
            system,
            own,
            answers.some(({ outcome }) => outcome === 'nothing-held'),
            answers[0]?.connector,
            gaps,
          ),
          remarks,
        },
      ];
    }),
  ];
}

function profilePlace(
  number: number,
  profile: PackagedProfile | undefined,
  files: readonly Content[],
  gaps: readonly Gap[],
): Place {
  const from =
    profile &&
    `From the source ${profile.dataSource === '' ? 'without a name' : profile.dataSource}, ` +
      `in the data space ${profile.dataSpace}`;
  return {
    id: `profile-${number}`,
    title:
      profile === undefined || profile.dataSource === ''
        ? `Profile ${number}`
        : `Profile ${number}: ${profile.dataSource}`,
    about: from ?? '',
    ...(profile && { profile }),
    ...split(files),
    gaps: gaps.filter((gap) => gap.profile === number),
    nothingHeld: false,
    remarks: [],
  };
}

function systemPlace(
  system: string,
  files: readonly Content[],
  nothingHeld: boolean,
  connector: string | undefined,
  gaps: readonly Gap[],
): Place {
  return {
    id: `system-${system}`,
    title: systemTitle(system, connector),
    about: '',
    ...split(files),
    gaps: gaps.filter((gap) => gap.system === system && gap.profile === undefined),
    nothingHeld: nothingHeld && files.length === 0,
    remarks: [],
  };
}

/** `Salesforce CRM (crm)`, or the ID alone if its connector has no name for people. */
export function systemTitle(system: string, connector: string | undefined): string {
  const known = systemWords(system);
  const kind = connector === undefined ? system : systemWords(connector);
  return known !== system || kind === connector || kind === system ? known : `${kind} (${system})`;
}

const isTable = ({ path, rows }: Content) => rows !== undefined && formatOf(path) !== undefined;

function split(files: readonly Content[]): { tables: Table[]; documents: Content[] } {
  const stems = groupBy(files.filter(isTable), ({ path }) => stemOf(path));
  const tables = [...stems.values()]
    .map(tableOf)
    .toSorted(
      (a, b) => weight(a) - weight(b) || (a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1),
    );
  return { tables, documents: files.filter((file) => !isTable(file)) };
}

/**
 * First who the person is, then how to reach them, then what they did, and last how profiles are
 * linked.
 */
function weight({ name }: Table): number {
  if (PEOPLE.test(name)) return 0;
  if (/ContactPoint/.test(name)) return 1;
  return /^Unified|IdentityLink/.test(name) ? 3 : 2;
}
const PEOPLE =
  /^(?:(?:ssot__|std__)?Individual(?:Dmo)?(?:_std)?__dlm|Individual|Contact|Lead|PersonAccount)$/i;

function tableOf(files: readonly Content[]): Table {
  const ndjson = files.find(({ path }) => formatOf(path) === 'ndjson');
  const csv = files.find(({ path }) => formatOf(path) === 'csv');
  const name =
    stemOf(files[0]?.path ?? '')
      .split('/')
      .at(-1) ?? '';
  const description = files.find((file) => file.description)?.description;
  return {
    label: description?.label ?? name,
    name: description?.name ?? name,
    records: files[0]?.rows ?? 0,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(ndjson && { ndjson }),
    ...(csv && { csv }),
    fields: description?.fields ?? [],
    inferred: description?.inferred === true,
  };
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
