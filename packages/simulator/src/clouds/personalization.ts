import type { KeyPair } from '../server/credentials.ts';
import type { ErrorShape } from '../server/faults.ts';
import { positive } from '../core/query-sql.ts';
import { exactJson, textOfValue } from '../server/exact-json.ts';
import { json, Refusal, type Answer, type Call } from '../server/http.ts';
import type { CloudRecord, PersonalizationNotes } from '../seed/clouds.ts';
import type { CloudPlane } from './cloud-plane.ts';

const DATASET = '/api/dataset/:dataset';

/**
 * Marketing Cloud Personalization. It looks up a user by user ID or anonymous ID, never by e-mail
 * address.
 */
export function personalizationPlane(notes: PersonalizationNotes, key: KeyPair): CloudPlane {
  const wanted = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`;
  const usersOf = (call: Call): readonly CloudRecord[] => {
    if (call.headers.authorization !== wanted) throw refused(401, 'Unauthorized');
    const users = notes.datasets[call.params.dataset ?? ''];
    if (users === undefined) throw refused(404, 'The dataset does not exist');
    return users;
  };
  const lookUp = (call: Call): Answer => {
    const id = call.params.user ?? '';
    const user = usersOf(call).find(
      (it) => textOfValue(it.id) === id || anonymousIdsOf(it).includes(id),
    );
    if (user !== undefined) return exactJson(200, notes.answer === 'user' ? { user } : user);
    if (notes.unknownUser !== '404') return json(200, notes.unknownUser === 'list' ? [] : {});
    throw refused(404, 'The user does not exist');
  };
  const list = (call: Call): Answer => {
    const page = Number(call.query.get('page') ?? 0);
    const size = positive(call.query.get('pageSize')) ?? 100;
    return exactJson(200, usersOf(call).slice(page * size, (page + 1) * size));
  };
  return {
    error,
    routes: [
      { method: 'GET', path: `${DATASET}/users.json`, handle: list },
      { method: 'GET', path: `${DATASET}/user/:user`, handle: lookUp },
    ],
    expireAll: () => 0,
  };
}

const anonymousIdsOf = ({ anonymousIds }: CloudRecord): readonly unknown[] =>
  Array.isArray(anonymousIds) ? anonymousIds : [];
const refused = (status: number, message: string): Refusal =>
  new Refusal(json(status, { status, message }));
const error: ErrorShape = ({ status, message }) => json(status, { status, message });
