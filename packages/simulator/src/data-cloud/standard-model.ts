/** One standard object of Data Cloud, from its documentation. */
export interface StandardObject {
  readonly label: string;
  readonly category: 'Profile' | 'Engagement' | 'Related';
  /** `name:label` or `name:label:type`, separated by commas. The lineage fields are added. */
  readonly fields: string;
  /**
   * `field > object` or `field > object.field`. ` inactive` at the end if nobody switched the edge
   * on.
   */
  readonly edges?: string;
}

const party = 'ssot__PartyId__c:Party, KQ_PartyId__c:Key Qualifier Party';
const toParty = 'ssot__PartyId__c > ssot__Individual__dlm, ssot__PartyId__c > ssot__Account__dlm';
const individual = 'ssot__IndividualId__c:Individual, KQ_IndividualId__c:Key Qualifier Individual';
const toIndividual = 'ssot__IndividualId__c > ssot__Individual__dlm';

/** Fields that every standard object has. */
const LINEAGE = `ssot__Id__c:Id, KQ_Id__c:Key Qualifier Id, ssot__DataSourceId__c:Data Source,
  ssot__DataSourceObjectId__c:Data Source Object, ssot__ExternalRecordId__c:External Record Id,
  ssot__InternalOrganizationId__c:Internal Organization, ssot__CreatedDate__c:Created Date:DATETIME,
  ssot__LastModifiedDate__c:Last Modified Date:DATETIME`;

/** Objects that every data space has, with or without rows. */
export const ALWAYS_THERE = [
  'ssot__Individual__dlm',
  'ssot__ContactPointEmail__dlm',
  'ssot__ContactPointPhone__dlm',
  'ssot__ContactPointAddress__dlm',
  'ssot__PartyIdentification__dlm',
];

