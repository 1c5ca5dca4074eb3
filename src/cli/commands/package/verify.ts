import { fileURLToPath } from 'node:url';
import { Failed, type CommandModule } from '../../command.ts';
import { firstBytes } from '../../read-json.ts';

const command: CommandModule = {
  name: 'package verify',
  register(parent, parts) {
    parent
      .command('verify')
      .description(
        'check every hash and count of a package, and the file of its own hash beside it',
      )
      .argument('<path>', 'the package')
      .addHelpText(
        'after',
        '\nExample:\n  Check a package before it is handed over:  dossier package verify ' +
          '.dossier/packages/R-1042.zip',
      )
      .action(async (given: string) => {
        const path = given.startsWith('file://') ? fileURLToPath(given) : given;
        firstBytes(path, 1);
        const { verifyPackage } = await import('../../../package/verify.ts');
        const verified = await verifyPackage(path, { signal: parts.ending });
        const { ok, problems, notes, files, bytes, sha256 } = verified;
        parts.out.result(verified, [
          ...problems.map(({ entry, problem }) =>
            entry === undefined ? problem : `${entry}: ${problem}`,
          ),
          ...notes,
          `${ok ? 'The package is whole' : 'The package is NOT whole'}: ${files} files, ` +
            `${bytes} bytes${sha256 === '' ? '' : `, SHA-256 ${sha256}`}`,
        ]);
        if (!ok) throw new Failed();
      });
  },
};
export default command;
