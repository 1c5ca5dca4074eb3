import { isLosslessNumber } from 'lossless-json';
import * as z from 'zod';
import type { CloudConnector, ConnectorModule, ConnectorParts, Question } from '../spi.ts';
import { SystemFailure } from '../../http/failure.ts';
import { safeNameFor } from '../../contract/package-path.ts';
import { jsonOf, type HttpResponse } from '../../http/transport.ts';
import { cloudHttp } from '../shared/cloud-client.ts';
import { exportOf, writingFiles, type Kind } from '../shared/cloud-files.ts';
import { piecemeal } from '../shared/piecemeal.ts';

const options = z.strictObject({
  baseUrl: z
    .url()
    .transform((url) => url.replace(/(?<!\/)\/+$/, ''))
    .describe('`https://<account>.<instance>.evergage.com`.'),
  keyId: z.string().describe('The ID of an API token.'),
  secret: z.string().describe('Its secret.'),
  datasets: z
    .array(z.string().regex(/^[A-Za-z0-9_-]+$/, "must be a dataset's ID"))
    .min(1)
    .describe('Every dataset.'),
  userIds: z
    .array(z.string())
    .default(['userId', 'anonymousId'])
    .describe('Names of external IDs that are user IDs or anonymous IDs there.'),
});
type Options = z.infer<typeof options>;

/**
 * Marketing Cloud Personalization (Interaction Studio): the vendor's look-up for access requests,
 * in every dataset, by user ID or anonymous ID. There is no look-up by e-mail address. The response
 * is kept as it comes.
 *
 * @see Marketing Cloud Personalization, "User Look Up and Deletion API"; read 2026-11
 */
export default {
  kind: 'cloud',
  needsSalesforce: false,
  options,
  create: (given, parts) => personalization(given, parts),
} satisfies ConnectorModule<Options>;

function personalization(
  { baseUrl, keyId, secret, datasets, userIds }: Options,
  { id, dataSources }: ConnectorParts,
): CloudConnector {
  const authorization = `Basic ${Buffer.from(`${keyId}:${secret}`).toString('base64')}`;
  const lookUp = async (
    dataset: string,
    user: string,
    signal: AbortSignal,
  ): Promise<object | undefined> => {
    try {
      const answer = await cloudHttp.send({
        system: id,
        signal,
        method: 'GET',
        url: `${baseUrl}/api/dataset/${dataset}/user/${encodeURIComponent(user)}`,
        headers: { authorization },
      });
      return userOf(id, answer);
    } catch (error) {
      if (error instanceof SystemFailure && error.facts.status === 404) return undefined;
      throw error;
    }
  };
  return {
    async export(context, question) {
      const users = usersOf(question, dataSources, userIds);
      const parts = piecemeal();
      const { files, tables } = await writingFiles(context, async (out) => {
        for (const dataset of datasets) {
          // A user ID and an anonymous ID may lead to the same user.
          const written = new Set<string>();
          await parts.read(`The dataset ${dataset}`, async () => {
            for (const user of users) {
              const found = await lookUp(dataset, user, context.signal);
              context.heartbeat({ dataset });
              if (found === undefined || written.has(identityOf(found))) continue;
              written.add(identityOf(found));
              await out.records(kindOf(dataset), [found]);
            }
          });
        }
        parts.end();
      });
      return {
        ...exportOf(context, 'personalization', { files, tables }),
        provenance: {
          host: new URL(baseUrl).host,
          api: '/api/dataset/{dataset}/user/{id}',
          datasets: datasets.length,
          users: users.length,
        },
        withheldRows: 0,
        notes: [],
        gaps:
          users.length > 0
            ? parts.refused
            : [
                {
                  because: 'restricted' as const,
                  note:
                    'This system finds people by a user ID or an anonymous ID alone, and none ' +
                    'is known of you.',
                  advice:
                    'Neither the request nor a profile names one. Give it as an external ID ' +
                    `(${userIds.join(', ')}), or give this system the data source that its ` +
                    'profiles come from.',
                },
              ],
      };
    },
    async check(signal) {
      for (const dataset of datasets) {
        await lookUp(dataset, 'dossier-check', signal);
      }
      return `${new URL(baseUrl).host} lets us look up users in ${datasets.length} dataset(s)`;
    },
  };
}

/**
 * A user's identity: its ID, if it has one, because its counters change between two look-ups. @see
 * the example of the look-up: `userSummary._id`, `namedUserId`
 */
function identityOf(user: object): string {
  const { id, userId, namedUserId, userSummary } = user as Readonly<Record<string, unknown>>;
  const { _id: inner } = (
    typeof userSummary === 'object' && userSummary !== null ? userSummary : {}
  ) as Readonly<Record<string, unknown>>;
  const known = [id, inner, namedUserId, userId].find(
    (it) => (typeof it === 'string' && it !== '') || typeof it === 'number',
  );
  return known === undefined ? JSON.stringify(user) : String(known as string | number);
}

const kindOf = (dataset: string): Kind => ({
  path: `${safeNameFor(dataset)}/users`,
  name: `User in ${dataset}`,
  label: `User in ${dataset}`,
});

/**
 * User IDs that are the subject's: external IDs, and party IDs of profiles from this cloud's own
 * sources.
 */
const usersOf = (
  { identifiers, profiles }: Question,
  dataSources: readonly string[],
  names: readonly string[],
): string[] => [
  ...new Set([
    ...identifiers
      .filter(
        ({ kind, name }) =>
          kind === 'external-id' && names.some((it) => name === `externalIds.${it}`),
      )
      .map(({ value }) => value),
    ...profiles
      .filter(({ dataSource }) => dataSources.includes(dataSource))
      .map(({ partyId }) => partyId),
  ]),
];

/**
 * Members that only a user has: those of the vendor's own example, and the names of its two kinds
 * of ID.
 */
const OF_A_USER =
  /^(?:id|_id|.*userId|.*anonId|anonymousIds?|anonAliases|anonymous|attributes|user|userSummary|profile|visitHistory|segmentMembership)$/i;

/**
 * The data of a user, as it comes. It is nothing if the response is empty in any form: no content,
 * `null`, `{}`, `[]`, or members that are all empty. A response with neither ID nor attributes is
 * no user.
 *
 * @see achelat/evergage-mkdocs-test, docs/additional-apis/user-look-up-deletion-api.md at 08b9145,
 *   "Response Example"; read 2026-11-28
 */
function userOf(system: string, answer: HttpResponse): object | undefined {
  const user = jsonOf(system, answer);
  if (isEmpty(user)) return undefined;
  if (
    typeof user !== 'object' ||
    user === null ||
    Array.isArray(user) ||
    !Object.keys(user).some((name) => OF_A_USER.test(name))
  ) {
    throw new SystemFailure({
      kind: 'unreadable',
      system,
      status: answer.status,
      code: 'FOREIGN_SHAPE',
    });
  }
  return user;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && !isLosslessNumber(value) && Object.values(value).every(isEmpty));
