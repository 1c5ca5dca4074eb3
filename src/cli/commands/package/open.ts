import { DossierError } from '../../../client/dossier-error.ts';
import type { CommandModule } from '../../command.ts';
import { firstBytes } from '../../read-json.ts';
import { table } from '../../output/table.ts';

const command: CommandModule = {
  name: 'package open',
  register(parent, parts) {
    parent
      .command('open')
      .description('list what a package holds')
      .argument('<path>', 'the package')
      .addHelpText(
        'after',
        '\nExample:\n  See the files of a package:  dossier package open .dossier/packages/R-1042.zip',
      )
      .action(async (path: string) => {
        if (firstBytes(path, 2) !== 'PK') {
          throw new DossierError({
            code: 'not-allowed',
            message: `${path} is no plain package.`,
            where: path,
            actions: ['Encrypted packages come later; this version writes and opens plain ones.'],
          });
        }
        const { listPackage } = await import('../../../package/list.ts');
        const listed = await listPackage(path).catch((error: unknown) => {
          if (!(error instanceof Error) || error.name !== 'BrokenArchive') throw error;
          throw new DossierError(
            {
              code: 'failed',
              message: `${path} is no whole package: ${error.message}.`,
              where: path,
              actions: [`See what is wrong with it: dossier package verify ${path}`],
            },
            error,
          );
        });
        const rows = listed.files.map((it) => [
          it.path,
          String(it.bytes),
          it.rows === undefined ? '' : String(it.rows),
        ]);
        const { verifyPackage } = await import('../../../package/verify.ts');
        const { ok, problems } = await verifyPackage(path, { signal: parts.ending });
        if (!ok) {
          parts.out.note(
            `This package is NOT whole: ${problems.length} ` +
              `${problems.length === 1 ? 'problem' : 'problems'}. See them: dossier package ` +
              `verify ${path}`,
          );
        }
        parts.out.result(listed, [
          `${listed.requestId ?? listed.name}, made ${listed.created}`,
          '',
          ...table(['file', 'bytes', 'rows'], rows, parts.out.width),
          ...listed.gaps.map(({ system, because }) => `gap: ${system} (${because})`),
        ]);
      });
  },
};
export default command;