/** The standard model: names, labels and edges of the objects that requests use most. */
export const STANDARD_OBJECTS: Readonly<Record<string, StandardObject>> = {
  ssot__Individual__dlm: {
    label: 'Individual',
    category: 'Profile',
    fields: `ssot__FirstName__c:First Name, ssot__LastName__c:Last Name, ssot__PersonName__c:Person Name,
      ssot__BirthDate__c:Birth Date:DATE, ssot__GlobalPartyId__c:Global Party,
      ssot__PrimaryAccountId__c:Primary Account, ssot__PrimaryHouseholdId__c:Primary Household,
      ssot__SendIndividualData___c:Send Individual Data`,
    edges:
      `ssot__PrimaryAccountId__c > ssot__Account__dlm, ssot__PrimaryHouseholdId__c > ` +
      `ssot__Household__dlm`,
  },
  ssot__ContactPointEmail__dlm: {
    label: 'Contact Point Email',
    category: 'Profile',
    edges: toParty,
    fields: `${party}, ssot__EmailAddress__c:Email Address, ssot__EmailMailBox__c:Email Mail Box,
      ssot__EmailDomain__c:Email Domain, ssot__EmailLatestBouncedateTime__c:Email Latest Bounce Date Time:DATETIME`,
  },
  ssot__ContactPointPhone__dlm: {
    label: 'Contact Point Phone',
    category: 'Profile',
    edges: toParty,
    fields: `${party}, ssot__TelephoneNumber__c:Telephone Number,
      ssot__FormattedE164PhoneNumber__c:Formatted E164 Phone Number`,
  },
  ssot__ContactPointAddress__dlm: {
    label: 'Contact Point Address',
    category: 'Profile',
    edges: toParty,
    fields: `${party}, ssot__AddressLine1__c:Address Line 1, ssot__CityId__c:City,
      ssot__PostalCodeId__c:Postal Code, ssot__CountryId__c:Country`,
  },
  ssot__ContactPointApp__dlm: {
    label: 'Contact Point App',
    category: 'Profile',
    edges: toParty,
    fields: `${party}, ssot__SoftwareApplicationId__c:Software Application`,
  },
  ssot__PartyIdentification__dlm: {
    label: 'Party Identification',
    category: 'Profile',
    edges: `ssot__PartyId__c > ssot__Individual__dlm`,
    fields: `${party}, ssot__IdentificationNumber__c:Identification Number,
      ssot__IdentificationName__c:Identification Name, ssot__PartyIdentificationTypeId__c:Party Identification Type`,
  },
  ssot__SalesOrder__dlm: {
    label: 'Sales Order',
    category: 'Engagement',
    edges: `ssot__SoldToCustomerId__c > ssot__Individual__dlm, ssot__AccountId__c > ssot__Account__dlm`,
    fields: `ssot__SoldToCustomerId__c:Sold To Customer, KQ_SoldToCustomerId__c:Key Qualifier Sold To Customer,
      ssot__BillToContactId__c:Bill To Contact, ssot__ShipToContactId__c:Ship To Contact,
      ssot__AccountId__c:Account, ssot__ConfirmationRecipientEmailtext__c:Confirmation Recipient Email,
      ssot__GrandTotalAmount__c:Grand Total Amount:NUMBER, ssot__OrderStartDate__c:Order Start Date:DATETIME`,
  },
  ssot__SalesOrderProduct__dlm: {
    label: 'Sales Order Product',
    category: 'Related',
    edges: `ssot__SalesOrderId__c > ssot__SalesOrder__dlm`,
    fields: `ssot__SalesOrderId__c:Sales Order, KQ_SalesOrderId__c:Key Qualifier Sales Order,
      ssot__ProductId__c:Product, ssot__OrderedQuantity__c:Ordered Quantity:NUMBER,
      ssot__TotalPriceAmount__c:Total Price Amount:NUMBER`,
  },
  ssot__EmailEngagement__dlm: {
    label: 'Email Engagement',
    category: 'Engagement',
    edges: `${toIndividual}, ssot__LeadlId__c > ssot__Lead__dlm inactive`,
    fields: `${individual}, ssot__EngagementDateTm__c:Engagement Date Time:DATETIME,
      ssot__EngagementChannelActionId__c:Engagement Channel Action, ssot__EmailName__c:Email Name,
      ssot__LeadlId__c:Lead`,
  },
  ssot__WebsiteEngagement__dlm: {
    label: 'Website Engagement',
    category: 'Engagement',
    edges: toIndividual,
    fields: `${individual}, ssot__EngagementDateTm__c:Engagement Date Time:DATETIME,
      ssot__EngagementChannelActionId__c:Engagement Channel Action, ssot__PageUrl__c:Page URL`,
  },
  ssot__DeviceApplicationEngagement__dlm: {
    label: 'Device Application Engagement',
    category: 'Engagement',
    edges: toIndividual,
    fields: `${individual}, ssot__EngagementDateTm__c:Engagement Date Time:DATETIME`,
  },
  ssot__ProductBrowseEngagement__dlm: {
    label: 'Product Browse Engagement',
    category: 'Engagement',
    edges: toIndividual,
    fields:
      `${individual}, ssot__EngagementDateTm__c:Engagement Date Time:DATETIME, ` +
      'ssot__ProductId__c:Product',
  },
  ssot__ProductOrderEngagement__dlm: {
    label: 'Product Order Engagement',
    category: 'Engagement',
    edges: toIndividual,
    fields:
      `${individual}, ssot__EngagementDateTm__c:Engagement Date Time:DATETIME, ` +
      'ssot__ProductId__c:Product',
  },
  ssot__Account__dlm: {
    label: 'Account',
    category: 'Profile',
    fields: `ssot__Name__c:Account Name, ssot__AccountTypeId__c:Account Type`,
  },
  ssot__Household__dlm: {
    label: 'Household',
    category: 'Profile',
    fields: `ssot__Name__c:Household Name, ssot__AccountId__c:Account`,
    edges: `ssot__AccountId__c > ssot__Account__dlm`,
  },
  ssot__AccountContact__dlm: {
    label: 'Account Contact',
    category: 'Related',
    edges: `${toIndividual}, ssot__AccountId__c > ssot__Account__dlm`,
    fields: `${individual}, ssot__AccountId__c:Account, ssot__BusinessRole__c:Business Role`,
  },
  ssot__LoyaltyProgramMember__dlm: {
    label: 'Loyalty Program Member',
    category: 'Related',
    edges: `ssot__PartyId__c > ssot__Individual__dlm, ssot__AccountId__c > ssot__Account__dlm,
        ssot__HouseholdId__c > ssot__Household__dlm`,
    fields: `${party}, ssot__AccountId__c:Account, ssot__HouseholdId__c:Household,
      ssot__MembershipNumber__c:Membership Number, ssot__PointsBalance__c:Points Balance:NUMBER`,
  },
  ssot__PersonLifeEvent__dlm: {
    label: 'Person Life Event',
    category: 'Related',
    edges: toIndividual,
    fields: `${individual}, ssot__EventType__c:Event Type, ssot__EventDate__c:Event Date:DATE`,
  },
};

