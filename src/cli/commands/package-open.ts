import { DossierError } from '../../client/dossier-error.ts';
import type { CommandModule } from '../command.ts';
import { firstBytes } from '../read-json.ts';
import { table } from '../table.ts';

const command: CommandModule = {
  name: 'package open',
  register(parent, parts) {
    parent.command('open')
      .description('list what a package holds')
      .argument('<path>', 'the package')
      .addHelpText('after', '\nExample:\n  See the files of a package:  dossier package open .dossier/packages/R-1042.zip')
      .action(async (path: string) => {
        if (firstBytes(path, 2) !== 'PK') {
          throw new DossierError({ code: 'not-allowed', message: `${path} is no plain package.`, where: path, actions: ['Encrypted packages come later; this version writes and opens plain ones.'] });
        }
        const { listPackage } = await import('../../package/list-package.ts');
        const entries = await listPackage(path);
        parts.out.result(entries, table(['bytes', 'path'], entries.map((it) => [String(it.bytes), it.path])));
      });
  },
};
export default command;
