import type { Clock } from '../../server/clock.ts';
import type { KeyPair } from '../../server/credentials.ts';
import type { Call } from '../../server/http.ts';
import type { B2cCommerceNotes } from '../../seed/clouds.ts';
import type { CloudPlane } from '../cloud-plane.ts';
import { customerRoutes } from './customers.ts';
import { orderRoutes } from './orders.ts';
import { problemError, problemRefusal } from './problems.ts';
import { keepCommerceTokens } from './tokens.ts';

/** B2C Commerce: the account manager's token, customers, their addresses, and orders. */
export function b2cCommercePlane(
  notes: B2cCommerceNotes,
  client: KeyPair,
  clock: Clock,
): CloudPlane {
  const tokens = keepCommerceTokens(notes, client, clock);
  const check = (call: Call, scope: string): void => {
    tokens.check(call, scope);
    if (call.params.organization !== notes.organizationId) {
      throw problemRefusal(
        404,
        'organization-not-found',
        'Organization Not Found',
        'The organization does not exist.',
      );
    }
  };
  const customersOf = (call: Call) => {
    check(call, 'sfcc.customerlists');
    const customers = notes.customerLists[call.params.list ?? ''];
    if (customers === undefined) {
      throw problemRefusal(
        404,
        'customer-list-not-found',
        'Customer List Not Found',
        'The customer list does not exist.',
      );
    }
    return customers;
  };
  return {
    error: problemError,
    routes: [
      tokens.route,
      ...customerRoutes(customersOf),
      ...orderRoutes({
        ordersOf: (site) => notes.sites[site],
        check: (call) => check(call, 'sfcc.orders'),
        telling: notes.orderLists,
      }),
    ],
    expireAll: () => tokens.expireAll(),
  };
}
