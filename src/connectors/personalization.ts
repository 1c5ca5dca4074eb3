import * as z from 'zod';
import type { CloudConnector, ConnectorModule, ConnectorParts, Question } from '../domain/connector.ts';
import { SystemFailure } from '../domain/failure.ts';
import { safeNameFor } from '../domain/package-path.ts';
import { jsonOf, type HttpAnswer } from '../salesforce/http.ts';
import { cloudHttp } from './shared/cloud-client.ts';
import { writingFiles, type Kind } from './shared/cloud-files.ts';

const options = z.strictObject({
  /** `https://<account>.<instance>.evergage.com`. */
  baseUrl: z.url().transform((url) => url.replace(/\/+$/, '')),
  /** An API token: its key ID and its secret. */
  keyId: z.string(),
  secret: z.string(),
  datasets: z.array(z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be a dataset\'s ID')).min(1),
  /** Names of external IDs that are user IDs or anonymous IDs there. */
  userIds: z.array(z.string()).default(['userId', 'anonymousId']),
});
type Options = z.infer<typeof options>;

/**
 * Marketing Cloud Personalization (Interaction Studio): the vendor's look-up for access requests, in every dataset, by user ID or
 * anonymous ID. It knows no look-up by e-mail address. What it gives is kept as it comes.
 *
 * @see Marketing Cloud Personalization, "User Look Up and Deletion API"; read 2026-11
 */
export default {
  kind: 'cloud',
  needsSalesforce: false,
  options,
  create: (given, parts) => personalization(given, parts),
} satisfies ConnectorModule<Options>;

function personalization({ baseUrl, keyId, secret, datasets, userIds }: Options, { id, dataSources }: ConnectorParts): CloudConnector {
  const authorization = `Basic ${Buffer.from(`${keyId}:${secret}`).toString('base64')}`;
  const lookUp = async (dataset: string, user: string, signal: AbortSignal): Promise<object | undefined> => {
    try {
      const answer = await cloudHttp.send({ system: id, signal, method: 'GET', url: `${baseUrl}/api/dataset/${dataset}/user/${encodeURIComponent(user)}`, headers: { authorization } });
      return userOf(id, answer);
    } catch (error) {
      if (error instanceof SystemFailure && error.facts.status === 404) return undefined;
      throw error;
    }
  };
  return {
    async export(context, question) {
      const users = usersOf(question, dataSources, userIds);
      const { files, tables } = await writingFiles(context, async (out) => {
        for (const dataset of datasets) {
          // A user ID and an anonymous ID may lead to the same user.
          const written = new Set<string>();
          for (const user of users) {
            const found = await lookUp(dataset, user, context.signal);
            context.heartbeat({ dataset });
            if (found === undefined || written.has(identityOf(found))) continue;
            written.add(identityOf(found));
            await out.records(kindOf(dataset), [found]);
          }
        }
      });
      return {
        system: id, connector: 'personalization', name: id, at: context.at,
        outcome: files.length > 0 ? 'exported' : 'nothing-held',
        files, tables,
        provenance: { host: new URL(baseUrl).host, api: '/api/dataset/{dataset}/user/{id}', datasets: datasets.length, users: users.length },
        withheldRows: 0, notes: [],
        gaps: users.length > 0 ? [] : [{ because: 'restricted' as const, note: `Personalization finds people by user ID or anonymous ID alone, and neither the request nor a profile names one. Give it as an external ID (${userIds.join(', ')}), or give this system the data source that its profiles come from.` }],
      };
    },
    async check(signal) {
      for (const dataset of datasets) await lookUp(dataset, 'dossier-check', signal);
      return `${new URL(baseUrl).host} lets us look up users in ${datasets.length} dataset(s)`;
    },
  };
}

/** Counters of a user may move between two look-ups: its ID counts, where it has one. */
const identityOf = (user: object): string => ('id' in user && typeof user.id === 'string' ? user.id : JSON.stringify(user));

const kindOf = (dataset: string): Kind => ({ path: `${safeNameFor(dataset)}/users`, name: `User in ${dataset}`, label: `User in ${dataset}` });

/** User IDs that are the subject's: external IDs, and party IDs of profiles from this cloud's own sources. */
const usersOf = ({ identifiers, profiles }: Question, dataSources: readonly string[], names: readonly string[]): string[] => [...new Set([
  ...identifiers.filter(({ kind, name }) => kind === 'external-id' && names.some((it) => name === `externalIds.${it}`)).map(({ value }) => value),
  ...profiles.filter(({ dataSource }) => dataSources.includes(dataSource)).map(({ partyId }) => partyId),
])];

/** What is held of a user, as it comes; nothing for an empty answer. The vendor documents no shape: an answer that names neither ID nor attributes is none. */
function userOf(system: string, answer: HttpAnswer): object | undefined {
  const user = jsonOf(system, answer);
  if (user === undefined || user === null) return undefined;
  if (typeof user !== 'object' || Array.isArray(user)) throw new SystemFailure({ kind: 'unreadable', system, status: answer.status, code: 'FOREIGN_SHAPE' });
  if (Object.keys(user).length === 0) return undefined;
  if (!Object.keys(user).some((name) => /^(?:id|.*userId|.*anonId|anonymousId|attributes|user|profile)$/i.test(name))) throw new SystemFailure({ kind: 'unreadable', system, status: answer.status, code: 'FOREIGN_SHAPE' });
  return user;
}
