import type { CommandModule } from '../../command.ts';
import { readJson } from '../../read-json.ts';
import { requestPage } from '../../output/request-page.ts';
import type { RequestInput } from '../../../contract/request.ts';

const command: CommandModule = {
  name: 'request start',
  register(parent, parts) {
    parent
      .command('start')
      .description(
        'start a request from JSON; the same ID with the same input joins the running one',
      )
      .argument('<file>', 'a file with the request, or - for standard input')
      .option('--config <file>', 'dossier.yaml of the stack to talk to')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  Start the request in a file:        dossier request start request.json',
          '  Start one that another program made: make-request | dossier request start - --json',
          '',
          'The least that a request says:',
          '  {"requestId": "R-1042", "type": "access", "subject": {"emails": ' +
            '["ana@example.com"]}, "law": "gdpr",',
          '   "receivedAt": "2026-11-23T10:15:00+01:00", "identity": "confirmed"}',
        ].join('\n'),
      )
      .action(async (file: string) => {
        const input = (await readJson(file, parts)) as RequestInput;
        // A wrong input is refused here. So it needs no server, and leaves no trace on one.
        const { checkCompany, checkLaw, checkRequest } = await import('../../../client/check.ts');
        const { rulesOf } = await import('../../../client/connect.ts');
        const config = parts.configFile();
        const rules = config === undefined ? {} : rulesOf(config);
        const request = checkRequest(input);
        checkCompany(request, rules);
        await checkLaw(request, rules.controller);
        const status = await parts.withDossier((dossier) => dossier.start(input));
        parts.out.result(
          status,
          requestPage(status, {
            colour: parts.out.colour,
            width: parts.out.width,
            now: Date.now(),
          }),
        );
      });
  },
};
export default command;
