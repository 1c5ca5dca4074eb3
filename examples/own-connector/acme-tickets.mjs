// A connector of a company's own: the tickets that its help desk holds about the subject.
import { SystemFailure } from 'dossier/connector';
import * as z from 'zod';

/** The fields of its entry in dossier.yaml. */
const options = z.strictObject({ url: z.url(), token: z.string() });

const COLUMNS = ['id', 'openedAt', 'text'];

/** @type {import('dossier/connector').ConnectorModule<{ url: string, token: string }>} */
export default {
  kind: 'cloud',
  needsSalesforce: false,
  options,
  create: ({ url, token }, { id }) => {
    /** All tickets of an address, or a failure that says who must act. */
    async function ticketsOf(email, signal) {
      const address = `${url}/tickets?email=${encodeURIComponent(email)}`;
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(address, { headers, signal }).catch(() => {
        throw new SystemFailure({ kind: 'unavailable', system: id, code: 'NO_ANSWER' });
      });
      if (response.status === 401 || response.status === 403) {
        throw new SystemFailure({ kind: 'denied', system: id, status: response.status });
      }
      if (!response.ok) {
        throw new SystemFailure({ kind: 'unavailable', system: id, status: response.status });
      }
      // The help desk finds addresses that begin alike: compare again.
      const tickets = await response.json();
      return tickets.filter((ticket) => ticket.email.toLowerCase() === email.toLowerCase());
    }

    return {
      async export(context, { identifiers }) {
        const { at, sink, signal } = context;
        const emails = identifiers.filter(({ kind }) => kind === 'email');
        const found = [];
        for (const { value } of emails) {
          found.push(...(await ticketsOf(value, signal)));
          context.heartbeat({ asked: found.length });
        }
        const files = [];
        if (found.length > 0) {
          const file = await sink.open(`systems/${id}/tickets.ndjson`, {
            mediaType: 'application/x-ndjson',
            table: 'tickets',
          });
          for (const ticket of found) {
            const row = Object.fromEntries(COLUMNS.map((name) => [name, ticket[name]]));
            await file.write(`${JSON.stringify(row)}\n`);
          }
          files.push(await file.finish(found.length));
        }
        return {
          system: id,
          connector: 'acme-tickets',
          name: id,
          at,
          outcome: found.length > 0 ? 'exported' : 'nothing-held',
          files,
          tables: [
            {
              name: 'tickets',
              label: 'Tickets',
              fields: COLUMNS.map((name) => ({ name, label: name, type: 'string' })),
            },
          ].slice(0, files.length),
          provenance: { api: '/tickets', calls: emails.length, rows: found.length },
          withheldRows: 0,
          notes: [],
          gaps: [],
        };
      },
      async check(signal) {
        await ticketsOf('nobody@example.com', signal);
        return `the help desk at ${url} lets us read tickets`;
      },
    };
  },
};
