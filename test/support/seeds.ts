import { readFileSync } from 'node:fs';
import type { Seed } from '@dossier/salesforce-simulator';

type Row = Readonly<Record<string, unknown>>;
type Objects = Readonly<Record<string, readonly Row[]>>;

/**
 * A seed file, every `OWN-` in it marked as one person's: `OWN-0001` becomes `DANA-OWN-0001`.
 * `instead` renames IDs.
 */
export function personSeed(
  person: string,
  file: string,
  instead: Readonly<Record<string, string>> = {},
): Seed {
  const text = Object.entries(instead).reduce(
    (all, [from, to]) => all.replaceAll(from, to),
    readFileSync(file, 'utf8'),
  );
  return JSON.parse(text.replaceAll('OWN-', `${person}-OWN-`)) as Seed;
}

/** One company that holds the rows of several seeds. */
export function together(seeds: readonly Seed[]): Seed {
  const spaces = new Set(seeds.flatMap(({ dataCloud }) => Object.keys(dataCloud ?? {})));
  return {
    ...(Object.assign({}, ...seeds) as Seed),
    metadata: Object.assign({}, ...seeds.map(({ metadata }) => metadata)) as NonNullable<
      Seed['metadata']
    >,
    dataCloud: Object.fromEntries(
      [...spaces].map((space) => [
        space,
        joined(seeds.map(({ dataCloud }) => dataCloud?.[space] ?? {})),
      ]),
    ),
    core: joined(seeds.map(({ core }) => core ?? {})),
  };
}

function joined(all: readonly Objects[]): Objects {
  const names = new Set(all.flatMap((objects) => Object.keys(objects)));
  return Object.fromEntries(
    [...names].map((name) => [name, all.flatMap((objects) => objects[name] ?? [])]),
  );
}

/**
 * How often each marker of a person must stand in a package: once, and on a unified individual once
 * for each of their profiles.
 */
export function expectedMarkers(seed: Seed, own: RegExp): Record<string, number> {
  const expected: Record<string, number> = {};
  const count = (row: Row, times: number) => {
    for (const [marker] of JSON.stringify(row).matchAll(own)) {
      expected[marker] = times;
    }
  };
  for (const objects of Object.values(seed.dataCloud ?? {})) {
    const links = Object.entries(objects)
      .filter(([name]) => /^UnifiedLink|IdentityLink/.test(name))
      .flatMap(([, rows]) => rows);
    for (const [name, rows] of Object.entries(objects)) {
      for (const row of rows) {
        count(
          row,
          /^Unified(?!Link)/.test(name)
            ? links.filter((link) => link.UnifiedRecordId__c === (row.ssot__Id__c ?? row.Id__c))
                .length
            : 1,
        );
      }
    }
  }
  for (const row of Object.values(seed.core ?? {}).flat()) {
    count(row, 1);
  }
  return expected;
}
