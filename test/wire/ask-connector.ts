import type { ZodType } from 'zod';
import { forOperator } from '../../src/contract/gap-texts.ts';
import type { CloudConnector, ConnectorParts, Question } from '../../src/connectors/spi.ts';
import { ANA, opened, parts, question } from '../connectors/fixture.ts';
import type { WireStand } from './wire-stand.ts';

interface CloudModule<Options> {
  readonly options: ZodType<Options>;
  create(options: Options, parts: ConnectorParts): CloudConnector;
}

/**
 * Exports Ana's data by a cloud's connector. Gives what became of it: the outcome, the gaps'
 * reasons with their notes and advice, and the rows of every NDJSON file by the end of its path (`Contact`);
 * other files by their whole name, as text.
 *
 * @param options as `dossier.yaml` gives them, where the server listens included
 */
export async function exportBy<Options>(
  at: WireStand,
  module: CloudModule<Options>,
  options: unknown,
  asked: Partial<Question> = {},
): Promise<unknown> {
  const { outcome, files, gaps } = await opened(module, options, parts(at)).export(
    at.context('sys'),
    question(ANA, asked),
  );
  const written: Record<string, unknown> = {};
  for (const { path } of files) {
    const name = path.split('/').slice(2).join('/');
    if (name.endsWith('.ndjson')) written[name.replace('.ndjson', '')] = await at.rows(path);
    else if (!name.endsWith('.csv')) written[name] = await at.text(path);
  }
  return {
    outcome,
    gaps: gaps.map((gap) => `${gap.because}: ${forOperator(gap)}`),
    files: written,
  };
}
