import { readFile } from 'node:fs/promises';
import type { Seed } from '@dossier/salesforce-simulator';

type Row = Readonly<Record<string, unknown>>;

const ADDRESS_OF_A_COMPANY = /@acme[.-]/;
const TELLING =
  /Email|FromAddress|Phone|Telephone|Street|AddressLine|PartyId__c$|IndividualId__c$|CustomerId__c$|RecordId__c$|^LastName$|^ssot__LastName__c$|^Name$/;
const SHORTEST = 6;

/**
 * Every text of a seed that tells who somebody is: e-mail addresses, names, party IDs and unified
 * individuals, phones, streets.
 */
export function personalTexts(seed: Seed): string[] {
  const objects = [...Object.values(seed.dataCloud ?? {}), seed.core ?? {}].flatMap((objects) =>
    Object.entries(objects),
  );
  const texts = new Set(
    objects.flatMap(([object, rows]) => rows.flatMap((row) => textsOf(object, row))),
  );
  return [...texts]
    .filter((text) => text.length >= SHORTEST && !ADDRESS_OF_A_COMPANY.test(text))
    .sort();
}

function textsOf(object: string, row: Row): string[] {
  if (/^(User|Account|Campaign|ssot__Account__dlm|ssot__Household__dlm)$/.test(object)) return [];
  const own = Object.entries(row)
    .filter(
      ([field, value]) =>
        TELLING.test(field) && typeof value === 'string' && !/^(CPE|CPP|CPA)-/.test(value),
    )
    .map(([, value]) => String(value).trim());
  const { Id, FirstName, LastName, ssot__Id__c, ssot__FirstName__c, ssot__LastName__c } =
    row as Readonly<Record<string, string | undefined>>;
  const [first, last] = [FirstName ?? ssot__FirstName__c, LastName ?? ssot__LastName__c];
  const key =
    object.includes('Individual') || object === 'Contact' ? [ssot__Id__c ?? Id ?? ''] : [];
  return [...own, ...key, ...(first && last ? [`${first} ${last}`] : [])];
}

/** Which of the texts stand in files, by file; files without any are left out. */
export async function textsInFiles(
  files: readonly string[],
  texts: readonly string[],
): Promise<Record<string, string[]>> {
  const found = await Promise.all(
    files.map(async (file) => [file, textsIn(await readFile(file), texts)] as const),
  );
  return Object.fromEntries(found.filter(([, some]) => some.length > 0));
}

/**
 * Those of the texts that stand in some bytes: as UTF-8 in any case, as part of a file's name, and
 * addresses inside of base64. Short ones count where they stand alone.
 */
export function textsIn(bytes: Buffer, texts: readonly string[]): string[] {
  const exact = bytes.toString('latin1');
  const plain = exact.toLowerCase();
  return texts.filter((text) => {
    const forms = [text, text.replace(/[^A-Za-z0-9.]+/g, '-')].map((form) =>
      Buffer.from(form.toLowerCase()).toString('latin1').toLowerCase(),
    );
    return (
      forms.some((sought) => standsIn(plain, sought, text.length < 10)) ||
      (text.includes('@') && base64Forms(text).some((form) => exact.includes(form)))
    );
  });
}

function standsIn(plain: string, sought: string, alone: boolean): boolean {
  for (let at = plain.indexOf(sought); at >= 0; at = plain.indexOf(sought, at + 1)) {
    if (!alone || !/[a-z0-9]/.test(`${plain[at - 1] ?? ''}${plain[at + sought.length] ?? ''}`)) {
      return true;
    }
  }
  return false;
}

/**
 * The text in base64, wherever in a longer one it begins; without the characters that its
 * neighbours decide.
 */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = bytes.length - (bytes.length % 3);
    return bytes
      .subarray(0, whole)
      .toString('base64')
      .slice(before === 0 ? 0 : 4);
  });
}
