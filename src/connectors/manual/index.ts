import * as z from 'zod';
import type { ConnectorModule, ConnectorParts, Question } from '../spi.ts';
import { letterFor } from '../shared/letter.ts';

const options = z.strictObject({});

/** A system that somebody must write to. An operator asks it, and hands Dossier its reply. */
export default {
  kind: 'vendor',
  options,
  create: (_options, { id, dataSources, instructions }: ConnectorParts) => ({
    ask: async (_context, question: Question) => ({
      way: 'manual' as const,
      why: 'no machine can ask this system',
      instructions: letterFor({ system: id, dataSources, instructions }, question),
    }),
  }),
} satisfies ConnectorModule<z.infer<typeof options>>;
