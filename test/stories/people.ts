import type { Seed } from '@dossier/salesforce-simulator';

/**
 * A seed of one person, with so many website visits that PostgreSQL makes by itself. Visit 7 is
 * known by `GEN-7`.
 */
export function personWithVisits({
  email,
  partyId,
  visits,
  ...rest
}: {
  email: string;
  partyId: string;
  visits: number;
} & Partial<Seed>): Seed {
  return {
    dataCloud: {
      default: {
        ssot__Individual__dlm: [
          {
            ssot__Id__c: partyId,
            KQ_Id__c: 'crm',
            ssot__FirstName__c: 'Vera',
            ssot__LastName__c: 'Test',
            ssot__BirthDate__c: '1990-01-02',
          },
        ],
        ssot__ContactPointEmail__dlm: [
          {
            ssot__Id__c: `CPE-${partyId}`,
            KQ_Id__c: 'crm',
            ssot__PartyId__c: partyId,
            KQ_PartyId__c: 'crm',
            ssot__EmailAddress__c: email,
          },
        ],
      },
    },
    generate: {
      default: {
        ssot__WebsiteEngagement__dlm: {
          count: visits,
          partyId,
          keyQualifier: 'crm',
          fields: {
            ssot__PageUrl__c: 'https://shop.acme.example/page/{n}',
            ssot__EngagementChannelActionId__c: 'View',
          },
        },
      },
    },
    ...rest,
  };
}
