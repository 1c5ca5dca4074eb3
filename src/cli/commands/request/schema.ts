import type { CommandModule } from '../../command.ts';

const command: CommandModule = {
  name: 'request schema',
  register(parent, parts) {
    parent
      .command('schema')
      .description('the JSON Schema of a request, for callers in any language')
      .addHelpText(
        'after',
        '\nExample:\n  Have an editor or a program check requests:  dossier request schema > ' +
          'request.schema.json',
      )
      .action(async () => {
        const { requestSchema } = await import('../../../contract/request-docs.ts');
        const schema = requestSchema();
        parts.out.result(schema, [JSON.stringify(schema, undefined, 2)]);
      });
  },
};
export default command;
