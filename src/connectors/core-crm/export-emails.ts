import type { ConnectorContext } from '../spi.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import type { SObjectDescription, SObjectRecord } from '../../salesforce/soql.ts';
import { cell } from '../shared/cell.ts';
import type { CrmScope } from './find-people.ts';

const HEADERS = {
  Subject: 'Subject',
  FromAddress: 'From',
  ToAddress: 'To',
  CcAddress: 'Cc',
  BccAddress: 'Bcc',
  MessageDate: 'Date',
  MessageIdentifier: 'Message-ID',
} as const;
const BODIES = { TextBody: 'text/plain', HtmlBody: 'text/html' } as const;

/**
 * Writes e-mails to `systems/<id>/emails/<record>.eml`, because every mail program opens such
 * files, and bodies are hard to read in a table. @throws SystemFailure
 */
export async function exportEmails(
  scope: CrmScope,
  context: ConnectorContext,
  emails: Emails,
): Promise<FileReceipt[]> {
  const { name, fields } = emails.description;
  const columns = ['Id', ...Object.keys(HEADERS), ...Object.keys(BODIES)].filter(
    (column) => column === 'Id' || fields.some((field) => field.name === column),
  );
  const read = (all: boolean) =>
    scope.refused.reading(name, columns, ['Id'], (names) =>
      writeMessages(scope, context, emails, { names, all }),
    );
  return scope.recycleBin === 'export'
    ? scope.refused.withBin(emails.description, read)
    : read(false);
}

interface Emails {
  readonly description: SObjectDescription;
  readonly ids: readonly string[];
}

async function writeMessages(
  { salesforce, system, signal }: CrmScope,
  context: ConnectorContext,
  { ids }: Emails,
  { names, all }: { names: readonly string[]; all: boolean },
): Promise<FileReceipt[]> {
  const files: FileReceipt[] = [];
  for (const query of salesforce.batched(
    ids,
    (list) => `SELECT ${names.join(', ')} FROM EmailMessage WHERE Id IN ${list} ORDER BY Id`,
  )) {
    for await (const { records } of salesforce.soql(query, { system, signal, all })) {
      for (const record of records) {
        files.push(await writeMessage(context, record));
      }
      context.heartbeat({ emails: files.length });
    }
  }
  return files;
}

async function writeMessage(
  { sink, system }: ConnectorContext,
  record: SObjectRecord,
): Promise<FileReceipt> {
  const file = await sink.open(`systems/${system}/emails/${cell(record.Id)}.eml`, {
    mediaType: 'message/rfc822',
  });
  const boundary = `dossier-${cell(record.Id)}`;
  try {
    for (const [name, header] of Object.entries(HEADERS)) {
      if (cell(record[name]) !== '') {
        await file.write(`${header}: ${headerText(header, cell(record[name]))}\r\n`);
      }
    }
    await file.write(
      `MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n`,
    );
    for (const [name, type] of Object.entries(BODIES)) {
      if (cell(record[name]) === '') continue;
      await file.write(
        `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ` +
          `base64\r\n\r\n${base64Lines(cell(record[name]))}\r\n`,
      );
    }
    await file.write(`--${boundary}--\r\n`);
    return await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** @see RFC 5322, section 3.3 (dates), and RFC 2047 (words that are not ASCII) */
function headerText(header: string, value: string): string {
  const moment = header === 'Date' ? new Date(value.replace(/\+0000$/, 'Z')) : undefined;
  if (moment !== undefined && !Number.isNaN(moment.getTime())) {
    return moment.toUTCString().replace('GMT', '+0000');
  }
  const line = value.replace(/[\r\n]+/g, ' ');
  if (/^[\x20-\x7E]*$/.test(line)) return line;
  return (line.match(/.{1,10}/gu) ?? [])
    .map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`)
    .join('\r\n ');
}

const base64Lines = (text: string): string =>
  (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');
