import { Option } from 'commander';
import type { MessageInput } from '../../domain/messages.ts';
import type { RequestStatus } from '../../domain/status.ts';
import type { CommandModule, Parts } from '../command.ts';
import { usage } from '../failures.ts';
import { orderCommand } from '../request-order.ts';
import { dataDirectoryOf } from '../settings.ts';

type Answer = MessageInput<'vendorResponded'>;
interface Options { readonly outcome: Answer['outcome']; readonly file?: string[]; readonly note?: string }

const command: CommandModule = {
  name: 'vendor respond',
  register(parent, parts) {
    const respond = parent.command('respond')
      .description('record a vendor\'s answer; its files are copied into the request\'s inbox first')
      .argument('<id>', 'the request\'s ID')
      .argument('<system>', 'the system\'s ID')
      .addOption(new Option('--outcome <outcome>', 'what the vendor says').choices(['delivered', 'nothing-held', 'refused', 'in-progress']).makeOptionMandatory())
      .option('--file <path...>', 'files that the vendor sent')
      .option('--note <text>', 'for the record')
      .addHelpText('after', [
        '', 'Examples:',
        '  The vendor sent an export:        dossier vendor respond R-1042 acme-mail --outcome delivered --file export.csv',
        '  The vendor does not know them:    dossier vendor respond R-1042 acme-mail --outcome nothing-held --by privacy@acme.example',
      ].join('\n'));
    orderCommand(respond, parts, async (dossier, by) => {
      const [id = '', system = ''] = respond.args;
      const { outcome, file: paths = [], note } = respond.opts<Options>();
      if (outcome === 'delivered' && paths.length === 0) throw usage('delivered needs at least one --file; without data the outcome is nothing-held.', '--file');
      if (outcome !== 'delivered' && paths.length > 0) throw usage(`--file goes with --outcome delivered alone: an answer "${outcome}" takes no file in.`, '--file');
      const before = await dossier.status(id);
      const files = paths.length === 0 ? [] : await copied(parts, { id, system, paths, known: knownIn(before) });
      const status = await dossier.respondForVendor(id, { system, outcome, files, note, by });
      if (status.answers.length === before.answers.length || status.answers.at(-1)?.state === 'repeated') parts.out.note('This answer was already recorded; it counts once.');
      return status;
    });
  },
};
export default command;

/** Systems that an answer can be of; a data source that no system claims is waited for by its own name. */
const knownIn = ({ systems, waits }: RequestStatus): readonly string[] => [...systems.map(({ id }) => id), ...waits.map(({ on }) => on)];

interface Copies { readonly id: string; readonly system: string; readonly paths: readonly string[]; readonly known: readonly string[] }

async function copied(parts: Parts, { id, system, paths, known }: Copies): Promise<Answer['files']> {
  const { existsSync, statSync } = await import('node:fs');
  for (const path of paths) {
    if (!existsSync(path)) throw usage(`${path} cannot be read (ENOENT).`, '--file');
    if (!statSync(path).isFile()) throw usage(`${path} is no file.`, '--file');
  }
  const directory = await dataDirectoryOf(parts);
  // An unknown system is refused by the order itself, which says which ones are known; nothing is copied for it.
  if (!known.includes(system)) return paths.map((path) => ({ uri: path }));
  const { openStore } = await import('../../storage/filesystem.ts');
  const store = openStore(directory);
  const files: { uri: string; sha256: string }[] = [];
  for (const path of paths) {
    const { uri, sha256 } = await store.copyToInbox(id, system, path);
    files.push({ uri, sha256 });
  }
  return files;
}
