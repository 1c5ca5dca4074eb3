import type { Database, RowChange } from './database.ts';
import type { Interceptor } from './faults.ts';
import { json, Refusal, type Call, type Route } from './http.ts';
import * as z from 'zod';
import type { Vendors } from './opendsr-routes.ts';
import { fault } from './seed-shape.ts';

/** What tests may move while the simulator runs. */
export interface ControlParts {
  readonly calls: Interceptor;
  readonly database: Database;
  readonly vendors: Vendors;
  readonly expireTokens: () => number;
}

/**
 * The control endpoint, `/control` on the vendors' port. It wants no token: the simulator listens on loopback
 * alone.
 */
export function controlRoutes({ calls, database, vendors: { desk }, expireTokens }: ControlParts): Route[] {
  return [
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
        for (const ordered of read.data) calls.order(ordered);
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
    { method: 'POST', path: '/control/tokens/expire', handle: () => json(200, { expired: expireTokens() }) },
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
        await database.restrict(dataSpace, partyIds).catch((error: unknown) => {
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
        if (request === undefined) throw new Refusal(json(404, { error: 'there is no such request' }));
        await desk.set(request, 'completed');
        return json(200, { state: request.state });
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
