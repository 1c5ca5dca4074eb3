import { isDeepStrictEqual } from 'node:util';
import type { RequestInput } from '../../src/contract/request.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import type { Simulator } from '@dossier/salesforce-simulator';
import { countsIn, opened } from './evidence.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

/**
 * One fault, as the simulator is told of it. `gap`: the reasons that a gap may have while it is not
 * mended, or `system: reason`.
 */
export interface WalkedFault {
  readonly name: string;
  readonly kind: string;
  readonly more?: object;
  readonly gap?: readonly string[];
}

const HEALED: readonly WalkedFault[] = [
  { name: '401', kind: 'unauthorized' },
  { name: '403 limit', kind: 'limit' },
  { name: '429 with Retry-After', kind: 'too-many', more: { retryAfter: 1 } },
  { name: '429 without', kind: 'too-many' },
  { name: '503 JSON', kind: 'unavailable' },
  { name: '503 HTML', kind: 'html' },
  { name: 'dropped', kind: 'drop' },
  { name: 'cut amid the answer', kind: 'cut' },
  { name: 'lost answer', kind: 'lost-answer' },
  { name: 'slow', kind: 'slow', more: { delayMs: 300 } },
];
/** Every fault of the walk. The last ones may end in a gap, which a retry mends. */
export const FAULTS: readonly WalkedFault[] = [
  ...HEALED,
  { name: 'expired', kind: 'gone', gap: ['rejected', 'restricted'] },
  { name: '403', kind: 'forbidden', gap: ['denied', 'restricted'] },
  { name: '400', kind: 'bad-request', gap: ['rejected', 'restricted'] },
  { name: '414', kind: 'too-long', gap: ['rejected', 'restricted'] },
  { name: 'locked row', kind: 'locked', gap: ['rejected', 'restricted', 'unavailable'] },
  { name: 'foreign shape', kind: 'foreign', gap: ['unreadable'] },
  { name: 'login page with 200', kind: 'login-page', gap: ['unreadable'] },
  { name: 'error with 200', kind: 'error-in-200', gap: ['unreadable', 'rejected', 'restricted'] },
];

/** How one request ended while one of its calls met a fault. */
export interface Ended {
  readonly fault: string;
  /** The call that was hit, counted from 0 over all that match. */
  readonly call: number;
  readonly hit: boolean;
  /** Gaps that stood while the fault was not mended, as `system: reason`. */
  readonly gaps: readonly string[];
  /** What is wrong with the end; undefined if nothing is. */
  readonly wrong?: string;
}

export interface Walk {
  readonly world: World;
  /** Calls of one request without faults. */
  readonly calls: number;
  /** Rows of the package without faults, by marker. */
  readonly expected: Readonly<Record<string, number>>;
  /**
   * Answers a request while one of its calls meets a fault; what became a gap is tried again.
   * `only`: counts and hits the calls of this pattern, in place of the walk's own.
   */
  run(fault: WalkedFault, call: number, only?: string): Promise<Ended>;
  stop(): Promise<void>;
}

export interface WalkOptions extends Omit<WorldOptions, 'salesforce'> {
  /** Fields of the section `salesforce`, or what makes them from the simulator's addresses. */
  readonly salesforce?:
    | Record<string, unknown>
    | ((simulator: Simulator) => Record<string, unknown>);
  readonly subject: RequestInput['subject'];
  /** `access` by default. */
  readonly type?: RequestInput['type'];
  /** What marks a row. */
  readonly marker: RegExp;
  /** Calls that faults may hit, as the simulator matches them. */
  readonly match?: string;
  /** Does what the request waits for of people, again and again: vendors' answers, say. */
  readonly attend?: (world: World, status: RequestStatus) => Promise<void>;
  /** Called with the world before its first request. */
  readonly opened?: (world: World) => void;
}

/**
 * Opens a world to walk over. Metadata are never kept in it, and waits for the allowance are short.
 */
