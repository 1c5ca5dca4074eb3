import { ORG, USER } from './identity.ts';

const NAMES = ['sobjects', 'query', 'queryAll', 'limits', 'jobs', 'consent', 'ssot'];

/**
 * The resources of a version that this server has, by name.
 *
 * @see REST API Developer Guide, "Resources by Version", `/vXX.X/`: name and URI of each; read
 *   2026-11
 */
export const resourcesOf = (version: string, core: string): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(NAMES.map((name) => [name, `/services/data/${version}/${name}`])),
  identity: `${core}/id/${ORG}/${USER}`,
});
