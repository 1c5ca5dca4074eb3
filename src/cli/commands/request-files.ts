import { join } from 'node:path';
import type { CommandModule } from '../command.ts';
import { dataDirectoryOf } from '../settings.ts';
import { table } from '../table.ts';
import { workingFiles } from '../working-files.ts';

const command: CommandModule = {
  name: 'request files',
  register(parent, parts) {
    parent.command('files')
      .description('the working files of a request on this machine, as an operator reviews them; their paths are what "withhold" takes')
      .argument('<id>', 'the request\'s ID')
      .option('--config <file>', 'dossier.yaml, for its data directory')
      .addHelpText('after', '\nExample:\n  Look at what will be sent before it is approved:  dossier request files R-1042')
      .action(async (id: string) => {
        const directory = await dataDirectoryOf(parts);
        const { folder, files } = await workingFiles(directory, id);
        const rows = files.map(({ path, bytes }) => [path, String(bytes)]);
        parts.out.result({ folder, files }, [folder, '', ...(rows.length === 0 ? ['No files: nothing was exported yet, or they were deleted.'] : table([`in ${join('work', id, 'files')}`, 'bytes'], rows, parts.out.width))]);
      });
  },
};
export default command;
