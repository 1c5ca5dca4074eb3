/** One standard sObject. */
export interface StandardSObject {
  readonly label: string;
  /** The three characters at the start of its IDs. */
  readonly prefix: string;
  /**
   * `name:label`, `name:label:type` or `name:label > object,object`, separated by a comma and a
   * space. The type `BLOB` needs a call of its own.
   */
  readonly fields: string;
}

/**
 * Fields that every sObject has.
 *
 * @see Object Reference, "System Fields": who made and changed a record, when, and
 *   `SystemModstamp`; read 2026-11
 */
export const AUDIT = `CreatedDate:Created Date:DATETIME, LastModifiedDate:Last Modified Date:DATETIME,
  SystemModstamp:System Modstamp:DATETIME, OwnerId:Owner ID > User, CreatedById:Created By ID > User,
  LastModifiedById:Last Modified By ID > User, IsDeleted:Deleted:BOOLEAN`;
const NAMES = 'FirstName:First Name, LastName:Last Name, Name:Full Name';
const ACTIVITY = `WhoId:Name ID > Contact,Lead, WhatId:Related To ID > Account,Opportunity,Case,Asset,Order,
  AccountId:Account ID > Account, Subject:Subject, Description:Description, IsArchived:Archived:BOOLEAN`;
const FILE_OWNERS =
  'Account,Contact,Lead,Individual,User,Case,Opportunity,Task,Event,EmailMessage,Asset,Order';
const STREET = 'Street:Street, City:City, PostalCode:Postal Code, Country:Country';
const address = (kind: string): string =>
  STREET.replace(/(?<!\w)(\w+):([^,]+)/g, `${kind}$1:${kind} $2`);

