import { join } from 'node:path';
import type { RequestStatus } from '../../../contract/status.ts';
import type { CommandModule } from '../../command.ts';
import { dataDirectoryOf } from '../../settings.ts';
import { table } from '../../output/table.ts';
import { workingFiles } from '../../stack/working-files.ts';

const command: CommandModule = {
  name: 'request files',
  register(parent, parts) {
    parent
      .command('files')
      .description(
        'the working files of a request on this machine, as an operator reviews them; their ' +
          'paths are what "withhold" takes',
      )
      .argument('<id>', "the request's ID")
      .option('--config <file>', 'dossier.yaml, for its data directory')
      .addHelpText(
        'after',
        '\nExample:\n  Look at what will be sent before it is approved:  dossier request files R-1042',
      )
      .action(async (id: string) => {
        const directory = await dataDirectoryOf(parts);
        const { folder, files } = await workingFiles(directory, id);
        const status =
          files.length === 0
            ? undefined
            : await parts.withDossier((dossier) => dossier.status(id)).catch(() => undefined);
        if (status === undefined && files.length > 0) {
          parts.out.note(
            'Temporal was not to be had, or no worker: which of these files are left out cannot be said.',
          );
        }
        const marked = files.map((file) => ({ ...file, ...leftOut(file.path, status) }));
        const rows = marked.map(({ path, bytes, leftOut: why }) => [
          path,
          String(bytes),
          why ?? '',
        ]);
        parts.out.result({ folder, files: marked }, [
          folder,
          '',
          ...(rows.length === 0
            ? ['No files: nothing was exported yet, or they were deleted.']
            : table(
                [`in ${join('work', id, 'files')}`, 'bytes', 'left out'],
                rows,
                parts.out.width,
              )),
        ]);
      });
  },
};
export default command;

/**
 * Why a file in the folder is not part of the package. Its answer was retracted or does not count,
 * or the file is withheld.
 */
export function leftOut(
  path: string,
  status: Pick<RequestStatus, 'answers' | 'gaps'> | undefined,
): { readonly leftOut?: string } {
  const answer = status?.answers.find(
    ({ answerId, state }) => state !== 'counted' && path.split('/')[2] === answerId,
  );
  if (answer !== undefined) return { leftOut: `its answer is ${answer.state}` };
  const withheld = status?.gaps.some(
    ({ because, file }) => because === 'withheld' && file === path,
  );
  return withheld === true ? { leftOut: 'it is withheld' } : {};
}