export async function openWalk({
  subject,
  type = 'access',
  marker,
  match = '^(?!vendors)\\S+ (GET|POST|PATCH|PUT) ',
  attend = async () => undefined,
  opened: ready,
  salesforce = {},
  ...options
}: WalkOptions): Promise<Walk> {
  const world = await openWorld({
    ...options,
    salesforce: (simulator) => ({
      discoverEvery: '0m',
      limitWait: '1s',
      keepFree: '0%',
      ...(typeof salesforce === 'function' ? salesforce(simulator) : salesforce),
    }),
  });
  const control = async (path: string, method: string, body?: unknown) => {
    const answer = await fetch(`${world.simulator.control}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as {
      calls: Record<string, number>;
      faults: Record<string, number>;
    };
  };
  const sum = (counts: Readonly<Record<string, number>>, pattern = match) =>
    Object.entries(counts)
      .filter(([call]) => new RegExp(pattern).test(call))
      .reduce((total, [, count]) => total + count, 0);
  let runs = 0;
  ready?.(world);

  /**
   * Answers a request to the end, and gives the gaps that stood on the way and the rows of the
   * package.
   */
  const answer = async (): Promise<{
    gaps: string[];
    rows: Record<string, number>;
    left: string[];
  }> => {
    runs += 1;
    const requestId = `W-${runs}`;
    await world.start({ requestId, type, subject });
    const gaps = new Set<string>();
    for (;;) {
      const status = await world.until(
        requestId,
        ({ stage, waits }) =>
          stage === 'delivered' || waits.some(({ owner }) => owner !== 'dossier'),
        'an end',
      );
      if (status.stage === 'delivered') {
        return {
          gaps: [...gaps],
          rows: countsIn(await opened(status.package), marker),
          left: status.gaps.map(({ system, because }) => `${system}: ${because}`),
        };
      }
      for (const { on, owner } of status.waits) {
        const own = status.gaps.filter(({ system }) => system === on);
        if (owner !== 'operator' || own.length === 0 || on.startsWith('data-source:')) continue;
        for (const { because } of own) {
          gaps.add(`${on}: ${because}`);
        }
        await control('/faults', 'DELETE');
        await world
          .order(requestId, 'retrySystem', { system: on, by: 'walk' })
          .catch(() => undefined);
      }
      await attend(world, status);
    }
  };

  await control('/calls', 'DELETE');
  const clean = await answer();
  const calls = sum((await control('/calls', 'GET')).calls);
  return {
    world,
    calls,
    expected: clean.rows,
    async run(fault, call, only = match) {
      await control('/faults', 'DELETE');
      await control('/calls', 'DELETE');
      await control('/faults', 'POST', {
        match: only,
        kind: fault.kind,
        after: call,
        times: 1,
        ...fault.more,
      });
      const { gaps, rows, left } = await answer();
      const hit = sum((await control('/calls', 'GET')).faults, only) > 0;
      const strange = gaps.filter(
        (gap) =>
          !(fault.gap ?? []).some((known) => gap === known || gap.endsWith(`: ${known}`)) &&
          !clean.gaps.includes(gap) &&
          !clean.left.includes(gap),
      );
      const [wrong] = [
        ...(strange.length > 0 ? [`gaps ${strange.join(', ')}`] : []),
        ...(isDeepStrictEqual(rows, clean.rows)
          ? []
          : [`rows ${JSON.stringify(differing(rows, clean.rows))}`]),
        ...(isDeepStrictEqual(left.toSorted(), clean.left.toSorted())
          ? []
          : [`left ${left.join(', ')}`]),
      ];
      return { fault: fault.name, call, hit, gaps, ...(wrong !== undefined && { wrong }) };
    },
    stop: () => world.stop(),
  };
}

/** Markers that stand another number of times than expected: found, expected. */
function differing(
  found: Readonly<Record<string, number>>,
  expected: Readonly<Record<string, number>>,
): Record<string, [number, number]> {
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return Object.fromEntries(
    [...names]
      .filter((name) => found[name] !== expected[name])
      .map((name) => [name, [found[name] ?? 0, expected[name] ?? 0]]),
  );
}