const RESOLVED = [
  'ContactPointAddress',
  'ContactPointEmail',
  'ContactPointPhone',
  'ContactPointApp',
  'PartyIdentification',
  'Individual',
  'Account',
];

/**
 * The parts of an identity resolution object: `Individual` in `UnifiedLinkssotIndividualIr01__dlm`.
 * Undefined for any other object.
 */
export function resolutionOf(name: string):
  | {
      readonly kind: 'link' | 'unified';
      readonly source: string;
      readonly unified: string;
      readonly ruleset: string;
    }
  | undefined {
  if (!name.endsWith('__dlm')) return undefined;
  const [, body = '', generation = ''] = /^(.*?)(_std)?__dlm$/.exec(name) ?? [];
  const forms = [
    ['UnifiedLinkssot', 'link', 'Unifiedssot'],
    ['Unifiedssot', 'unified', 'Unifiedssot'],
  ] as const;
  for (const [prefix, kind, unified] of forms) {
    const source = RESOLVED.find((known) => body.startsWith(`${prefix}${known}`));
    if (source) {
      const ruleset = body.slice(prefix.length + source.length);
      return {
        kind,
        source: `ssot__${source}__dlm`,
        unified: `${unified}${source}${ruleset}__dlm`,
        ruleset,
      };
    }
  }
  const plain = RESOLVED.find(
    (known) => body === `${known}IdentityLink` || body === `Unified${known}`,
  );
  if (!plain) return undefined;
  return {
    kind: body.endsWith('IdentityLink') ? 'link' : 'unified',
    source: `ssot__${plain}__dlm`,
    unified: `Unified${plain}${generation}__dlm`,
    ruleset: '',
  };
}

const LINK_FIELDS = `SourceRecordId__c:Source Record, UnifiedRecordId__c:Unified Record,
  KQ_SourceRecordId__c:Key Qualifier Source Record, ssot__DataSourceId__c:Data Source,
  ssot__DataSourceObjectId__c:Data Source Object`;

/** The lines of the fields that an object always has. */
export function declaredFields(name: string): readonly string[] {
  const standard = STANDARD_OBJECTS[name];
  if (standard) return linesOf(`${LINEAGE}, ${standard.fields}`);
  const resolution = resolutionOf(name);
  if (resolution === undefined) return [];
  if (resolution.kind === 'link') return linesOf(LINK_FIELDS);
  const source = linesOf(STANDARD_OBJECTS[resolution.source]?.fields ?? '');
  return ['ssot__Id__c:Id', ...source.filter((field) => field !== '' && !field.startsWith('KQ_'))];
}

/** The lines of a text that separates them by commas. */
export const linesOf = (text: string): string[] => text.split(/,\s+/);
