import * as z from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import { plainEmail } from '../shared/tell-apart.ts';
import { bearer, type BusinessUnit } from './business-unit.ts';

/** An unknown person is an empty object among the details: "Search Contacts by Email Address". */
const detailShape = z.looseObject({
  contactKey: z.union([z.string(), z.number().transform(String)]).nullish(),
});
const answerShape = z.looseObject({
  channelAddressResponseEntities: z
    .array(
      z.looseObject({
        channelAddress: z.string().nullish(),
        contactKeyDetails: z.array(detailShape).nullish(),
      }),
    )
    .nullish(),
  resultMessages: z.array(z.looseObject({ resultType: z.string().nullish() })).nullish(),
});

/**
 * Keys to ask for at once. The server's own limit is low, and it is silent when it leaves keys out.
 */
const AT_ONCE = 1000;
const MOST = 100_000;

/**
 * Every contact key of an e-mail address in a business unit.
 *
 * @throws SystemFailure
 * @see Marketing Cloud Engagement, `POST /contacts/v1/addresses/email/search`
 *   (retrieveContactKey.htm); read 2026-11-28
 */
export async function contactKeys(
  { client, system }: BusinessUnit,
  email: string,
): Promise<string[]> {
  for (let maximumCount = AT_ONCE; ; maximumCount *= 10) {
    const { channelAddressResponseEntities: entities, resultMessages } = await client.ask(
      answerShape,
      (token) => ({
        method: 'POST',
        url: `${token.rest}contacts/v1/addresses/email/search`,
        headers: { ...bearer(token), 'content-type': 'application/json' },
        body: JSON.stringify({ channelAddressList: [email.trim()], maximumCount }),
      }),
    );
    if (resultMessages?.some(({ resultType }) => /error/i.test(resultType ?? ''))) {
      throw new SystemFailure({ kind: 'rejected', system, code: 'SEARCH_ERROR' });
    }
    if (entities === undefined || entities === null) {
      throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_SHAPE' });
    }
    const own = entities.filter(
      ({ channelAddress }) =>
        typeof channelAddress === 'string' && plainEmail(channelAddress) === plainEmail(email),
    );
    const keys = own.flatMap(({ contactKeyDetails }) =>
      (contactKeyDetails ?? []).flatMap(({ contactKey }) =>
        contactKey === null || contactKey === undefined || contactKey === '' ? [] : [contactKey],
      ),
    );
    if (
      keys.length === 0 &&
      entities.some(
        ({ channelAddress, contactKeyDetails }) =>
          typeof channelAddress !== 'string' &&
          contactKeyDetails?.some(({ contactKey }) => contactKey),
      )
    ) {
      throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_SHAPE' });
    }
    if (keys.length < maximumCount) return [...new Set(keys)];
    if (maximumCount >= MOST) {
      throw new SystemFailure({
        kind: 'rejected',
        system,
        code: 'TOO_MANY_CONTACTS',
        action: `An address stands for more than ${MOST} contacts; it is nobody's own.`,
      });
    }
  }
}
