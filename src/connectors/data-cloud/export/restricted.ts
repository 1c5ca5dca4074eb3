import { SystemFailure } from '../../../http/failure.ts';
import type { Restriction } from '../../../contract/profile.ts';
import type { Identifier } from '../../../contract/request.ts';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';
import { plainEmail, emailSpellings } from '../../shared/email-spelling.ts';
import { unique } from '../sql.ts';

/** The IDs whose processing is restricted, among some IDs. */
export interface Restricted {
  readonly ids: ReadonlySet<string>;
  /**
   * Why we may not read the flag, for operators. Then an ID may be restricted even if it is not
   * listed.
   */
  readonly unknown: string | null;
}

/** IDs that are asked for at the same time. */
const AT_ONCE = 6;

/**
 * Reads the consent flag of individuals. If we may not read it, the result says so; any other
 * failure is thrown.
 *
 * @throws SystemFailure
 */
export async function readRestricted(
  salesforce: Salesforce,
  partyIds: readonly string[],
  signal?: AbortSignal,
): Promise<Restricted> {
  const ids = new Set<string>();
  let unknown: string | null = null;
  const todo = unique(partyIds);
  const askNext = async (): Promise<void> => {
    for (let id = todo.shift(); id !== undefined && unknown === null; id = todo.shift()) {
      // A comma separates IDs in the call.
      if (id.includes(',')) continue;
      try {
        if ((await salesforce.processingConsent(id, signal)) === 'restricted') ids.add(id);
      } catch (error) {
        if (
          !(error instanceof SystemFailure) ||
          !['denied', 'rejected'].includes(error.facts.kind)
        ) {
          throw error;
        }
        unknown =
          'The flag that restricts processing could not be read ' +
          `(${error.facts.status ?? error.facts.code}); give the user that the app runs as the ` +
          'permission ConsentApiUpdate.';
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, todo.length) }, askNext));
  return { ids, unknown };
}

/** An individual ID that an identifier leads to outside Data Cloud's own rows. */
interface Candidate {
  readonly identifier: string;
  readonly id: string;
}

/**
 * Identifiers that lead to nothing because queries hide the person. Each leads to an ID whose
 * processing is restricted: a party ID that was given, or the ID in the CRM of a record with the
 * e-mail address.
 *
 * @param inCrm whether the CRM may be asked
 * @throws SystemFailure
 */
export async function hiddenBehind(
  salesforce: Salesforce,
  identifiers: readonly Identifier[],
  { inCrm, signal }: { inCrm: boolean; signal?: AbortSignal | undefined },
): Promise<{
  readonly restrictions: readonly Restriction[];
  readonly notes: readonly string[];
  readonly advice: readonly string[];
}> {
  const given = identifiers
    .filter(({ kind }) => kind === 'party-id')
    .map(({ name, value }): Candidate => ({ identifier: name, id: value }));
  const emails = inCrm ? identifiers.filter(({ kind }) => kind === 'email') : [];
  const crm = await crmIds(salesforce, emails, signal);
  const candidates = [...given, ...crm.candidates];
  const { ids, unknown } = await readRestricted(
    salesforce,
    candidates.map(({ id }) => id),
    signal,
  );
  const hidden = unique(
    candidates.filter(({ id }) => ids.has(id)).map(({ identifier }) => identifier),
  );
  return {
    restrictions: hidden.map((identifier) => ({ identifier })),
    notes:
      unknown === null
        ? crm.notes
        : unique(candidates.map(({ identifier }) => identifier)).map(
            (identifier) =>
              `${identifier} leads to nothing in Data Cloud, and whether it is a person whom ` +
              'searches hide is not known.',
          ),
    advice: unknown === null ? crm.advice : [unknown],
  };
}

/**
 * The IDs in the CRM of records with one of these addresses: its records have the same IDs in Data
 * Cloud.
 */
async function crmIds(
  salesforce: Salesforce,
  emails: readonly Identifier[],
  signal: AbortSignal | undefined,
): Promise<{
  readonly candidates: readonly Candidate[];
  readonly notes: readonly string[];
  readonly advice: readonly string[];
}> {
  const candidates: Candidate[] = [];
  const notes: string[] = [];
  const advice: string[] = [];
  const list = emails
    .flatMap(({ value }) => emailSpellings(value))
    .map((value) => salesforce.soqlText(value))
    .join(', ');
  for (const object of emails.length === 0 ? [] : ['Contact', 'Lead']) {
    try {
      for await (const { records } of salesforce.soql(
        `SELECT Id, Email FROM ${object} WHERE Email IN (${list})`,
        { system: 'data-cloud', signal },
      )) {
        for (const { Id, Email } of records) {
          const identifier = emails.find(
            ({ value }) => plainEmail(value) === plainEmail(String(Email)),
          );
          if (identifier !== undefined && typeof Id === 'string') {
            candidates.push({ identifier: identifier.name, id: Id });
          }
        }
      }
    } catch (error) {
      if (!(error instanceof SystemFailure) || !['denied', 'rejected'].includes(error.facts.kind)) {
        throw error;
      }
      notes.push(
        `${emails.map(({ name }) => name).join(', ')} leads to nothing in Data Cloud, and ` +
          `${object} in the CRM, which may know a person whom searches hide, could not be asked.`,
      );
      advice.push(`${object} in the CRM: ${error.message}`);
    }
  }
  return { candidates, notes, advice };
}
