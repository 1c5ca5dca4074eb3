import type { CommandModule } from '../command.ts';

const command: CommandModule = {
  name: 'law show',
  register(parent, parts) {
    parent.command('show')
      .description('what a law says of access requests, each rule with its article')
      .argument('<law>', 'the law\'s ID, such as gdpr')
      .option('--country <code>', 'what holds in one country alone, such as DE')
      .addHelpText('after', '\nExample:\n  See the rules that hold in Germany:  dossier law show gdpr --country DE')
      .action(async (law: string, { country }: { country?: string }) => {
        const { lawText, showLaw } = await import('../../law-desk.ts');
        const page = await showLaw(law, country);
        parts.out.result(page, [lawText(page)]);
      });
  },
};
export default command;
