// Writes the list of docs/reference/laws.md from @dossier/law. `--check` only compares.
import { listLaws } from '@dossier/law';
import { table, writeParts } from './written-parts.ts';

const laws = listLaws();
writeParts({
  'docs/reference/laws.md': {
    laws: `${laws.length} laws:\n\n${table(
      ['ID', 'law', 'where', 'in force since'],
      laws.map(({ id, title, citation, countries, regions, inForceSince }) => [
        `[\`${id}\`](../../packages/law/src/laws/${id}/law.ts)`,
        title === citation ? title : `${title}: ${citation}`,
        [...countries, ...(regions ?? [])].join(', '),
        inForceSince,
      ]),
    )}`,
  },
});
