import type { Clock } from '../../server/clock.ts';
import type { KeyPair } from '../../server/credentials.ts';
import type { ErrorShape } from '../../server/faults.ts';
import { bearerOf, json, type Call } from '../../server/http.ts';
import type { BusinessUnit, MarketingCloudNotes } from '../../seed/clouds.ts';
import type { CloudPlane } from '../cloud-plane.ts';
import { contactRoutes } from './contacts.ts';
import { dataExtensionRoutes } from './data-extensions.ts';
import { restErrorBody, restRefusal } from './rest-errors.ts';
import { soapError, soapRoutes } from './soap.ts';
import { keepUnitTokens } from './tokens.ts';

/**
 * Marketing Cloud Engagement: `/v2/token`, `/rest/` and `/soap/`. A token sees one business unit.
 */
export function marketingCloudPlane(
  notes: MarketingCloudNotes,
  client: KeyPair,
  clock: Clock,
  base: () => string,
): CloudPlane {
  const tokens = keepUnitTokens(notes, client, clock, base);
  const unitOfToken = (token: string): BusinessUnit | undefined =>
    notes.businessUnits[tokens.midOf(token) ?? ''];
  const unitOf = (call: Call): BusinessUnit => {
    const unit = unitOfToken(bearerOf(call));
    if (unit === undefined) throw restRefusal(401, 0, 'Not Authorized');
    return unit;
  };
  const { pageSize } = notes;
  return {
    error,
    routes: [
      tokens.route,
      ...contactRoutes(notes, unitOf),
      ...dataExtensionRoutes({ clock, pageSize, unitOf }),
      ...soapRoutes({
        unitOf: unitOfToken,
        allUnits: Object.values(notes.businessUnits),
        pageSize,
      }),
    ],
    expireAll: () => tokens.expireAll(),
  };
}

const error: ErrorShape = (plain, call) => {
  if (call.path.startsWith('/soap/')) return soapError(plain);
  if (call.path === '/v2/token') {
    return json(plain.status, {
      error: plain.code.toLowerCase(),
      error_description: plain.message,
    });
  }
  if (plain.status === 401) return json(401, restErrorBody(0, 'Not Authorized'));
  if (plain.status === 403) {
    return json(403, { message: 'Insufficient privileges to complete this action.' });
  }
  return json(plain.status, restErrorBody(plain.status >= 500 ? 50_000 : 10_000, plain.message));
};
