import type { CommandModule } from '../../command.ts';

const command: CommandModule = {
  name: 'law show',
  register(parent, parts) {
    parent
      .command('show')
      .description('what a law says of access requests, each rule with its article')
      .argument('<law>', "the law's ID, such as gdpr")
      .option('--country <code>', 'what holds in one country alone, such as DE')
      .option('--region <code>', 'what holds in one region alone, such as VA')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  See the rules that hold in Germany:   dossier law show gdpr --country DE',
          '  See the act of one state of the USA:  dossier law show us-state --country US --region VA',
        ].join('\n'),
      )
      .action(async (law: string, { country, region }: { country?: string; region?: string }) => {
        const { lawText, showLaw } = await import('@dossier/law');
        const page = showLaw(law, country, region);
        parts.out.result(page, lawText(page).split('\n'));
      });
  },
};
export default command;
