/**
 * An object of the SOAP API, with the properties to ask for: `*` would return no rows and no error.
 */
export interface SoapObject {
  readonly name: string;
  readonly label: string;
  readonly properties: readonly string[];
}

const EVENT = [
  'SendID',
  'SubscriberKey',
  'EventDate',
  'EventType',
  'BatchID',
  'TriggeredSendDefinitionObjectID',
  'Client.ID',
  'PartnerKey',
];

/** @see Marketing Cloud Engagement SOAP API, object pages; read 2026-11 */
export const SUBSCRIBER: SoapObject = {
  name: 'Subscriber',
  label: 'Subscribers',
  properties: [
    'ID',
    'SubscriberKey',
    'EmailAddress',
    'Status',
    'EmailTypePreference',
    'CreatedDate',
    'UnsubscribedDate',
    'PartnerKey',
    'Client.ID',
  ],
};

/** What belongs to a subscriber, found by its key. */
export const BELONGINGS = {
  ListSubscriber: {
    name: 'ListSubscriber',
    label: 'List memberships',
    properties: [
      'ID',
      'ObjectID',
      'ListID',
      'SubscriberKey',
      'Status',
      'CreatedDate',
      'ModifiedDate',
      'UnsubscribedDate',
      'Client.ID',
      'PartnerKey',
    ],
  },
  SentEvent: { name: 'SentEvent', label: 'Messages sent', properties: EVENT },
  OpenEvent: { name: 'OpenEvent', label: 'Messages opened', properties: EVENT },
  ClickEvent: {
    name: 'ClickEvent',
    label: 'Links clicked',
    properties: [...EVENT, 'URLID', 'URL'],
  },
  BounceEvent: {
    name: 'BounceEvent',
    label: 'Messages returned',
    properties: [...EVENT, 'SMTPCode', 'SMTPReason', 'BounceCategory', 'BounceType'],
  },
  UnsubEvent: {
    name: 'UnsubEvent',
    label: 'Unsubscriptions',
    properties: [...EVENT, 'IsMasterUnsubscribed'],
  },
} as const satisfies Readonly<Record<string, SoapObject>>;
export type SoapBelonging = keyof typeof BELONGINGS;
