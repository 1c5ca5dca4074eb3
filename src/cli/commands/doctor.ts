import pc from 'picocolors';
import { Failed, type CommandModule } from '../command.ts';

const command: CommandModule = {
  name: 'doctor',
  register(parent, parts) {
    parent
      .command('doctor')
      .description(
        "check the configuration, Temporal, and every system's credentials; say what to mend",
      )
      .option('--config <file>', 'the configuration to check')
      .addHelpText(
        'after',
        '\nExample:\n  Check before the first request:  dossier doctor --config dossier.yaml',
      )
      .action(async () => {
        const { examine } = await import('../doctor/examine.ts');
        const findings = await examine(parts);
        const { green, red, yellow, dim } = pc.createColors(parts.out.colour);
        const ok = findings.every((finding) => finding.ok);
        const width = Math.max(...findings.map(({ check }) => check.length));
        const verdict = (fine: boolean) => (fine ? green('ok  ') : red('FAIL'));
        const lines = findings.flatMap((it) => [
          `${it.warning === true ? yellow('warn') : verdict(it.ok)}  ` +
            `${it.check.padEnd(width)}  ${it.found}`,
          ...it.actions.map((action) => `      ${' '.repeat(width)}  ${dim(action)}`),
        ]);
        const bad = findings.filter((finding) => !finding.ok).length;
        parts.out.result({ ok, checks: findings }, [
          ...lines,
          '',
          ok ? 'All is well.' : `${bad} of ${findings.length} checks failed.`,
        ]);
        if (!ok) throw new Failed();
      });
  },
};
export default command;
