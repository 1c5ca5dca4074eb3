/**
 * A Salesforce org with Data Cloud, its other clouds and vendors, on loopback: for tests and demos
 * of programs that talk to Salesforce.
 *
 * @example
 * import { startSimulator } from '@dossier/salesforce-simulator';
 * const org = await startSimulator({ seed: { dataCloud: { default: {} } }, folder: '.simulator' });
 * console.log(org.core); // http://127.0.0.1:…: the login URL
 * await org.stop();
 */
export type { CloudAddresses } from './clouds/clouds.ts';
export { emailOfPerson, PEOPLE_OBJECTS } from './seed/people.ts';
export { readSeed, SeedError, type CheckedSeed } from './seed/seed.ts';
export { startSimulator, type Seed, type Simulator, type SimulatorOptions } from './simulator.ts';
