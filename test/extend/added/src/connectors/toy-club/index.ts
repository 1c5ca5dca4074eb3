import * as z from 'zod';
import type { CloudConnector, ConnectorModule, ConnectorParts } from '../spi.ts';
import { SystemFailure } from '../../http/failure.ts';
import { jsonOf } from '../../http/transport.ts';
import { cloudHttp } from '../shared/cloud-client.ts';
import { writingFiles } from '../shared/cloud-files.ts';

const options = z.strictObject({ baseUrl: z.url() });
type Options = z.infer<typeof options>;

const answers = z.object({ toys: z.array(z.looseObject({ name: z.string() })) });
const TOYS = { path: 'toys', name: 'Toy', label: 'Toys' };

/** A club that lends toys, and lists those of a member by e-mail address. */
export default {
  kind: 'cloud',
  needsSalesforce: false,
  options,
  create: (given, parts) => toyClub(given, parts),
} satisfies ConnectorModule<Options>;

function toyClub({ baseUrl }: Options, { id }: ConnectorParts): CloudConnector {
  const toysOf = async (email: string, signal: AbortSignal): Promise<readonly object[]> => {
    const answer = await cloudHttp.send({
      system: id,
      signal,
      method: 'GET',
      url: `${baseUrl}/toys?member=${encodeURIComponent(email)}`,
    });
    const read = answers.safeParse(jsonOf(id, answer));
    if (!read.success) {
      throw new SystemFailure({
        kind: 'unreadable',
        system: id,
        status: answer.status,
        code: 'FOREIGN_SHAPE',
      });
    }
    return read.data.toys;
  };
  return {
    async export(context, { identifiers }) {
      const { files, tables } = await writingFiles(context, async (out) => {
        for (const { value } of identifiers.filter(({ kind }) => kind === 'email')) {
          const toys = await toysOf(value, context.signal);
          context.heartbeat({});
          if (toys.length > 0) await out.records(TOYS, toys);
        }
      });
      return {
        system: id,
        connector: 'toy-club',
        name: id,
        at: context.at,
        outcome: files.length > 0 ? 'exported' : 'nothing-held',
        files,
        tables,
        provenance: { host: new URL(baseUrl).host },
        withheldRows: 0,
        notes: [],
        gaps: [],
      };
    },
    async check(signal) {
      await toysOf('nobody@example.com', signal);
      return `${new URL(baseUrl).host} lists toys`;
    },
  };
}
