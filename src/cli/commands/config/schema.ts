import type { CommandModule } from '../../command.ts';

const command: CommandModule = {
  name: 'config schema',
  register(parent, parts) {
    parent
      .command('schema')
      .description('the JSON Schema of dossier.yaml, for editors')
      .addHelpText(
        'after',
        '\nExample:\n  Have an editor check the file:  dossier config schema > dossier.schema.json',
      )
      .action(async () => {
        const { configSchema } = await import('../../../config/config.ts');
        const schema = configSchema();
        parts.out.result(schema, JSON.stringify(schema, undefined, 2).split('\n'));
      });
  },
};
export default command;
