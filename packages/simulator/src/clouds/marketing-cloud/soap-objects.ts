import { textOfValue } from '../../server/exact-json.ts';
import type { BusinessUnit } from '../../seed/clouds.ts';
import { fieldsOf, guidOf } from './data-extensions.ts';

/** What a retrieval reads: the allowed properties, and the rows by property. */
export interface SoapObject {
  readonly type: string;
  readonly properties: ReadonlySet<string>;
  readonly rows: readonly ReadonlyMap<string, string>[];
  /** Rows of a data extension have another form, and rules of their own. */
  readonly isDataExtension: boolean;
}

const EVERY = 'ObjectID, PartnerKey, Client.ID, CreatedDate, ModifiedDate';
const EVENT =
  `${EVERY}, SubscriberKey, SendID, EventDate, EventType, BatchID, ` +
  'TriggeredSendDefinitionObjectID, ListID';
/** Properties of the types that always exist. */
const TYPES: Readonly<Record<string, string>> = {
  Subscriber: `${EVERY}, ID, SubscriberKey, EmailAddress, Status, UnsubscribedDate, EmailTypePreference`,
  ListSubscriber: `${EVERY}, ID, ListID, SubscriberKey, Status, UnsubscribedDate`,
  List: `${EVERY}, ID, ListName, Description, Category`,
  Send: `${EVERY}, ID, EmailName, Subject, FromAddress, FromName, SentDate, Status`,
  SentEvent: EVENT,
  OpenEvent: EVENT,
  ClickEvent: `${EVENT}, URL, URLID`,
  BounceEvent: `${EVENT}, BounceCategory, BounceType, SMTPCode, SMTPReason`,
  UnsubEvent: `${EVENT}, IsMasterUnsubscribed`,
  DataExtension: `${EVERY}, CustomerKey, Name, Description, IsSendable`,
  DataExtensionField:
    `${EVERY}, CustomerKey, Name, FieldType, IsPrimaryKey, IsRequired, MaxLength, Ordinal, ` +
    'DataExtension.CustomerKey',
};
const DATA_EXTENSION_OBJECT = /^DataExtensionObject\[(.+)\]$/;

/** The object of a type in the business units. Undefined if there is no such type. */
export function soapObject(type: string, units: readonly BusinessUnit[]): SoapObject | undefined {
  const key = DATA_EXTENSION_OBJECT.exec(type)?.[1];
  if (key !== undefined) return rowsOfExtension(type, key, units);
  const rows = units.flatMap((unit) => [
    ...(unit.soap[type] ?? []).map(textsOf),
    ...madeRows(type, unit),
  ]);
  const known = TYPES[type]?.split(', ');
  if (known === undefined && !units.some(({ soap }) => soap[type])) return undefined;
  const properties = new Set([...(known ?? []), ...rows.flatMap((row) => [...row.keys()])]);
  return { type, properties, rows, isDataExtension: false };
}

function rowsOfExtension(
  type: string,
  key: string,
  units: readonly BusinessUnit[],
): SoapObject | undefined {
  const all = units.flatMap(({ dataExtensions }) => dataExtensions);
  // github.com/salesforce-marketingcloud/FuelSDK-Python, FuelSDK/objects.py, ET_DataExtension_Row,
  // writes the name.
  const extension = all.find((it) => it.key === key) ?? all.find((it) => it.name === key);
  if (extension === undefined) return undefined;
  const properties = new Set(fieldsOf(extension).keys());
  return { type, properties, rows: extension.rows.map(textsOf), isDataExtension: true };
}

/** Data extensions and their fields. A seed gives them once, so their rows are made from that. */
function madeRows(type: string, { dataExtensions }: BusinessUnit): ReadonlyMap<string, string>[] {
  if (type === 'DataExtension') {
    return dataExtensions.map((it) =>
      textsOf({ ObjectID: guidOf(it), CustomerKey: it.key, Name: it.name, IsSendable: false }),
    );
  }
  if (type !== 'DataExtensionField') return [];
  return dataExtensions.flatMap((extension) =>
    [...fieldsOf(extension)].map(([name, fieldType], ordinal) =>
      textsOf({
        ObjectID: guidOf({ key: `${extension.key}.${name}` }),
        CustomerKey: `[${extension.key}].[${name}]`,
        Name: name,
        FieldType: fieldType,
        IsPrimaryKey: extension.primaryKeys.includes(name),
        IsRequired: extension.primaryKeys.includes(name),
        Ordinal: String(ordinal),
        'DataExtension.CustomerKey': extension.key,
      }),
    ),
  );
}

const textsOf = (row: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(row).map(([name, value]) => [name, textOfValue(value)]));
