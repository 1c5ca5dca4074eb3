import { readdir } from 'node:fs/promises';

/**
 * Every module of a folder by its file name, its default export as the value: the folder is the
 * register.
 *
 * @throws Error if a file has no default export
 */
export async function loadFolder<Member>(folder: URL): Promise<ReadonlyMap<string, Member>> {
  const names = (await readdir(folder))
    .filter((name) => /^[a-z0-9-]+\.[jt]s$/.test(name) && !name.endsWith('.d.ts'))
    .sort();
  const members = new Map<string, Member>();
  for (const name of names) {
    const module = (await import(new URL(name, folder).href)) as { default?: Member };
    if (module.default === undefined) {
      throw new Error(`${name} in ${folder.pathname} has no default export.`);
    }
    members.set(name.replace(/\.[jt]s$/, ''), module.default);
  }
  return members;
}
