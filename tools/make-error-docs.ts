// Writes docs/reference/errors.md from the catalogue of errors. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ERRORS, GROUPS, type ErrorGroup } from '../src/contract/errors/catalogue.ts';

const cell = (text: string) => text.replaceAll('|', '\\|');
const section = ([group, entries]: [string, (typeof ERRORS)[ErrorGroup]]) => {
  const { title, where } = GROUPS[group as keyof typeof GROUPS];
  const rows = Object.entries(entries).map(
    ([code, { cause, cure }]) => `| \`${code}\` | ${cell(cause)} | ${cell(cure)} |`,
  );
  return `## ${title}\n\nCodes of ${where}.\n\n| code | cause | cure |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
};
const text = `# Errors

Every code of Dossier, what it means and what mends it. \`dossier explain CODE\` says the same on the terminal. Other codes, such as \`INSUFFICIENT_ACCESS\` or \`invalid_grant\`, are those of
the system that was asked. (This page is written by \`npm run docs\`.)

${Object.entries(ERRORS).map(section).join('\n')}`;
const file = fileURLToPath(new URL('../../docs/reference/errors.md', import.meta.url));
if (process.argv.includes('--check')) process.exit(readFileSync(file, 'utf8') === text ? 0 : 1);
writeFileSync(file, text);
