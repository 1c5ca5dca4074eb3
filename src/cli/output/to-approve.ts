import { forOperator } from '../../contract/gap-texts.ts';
import type { RequestStatus } from '../../contract/status.ts';
import { inCommands } from './in-commands.ts';
import { table } from './table.ts';

/** What an approval would send: the revision, what each system delivered, and what is missing. */
export function toApprove(
  { requestId, revision, profiles, systems, gaps, answers }: RequestStatus,
  width: number,
): string[] {
  const exported = profiles.filter(({ state }) => state === 'exported');
  const rows = exported.reduce((sum, it) => sum + it.rows, 0);
  const given = systems.filter(({ state }) => state === 'done');
  return [
    `${requestId}, revision ${revision}, would be sent with:`,
    `  ${exported.length} of ${profiles.length} profiles of Data Cloud, ${rows} rows`,
    ...table(
      ['system', 'said', 'files'],
      given.map(({ id, outcome, files }) => [id, outcome ?? 'was read', String(files)]),
      width,
    ),
    ...(gaps.length === 0
      ? ['  Nothing is missing.']
      : [
          'Missing, and named in it:',
          ...gaps.map((gap) => `  ${gap.system}: ${gap.because}. ${inCommands(forOperator(gap))}`),
        ]),
    ...(answers.some(({ state }) => state === 'quarantined')
      ? ['Some files of answers were quarantined, and are not in it: see the notes of the request.']
      : []),
    `  Every file: dossier request files ${requestId}`,
    '',
  ];
}
