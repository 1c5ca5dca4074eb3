import type { ContactPoints } from '../../../contract/object-map.ts';
import type { Identifier } from '../../../contract/request.ts';
import type { RecordKey } from './fit.ts';
import { lookUp, readIndividuals, type Scope } from './individuals.ts';
import { emailSpellings } from '../../shared/email-spelling.ts';
import { columnOr, keyColumns, named, placeholders, quoted } from '../sql.ts';

/**
 * A phone number in the form for comparison: its digits, without the international prefix `00`.
 * Digits of other scripts count in the numbers that a person sends us.
 */
export const plainPhone = (value: string): string => value.replace(/\D/g, '').replace(/^00/, '');

/** Digits of any script as those from 0 to 9: each script has its ten in one row. */
const asciiDigits = (value: string): string =>
  value.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
      zero -= 1;
    }
    return String(code - zero);
  });
const plainName = (value: string): string => value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The parties that an identifier leads to in one data space, as the rows that hold it name them.
 *
 * @param onParty sees each party as its row comes, and throws to end a look-up that leads to too
 *   many
 */
export async function findParties(
  scope: Scope,
  identifier: Identifier,
  onParty: (key: RecordKey) => void = () => undefined,
): Promise<RecordKey[]> {
  const { emails, phones, identifications } = scope.map;
  const { kind, name, value } = identifier;
  if (kind === 'party-id') return readIndividuals(scope, [value]);
  if (kind === 'email') {
    return emails === null
      ? []
      : partiesWhere(
          scope,
          emails,
          (column) => `LOWER(${trimmed(column)})`,
          emailSpellings(value).map((it) => it.toLowerCase()),
          { onParty },
        );
  }
  if (kind === 'phone') {
    const digits = plainPhone(asciiDigits(value));
    // Few rows have these digits in this order. The engine cleans only those, which is a tenth of
    // the work.
    const like = `%${digits.split('').join('%')}%`;
    return phones === null || digits === ''
      ? []
      : partiesWhere(
          scope,
          phones,
          (column) => `REGEXP_REPLACE(${column}, '[^0-9]', '', 'g')`,
          [digits, `00${digits}`],
          { onParty, like },
        );
  }
  if (identifications === null) return [];
  const wanted = plainName(name.replace(/^externalIds\./, ''));
  const isWanted = ([, , , ...names]: readonly string[]) =>
    names.some((it) => plainName(it) === wanted);
  const onRow = (row: readonly string[]) => {
    if (isWanted(row)) onParty(keyOf(row));
  };
  const rows = await rowsWhere(scope, identifications, trimmed, [value.trim()], {
    more: identifications.names,
    onRow,
  });
  return rows.filter(isWanted).map(keyOf);
}

/**
 * The characters that JavaScript's `trim` removes, so that both sides lose the same ones. The
 * engine's own removes only spaces. @see ECMA-262, WhiteSpace and LineTerminator
 */
const BLANKS =
  "U&'\\0009\\000A\\000B\\000C\\000D\\0020\\00A0\\1680\\2000\\2001\\2002\\2003\\2004\\2005\\2006\\2007\\2008\\2009\\200A\\2028\\2029\\202F\\205F\\3000\\FEFF'";

const trimmed = (column: string): string => `TRIM(BOTH ${BLANKS} FROM ${column})`;

async function partiesWhere(
  scope: Scope,
  points: ContactPoints,
  compared: (column: string) => string,
  values: readonly string[],
  { onParty, like }: { readonly onParty: (key: RecordKey) => void; readonly like?: string },
): Promise<RecordKey[]> {
  return (
    await rowsWhere(scope, points, compared, values, {
      onRow: (row) => onParty(keyOf(row)),
      ...(like !== undefined && { like }),
    })
  ).map(keyOf);
}

/** Which rows are wanted, and with which columns. */
interface RowsWanted {
  /** A pattern that all of them match. */
  readonly like?: string;
  /** Further columns to read. */
  readonly more?: readonly string[];
  /** Sees each row that names a party, as it comes. */
  readonly onRow: (row: readonly string[]) => void;
}

/** Rows whose value, in its form for comparison, is one of `values`. */
async function rowsWhere(
  scope: Scope,
  points: ContactPoints,
  compared: (column: string) => string,
  values: readonly string[],
  { like, more = [], onRow }: RowsWanted,
): Promise<string[][]> {
  const { list, parameters } = placeholders(values);
  const columns = [
    ...keyColumns(points.party),
    columnOr(points.dataSourceField),
    ...more.map(quoted),
  ];
  const conditions = points.values.map((value) => {
    const isOne = `${compared(quoted(value))} IN (${list})`;
    return like === undefined ? isOne : `(${quoted(value)} LIKE :digits AND ${isOne})`;
  });
  const text = `SELECT ${named(columns)} FROM ${quoted(points.object)} WHERE ${conditions.join(' OR ')}`;
  const namesParty = ([partyId]: readonly string[]) => partyId !== '';
  const rows = await lookUp(
    scope,
    { text, parameters: { ...parameters, ...(like !== undefined && { digits: like }) } },
    (row) => {
      if (namesParty(row)) onRow(row);
    },
  );
  return rows.filter(namesParty);
}

const keyOf = ([
  partyId = '',
  keyQualifier = '',
  dataSource = '',
]: readonly string[]): RecordKey => ({ partyId, keyQualifier, dataSource });
