import type { Allowance } from './allowance.ts';
import type { Clock } from './clock.ts';
import type { Database, RowChange } from '../store/database.ts';
import type { Interceptor } from './faults.ts';
import { json, Refusal, type Call, type Route } from './http.ts';
import * as z from 'zod';
import type { Vendors } from '../vendors/opendsr-routes.ts';
import type { Drops } from '../privacy/consent/portability.ts';
import type { Restrictions } from '../store/restrictions.ts';
import { forNoWebPage } from './no-web-page.ts';
import { drop } from '../seed/privacy.ts';
import { fault } from '../seed/shape.ts';

/** What tests can change while the simulator runs. */
export interface ControlParts {
  readonly calls: Interceptor;
  readonly database: Database;
  readonly vendors: Vendors;
  readonly expireTokens: () => number;
  readonly clock: Clock;
  readonly allowance: Allowance;
  readonly restrictions: Restrictions;
  readonly drops: Drops;
}

/**
 * The control endpoint, `/control` on the vendors' port. It needs no token, because the simulator
 * listens only on loopback and these routes refuse web pages.
 */
export function controlRoutes(parts: ControlParts): Route[] {
  const {
    calls,
    database,
    vendors: { desk },
    expireTokens,
    restrictions,
  } = parts;
  return forNoWebPage([
    ...timeRoutes(parts),
    ...dropRoutes(parts),
    { method: 'GET', path: '/control', handle: () => json(200, calls.counts()) },
    { method: 'GET', path: '/control/calls', handle: () => json(200, calls.counts()) },
    {
      method: 'DELETE',
      path: '/control/calls',
      handle: () => {
        calls.resetCounts();
        return json(200, calls.counts());
      },
    },
    {
      method: 'POST',
      path: '/control/faults',
      handle: (call) => {
        const read = z.array(fault).safeParse([bodyOf(call)].flat());
        if (!read.success) throw new Refusal(json(400, { error: z.prettifyError(read.error) }));
        for (const ordered of read.data) {
          calls.order(ordered);
        }
        return json(201, { ordered: read.data.length });
      },
    },
    {
      method: 'DELETE',
      path: '/control/faults',
      handle: () => {
        calls.clear();
        return json(200, { ordered: 0 });
      },
    },
    {
      method: 'POST',
      path: '/control/tokens/expire',
      handle: () => json(200, { expired: expireTokens() }),
    },
    {
      method: 'POST',
      path: '/control/rows',
      handle: async (call) =>
        json(200, {
          rows: await database.change(bodyOf(call) as RowChange).catch((error: unknown) => {
            throw refused(error);
          }),
        }),
    },
    {
      method: 'POST',
      path: '/control/restricted',
      handle: async (call) => {
        const { dataSpace, partyIds } = bodyOf(call) as { dataSpace: string; partyIds: string[] };
        await restrictions.set(dataSpace, partyIds).catch((error: unknown) => {
          throw refused(error);
        });
        return json(200, { restricted: partyIds.length });
      },
    },
    {
      method: 'GET',
      path: '/control/vendors/:vendor/requests',
      handle: ({ params }) =>
        json(200, {
          requests: desk
            .list(params.vendor ?? '')
            .map(({ id, state, polls, receivedAt }) => ({ id, state, polls, receivedAt })),
        }),
    },
    {
      method: 'POST',
      path: '/control/vendors/:vendor/requests/:id/complete',
      handle: async ({ params }) => {
        const request = desk.get(params.vendor ?? '', params.id ?? '');
        if (request === undefined) {
          throw new Refusal(json(404, { error: 'there is no such request' }));
        }
        await desk.set(request, 'completed');
        return json(200, { state: request.state });
      },
    },
  ]);
}

/** The time, and the allowance of calls of a day. */
function timeRoutes({ clock, allowance }: ControlParts): Route[] {
  const time = () => json(200, { now: new Date(clock.now()).toISOString() });
  const limits = () => json(200, { max: allowance.max(), used: allowance.used() });
  return [
    { method: 'GET', path: '/control/clock', handle: time },
    {
      method: 'POST',
      path: '/control/clock',
      handle: async (call) => {
        const { advanceSeconds } = bodyOf(call) as { advanceSeconds?: unknown };
        if (typeof advanceSeconds !== 'number' || !(advanceSeconds >= 0)) {
          throw new Refusal(json(400, { error: 'advanceSeconds must be a number from 0' }));
        }
        await clock.advance(advanceSeconds);
        return time();
      },
    },
    { method: 'GET', path: '/control/limits', handle: limits },
    {
      method: 'POST',
      path: '/control/limits',
      handle: (call) => {
        const { max, used } = bodyOf(call) as { max?: unknown; used?: unknown };
        if (typeof max === 'number') allowance.setMax(max);
        if (typeof used === 'number') allowance.spendForOthers(used - allowance.used());
        return limits();
      },
    },
    {
      method: 'DELETE',
      path: '/control/limits',
      handle: () => {
        allowance.reset();
        return limits();
      },
    },
  ];
}

/** Portability drops, and where and how the next ones are written. */
function dropRoutes({ drops }: ControlParts): Route[] {
  const shown = () => json(200, { settings: drops.settings(), drops: drops.list() });
  return [
    { method: 'GET', path: '/control/drops', handle: shown },
    {
      method: 'POST',
      path: '/control/drops',
      handle: (call) => {
        const given = bodyOf(call) as object;
        const read = drop.safeParse({ ...drops.settings(), ...given });
        if (!read.success) throw new Refusal(json(400, { error: z.prettifyError(read.error) }));
        drops.change(read.data);
        return shown();
      },
    },
  ];
}

function bodyOf(call: Call): unknown {
  try {
    return JSON.parse(call.body.toString('utf8'));
  } catch {
    throw new Refusal(json(400, { error: 'the body is no JSON' }));
  }
}

const refused = (error: unknown): Refusal =>
  new Refusal(json(400, { error: error instanceof Error ? error.message : 'not understood' }));
