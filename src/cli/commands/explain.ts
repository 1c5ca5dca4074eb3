import pc from 'picocolors';
import type { CommandModule } from '../command.ts';

const command: CommandModule = {
  name: 'explain',
  register(parent, parts) {
    parent
      .command('explain')
      .argument('<code>', 'a code of an error, of a refused command or of a gap')
      .description('say what a code means, and what mends it')
      .addHelpText(
        'after',
        '\nExamples:\n' +
          '  What a gap of Data Cloud means:  dossier explain NO_DATA_SPACE\n' +
          '  Why a command was refused:       dossier explain has-answered',
      )
      .action(async (code: string) => {
        const { ERROR_CODES, explained, GROUPS } =
          await import('../../contract/errors/catalogue.ts');
        const { bold } = pc.createColors(parts.out.colour);
        const meanings = explained(code);
        if (meanings.length > 0) {
          parts.out.result(
            { code, ours: true, meanings },
            meanings.flatMap(({ group, cause, cure }) => [
              `${bold(code)}: ${GROUPS[group].where}`,
              `  ${cause}`,
              `  ${cure}`,
            ]),
          );
          return;
        }
        const { isOften, whereToLook } = await import('../../contract/errors/foreign-codes.ts');
        const { nearest } = await import('../output/did-you-mean.ts');
        const near = isOften(code) ? [] : nearest(code, ERROR_CODES);
        const look = whereToLook(code);
        if (near.length > 0 || look === undefined) {
          const { usage } = await import('../output/failures.ts');
          throw usage(`Dossier has no code "${code}".`, 'code', [
            ...near.map((name) => `Did you mean: dossier explain ${name}`),
            ...(near.length > 0 ? [] : ['All codes stand in docs/reference/errors.md.']),
          ]);
        }
        parts.out.result({ code, ours: false, look }, [
          `${bold(code)} is no code of Dossier: the system that was asked gave it.`,
          `  ${look}`,
          '  What Dossier made of it stands before the code: dossier explain denied, say.',
        ]);
      });
  },
};
export default command;
