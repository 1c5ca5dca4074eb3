import { randomUUID } from 'node:crypto';
import { json, jsonBody, type Answer, type Call, type Route } from '../../server/http.ts';
import type { BusinessUnit, MarketingCloudNotes } from '../../seed/clouds.ts';
import { restRefusal } from './rest-errors.ts';

/**
 * Contact keys of e-mail addresses, up to the number that the caller asks for. Without a number the
 * default is small.
 *
 * @see Marketing Cloud Engagement, retrieveContactKey.htm: without a match the details hold an
 *   empty object; read 2026-11-28
 */
export function contactRoutes(
  notes: MarketingCloudNotes,
  unitOf: (call: Call) => BusinessUnit,
): Route[] {
  const plain = (email: string): string =>
    notes.emailCase === 'insensitive' ? email.toLowerCase() : email;
  const nobody: readonly object[] = notes.unknownContact === 'empty-object' ? [{}] : [];
  const detailsOf = (unit: BusinessUnit, address: unknown, most: number): readonly object[] => {
    const found = unit.contacts
      .filter(({ email }) => typeof address === 'string' && plain(email) === plain(address))
      .slice(0, most)
      .map(({ contactKey, createDate = '2020-01-01T00:00:00' }) => ({ contactKey, createDate }));
    return found.length === 0 ? nobody : found;
  };
  const search = (call: Call): Answer => {
    const unit = unitOf(call);
    const { channelAddressList: addresses, maximumCount = notes.maximumCount } = jsonBody(call);
    if (!Array.isArray(addresses) || addresses.length === 0) {
      throw restRefusal(400, 10_003, 'channelAddressList is required');
    }
    if (!Number.isInteger(maximumCount) || Number(maximumCount) < 1) {
      throw restRefusal(400, 10_003, 'maximumCount must be a whole number from 1');
    }
    return json(200, {
      channelAddressResponseEntities: addresses.map((address: unknown) => ({
        contactKeyDetails: detailsOf(unit, address, Number(maximumCount)),
        channelAddress: address,
      })),
      requestServiceMessageID: randomUUID(),
      resultMessages: [],
      serviceMessageID: randomUUID(),
    });
  };
  return [{ method: 'POST', path: '/rest/contacts/v1/addresses/email/search', handle: search }];
}