/** Standard objects of Sales and Service, with the fields that hold personal data or lead to it. */
export const STANDARD_SOBJECTS: Readonly<Record<string, StandardSObject>> = {
  Account: {
    label: 'Account',
    prefix: '001',
    fields: `Name:Account Name, IsPersonAccount:Is Person Account:BOOLEAN, PersonContactId:Contact ID > Contact,
      PersonEmail:Email, PersonMobilePhone:Mobile, PersonBirthdate:Birthdate:DATE,
      PersonIndividualId:Individual ID > Individual, FirstName:First Name, LastName:Last Name, Phone:Account Phone,
      ${address('Billing')}, ParentId:Parent Account ID > Account, Description:Account Description`,
  },
  Contact: {
    label: 'Contact',
    prefix: '003',
    fields: `${NAMES}, Email:Email, Phone:Business Phone, MobilePhone:Mobile Phone, Birthdate:Birthdate:DATE,
      ${address('Mailing')}, AccountId:Account ID > Account, IndividualId:Individual ID > Individual,
      ReportsToId:Reports To ID > Contact, LeadSource:Lead Source, Title:Title, Description:Contact Description`,
  },
  Lead: {
    label: 'Lead',
    prefix: '00Q',
    fields: `${NAMES}, Email:Email, Phone:Phone, MobilePhone:Mobile Phone, Company:Company, Title:Title,
      Status:Status, ${STREET}, IndividualId:Individual ID > Individual,
      ConvertedContactId:Converted Contact ID > Contact, ConvertedAccountId:Converted Account ID > Account`,
  },
  Individual: {
    label: 'Individual',
    prefix: '0PK',
    fields: `${NAMES}, BirthDate:Birth Date:DATE, HasOptedOutProcessing:Do Not Process:BOOLEAN,
      ShouldForget:Forget This Individual:BOOLEAN`,
  },
  User: {
    label: 'User',
    prefix: '005',
    fields: `${NAMES}, Username:Username, Email:Email, ContactId:Contact ID > Contact,
      AccountId:Account ID > Account, IndividualId:Individual ID > Individual, IsActive:Active:BOOLEAN,
      UserType:User Type`,
  },
  Case: {
    label: 'Case',
    prefix: '500',
    fields: `CaseNumber:Case Number, ContactId:Contact ID > Contact, AccountId:Account ID > Account,
      AssetId:Asset ID > Asset, SuppliedEmail:Email Address, SuppliedName:Name, SuppliedPhone:Phone,
      Subject:Subject, Description:Description, Status:Status, Origin:Case Origin`,
  },
  CaseComment: {
    label: 'Case Comment',
    prefix: '00a',
    fields: `ParentId:Parent Case ID > Case, CommentBody:Body, IsPublished:Published:BOOLEAN`,
  },
  Task: {
    label: 'Task',
    prefix: '00T',
    fields: `${ACTIVITY}, ActivityDate:Due Date Only:DATE, Status:Status, Type:Type`,
  },
  Event: {
    label: 'Event',
    prefix: '00U',
    fields: `${ACTIVITY}, StartDateTime:Start Date Time:DATETIME, Location:Location`,
  },
  EmailMessage: {
    label: 'Email Message',
    prefix: '02s',
    fields: `ParentId:Case ID > Case, RelatedToId:Related To ID > Case,Account,Opportunity,
      FromAddress:From Address, FromName:From Name, ToAddress:To Address, CcAddress:CC Address,
      BccAddress:BCC Address, Subject:Subject, TextBody:Text Body, HtmlBody:HTML Body,
      MessageDate:Message Date:DATETIME, Incoming:Is Incoming:BOOLEAN, HasAttachment:Has Attachment:BOOLEAN`,
  },
  EmailMessageRelation: {
    label: 'Email Message Relation',
    prefix: '0WO',
    fields: `EmailMessageId:Email Message ID > EmailMessage, RelationId:Relation ID > Contact,Lead,User,
      RelationAddress:Relation Address, RelationType:Relation Type`,
  },
  Opportunity: {
    label: 'Opportunity',
    prefix: '006',
    fields: `Name:Name, AccountId:Account ID > Account, ContactId:Contact ID > Contact, Amount:Amount:NUMBER,
      StageName:Stage, CloseDate:Close Date:DATE, Description:Description`,
  },
  OpportunityContactRole: {
    label: 'Opportunity Contact Role',
    prefix: '00K',
    fields: `OpportunityId:Opportunity ID > Opportunity, ContactId:Contact ID > Contact, Role:Role,
      IsPrimary:Primary:BOOLEAN`,
  },
  AccountContactRelation: {
    label: 'Account Contact Relationship',
    prefix: '07k',
    fields:
      `AccountId:Account ID > Account, ContactId:Contact ID > Contact, Roles:Roles, ` +
      `IsDirect:Direct:BOOLEAN`,
  },
  Campaign: { label: 'Campaign', prefix: '701', fields: `Name:Name, Type:Type, Status:Status` },
  CampaignMember: {
    label: 'Campaign Member',
    prefix: '00v',
    fields: `CampaignId:Campaign ID > Campaign, ContactId:Contact ID > Contact, LeadId:Lead ID > Lead,
      Status:Status, Email:Email, HasResponded:Responded:BOOLEAN`,
  },
  Asset: {
    label: 'Asset',
    prefix: '02i',
    fields: `Name:Asset Name, ContactId:Contact ID > Contact, AccountId:Account ID > Account,
      SerialNumber:Serial Number, PurchaseDate:Purchase Date:DATE`,
  },
  Contract: {
    label: 'Contract',
    prefix: '800',
    fields: `ContractNumber:Contract Number, AccountId:Account ID > Account,
      CustomerSignedId:Customer Signed By ID > Contact, Status:Status, StartDate:Contract Start Date:DATE`,
  },
  Order: {
    label: 'Order',
    prefix: '801',
    fields: `OrderNumber:Order Number, AccountId:Account ID > Account,
      BillToContactId:Bill To Contact ID > Contact, ShipToContactId:Ship To Contact ID > Contact,
      TotalAmount:Order Amount:NUMBER, Status:Status, EffectiveDate:Order Start Date:DATE`,
  },
  OrderItem: {
    label: 'Order Product',
    prefix: '802',
    fields: `OrderId:Order ID > Order, Description:Line Description, Quantity:Quantity:NUMBER,
      TotalPrice:Total Price:NUMBER`,
  },
  ContactPointEmail: {
    label: 'Contact Point Email',
    prefix: '9Vl',
    fields: `ParentId:Parent ID > Individual,Account, EmailAddress:Email Address`,
  },
  ContactPointConsent: {
    label: 'Contact Point Consent',
    prefix: '0aB',
    fields: `Name:Name, ContactPointId:Contact Point ID > ContactPointEmail,
      PrivacyConsentStatus:Privacy Consent Status`,
  },
  LoyaltyProgramMember: {
    label: 'Loyalty Program Member',
    prefix: '0lM',
    fields: `ContactId:Contact ID > Contact, AccountId:Account ID > Account, MembershipNumber:Membership Number,
      MemberStatus:Member Status`,
  },
  Attachment: {
    label: 'Attachment',
    prefix: '00P',
    fields: `ParentId:Parent ID > ${FILE_OWNERS}, Name:File Name,
      ContentType:Content Type, BodyLength:Body Length:NUMBER, Body:Body:BLOB, Description:Description`,
  },
  ContentDocument: {
    label: 'Content Document',
    prefix: '069',
    fields: `Title:Title, FileExtension:File Extension, FileType:File Type, ContentSize:Size:NUMBER,
      LatestPublishedVersionId:Latest Published Version ID > ContentVersion`,
  },
  ContentDocumentLink: {
    label: 'Content Document Link',
    prefix: '06A',
    fields: `ContentDocumentId:Content Document ID > ContentDocument, ShareType:Share Type, Visibility:Visibility,
      LinkedEntityId:Linked Entity ID > ${FILE_OWNERS}`,
  },
  ContentVersion: {
    label: 'Content Version',
    prefix: '068',
    fields: `ContentDocumentId:Content Document ID > ContentDocument, Title:Title, PathOnClient:Path On Client,
      FileExtension:File Extension, FileType:File Type, ContentSize:Size:NUMBER, VersionNumber:Version Number,
      IsLatest:Is Latest:BOOLEAN, VersionData:Version Data:BLOB`,
  },
  // API users without View Setup may ask it about themselves: Object Reference,
  // "UserPermissionAccess", API 41.0 and later.
  UserPermissionAccess: {
    label: 'User Permission Access',
    prefix: '000',
    fields: `PermissionsViewAllData:View All Data:BOOLEAN, PermissionsQueryAllFiles:Query All Files:BOOLEAN,
      PermissionsViewAllFields:View All Fields:BOOLEAN`,
  },
  FieldDefinition: {
    label: 'Field Definition',
    prefix: '000',
    fields: `QualifiedApiName:Qualified API Name, EntityDefinitionId:Entity Definition ID`,
  },
  Dataspace: { label: 'Data Space', prefix: '0vh', fields: `Name:Name, Label:Label` },
};
