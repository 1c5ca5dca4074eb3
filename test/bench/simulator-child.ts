import { startSimulator, type Seed } from '@dossier/salesforce-simulator';

/** What the parent needs to know of a simulator in a process of its own. */
export interface ChildFacts {
  readonly core: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly control: string;
  readonly ca: string;
  readonly username: string;
  readonly privateKeyFile: string;
}

const [folder = '', seed = ''] = process.argv.slice(2);
const simulator = await startSimulator({ seed: JSON.parse(seed) as Seed, folder });
const { core, clientId, clientSecret, control, ca, username, privateKeyFile } = simulator;
process.send?.({
  core,
  clientId,
  clientSecret,
  control,
  ca,
  username,
  privateKeyFile,
} satisfies ChildFacts);
process.once('disconnect', () => void simulator.stop());
