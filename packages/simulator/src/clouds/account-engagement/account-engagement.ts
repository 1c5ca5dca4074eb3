import { keepAllowance } from '../../server/allowance.ts';
import type { Clock } from '../../server/clock.ts';
import { exactJson, textOfValue } from '../../server/exact-json.ts';
import { bearerOf, json, type Answer, type Call } from '../../server/http.ts';
import type { AccountEngagementNotes } from '../../seed/clouds.ts';
import type { CloudPlane } from '../cloud-plane.ts';
import { aeError, aeRefusal, DAILY } from './errors.ts';
import { isObject } from './object-fields.ts';
import { keepPageTokens, type Sequence } from './page-tokens.ts';
import { isWanted, projection, selectRecords, type Unit } from './select-records.ts';

const ROOT = '/api/v5/objects';
const DEFAULT_LIMIT = 200;
const LONGEST_LIMIT = 1_000;
const WITH_TOKEN = new Set(['fields', 'nextPageToken']);
/** The texts of warnings in Pardot's own API framework (class `ApiWarnings`); read 2026-11-28. */
const CUT = 'Record count for nextPageToken sequence has been exceeded. No page token returned.';
const REDACTED = 'Record(s) have been redacted from output due to access rules';

/**
 * Account Engagement, version 5. It accepts tokens of the core, and a header that names the
 * business unit.
 */
export function accountEngagementPlane(
  notes: AccountEngagementNotes,
  isToken: (token: string) => boolean,
  clock: Clock,
  base: () => string,
): CloudPlane {
  const tokens = keepPageTokens(clock);
  const allowance = keepAllowance(clock, notes.dailyRequests);
  let under = 0;

  const unitOf = (call: Call): { id: string; unit: Unit } => {
    const token = bearerOf(call);
    if (token === '') throw aeRefusal(401, 49, 'Access Denied');
    if (!isToken(token)) {
      throw aeRefusal(401, 184, 'access_token is invalid, unknown, or malformed');
    }
    const id = call.headers['pardot-business-unit-id'];
    if (typeof id !== 'string') {
      throw aeRefusal(
        400,
        181,
        'A required header is missing: Pardot-Business-Unit-Id header not found on request.',
      );
    }
    const unit = notes.businessUnits[id];
    if (unit === undefined) {
      throw aeRefusal(
        403,
        201,
        'Business Unit specified in Pardot-Business-Unit-Id header not found or inactive.',
      );
    }
    const object = call.params.object ?? '';
    if (!isObject(object, unit)) throw aeRefusal(404, 198, 'Endpoint not found');
    return { id, unit };
  };
  const fieldsAsked = (call: Call): string[] => {
    const fields = (call.query.get('fields') ?? '').split(',').map((field) => field.trim());
    if (fields.every((field) => field === '')) {
      throw aeRefusal(400, 13, 'One or more required parameters are missing: fields');
    }
    return fields.filter((field) => field !== '');
  };
  const answer = (call: Call, value: object, more: Record<string, string> = {}): Answer => {
    const usage = { 'x-api-usage': `${allowance.used()}/${allowance.max()}` };
    return exactJson(200, value, {
      ...(call.headers['x-return-api-usage'] === '1' && usage),
      ...more,
    });
  };

  const sequenceOf = (call: Call, businessUnit: string, unit: Unit): Sequence => {
    const object = call.params.object ?? '';
    const token = call.query.get('nextPageToken');
    if (token !== null) {
      const extra = [...call.query.keys()].find((name) => !WITH_TOKEN.has(name));
      if (extra !== undefined) {
        throw aeRefusal(400, 5, `Invalid query parameters: ${extra} with nextPageToken`);
      }
      return tokens.take(token, businessUnit, object);
    }
    const asked = call.query.get('limit') ?? String(DEFAULT_LIMIT);
    const limit = Number(asked);
    if (!/^\d+$/.test(asked) || limit < 1 || limit > LONGEST_LIMIT) {
      throw aeRefusal(400, 23, 'Invalid value specified for limit');
    }
    return {
      businessUnit,
      object,
      records: selectRecords(unit, object, call.query),
      offset: 0,
      limit,
    };
  };

  const list = (call: Call): Answer => {
    const { id, unit } = unitOf(call);
    const fields = fieldsAsked(call);
    const sequence = sequenceOf(call, id, unit);
    const { records, offset, limit, object } = sequence;
    const end = Math.min(offset + limit, notes.longestSequence);
    const isRedacted = notes.redacted.includes(object) && records.length > 0;
    const shown = isRedacted ? records.slice(0, -1) : records;
    const values = shown.slice(offset, end).map(projection(unit, object, fields));
    const stops = end >= notes.longestSequence && records.length > end;
    const token = end < records.length && !stops ? tokens.give({ ...sequence, offset: end }) : null;
    const next = new URLSearchParams({ fields: fields.join(','), nextPageToken: token ?? '' });
    const nextPageUrl = token === null ? null : `${base()}${ROOT}/${object}?${next.toString()}`;
    const warnings = [
      ...(stops ? [`${notes.cutWarning};${CUT}`] : []),
      ...(isRedacted ? [`202;${REDACTED}`] : []),
    ];
    const more: Record<string, string> =
      warnings.length === 0 ? {} : { 'pardot-warning': warnings.join(',') };
    return answer(call, { nextPageToken: token, nextPageUrl, values }, more);
  };

  const one = (call: Call): Answer => {
    const { unit } = unitOf(call);
    const fields = fieldsAsked(call);
    const { object = '', id = '' } = call.params;
    if (!/^\d+$/.test(id)) throw aeRefusal(400, 16, 'Invalid ID');
    const record = unit[object]?.find((it) => textOfValue(it.id) === id);
    if (record === undefined || !isWanted(record, call.query.get('deleted') ?? 'false')) {
      throw aeRefusal(404, 192, 'Object specified does not exist');
    }
    return answer(call, projection(unit, object, fields)(record));
  };

  return {
    error: aeError,
    enter: (call) => {
      if (under >= notes.concurrent) return aeError({ status: 429, code: '', message: '' }, call);
      if (!allowance.spend()) return json(429, DAILY);
      under += 1;
      return () => {
        under -= 1;
      };
    },
    routes: [
      { method: 'GET', path: `${ROOT}/:object`, handle: list },
      { method: 'GET', path: `${ROOT}/:object/:id`, handle: one },
    ],
    expireAll: () => 0,
  };
}
