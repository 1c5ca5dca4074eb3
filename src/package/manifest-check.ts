import * as z from 'zod';
import { OWN_NAMES } from './contents.ts';
import type { Measured } from './measure.ts';
import type { Problems } from './problems.ts';
import { dosTime, type DosTime } from './zip-format.ts';

const schema = z.looseObject({
  name: z.string(),
  created: z.iso.datetime(),
  resources: z.array(
    z.looseObject({
      name: z.string(),
      path: z.string(),
      title: z.string().optional(),
      mediatype: z.string(),
      bytes: z.number().int().nonnegative(),
      hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
      rows: z.number().int().nonnegative().optional(),
    }),
  ),
  dossier: z.looseObject({
    receipts: z.array(
      z.looseObject({ name: z.string(), system: z.string(), files: z.array(z.string()) }),
    ),
    gaps: z.array(z.looseObject({ system: z.string(), because: z.string() })),
  }),
});

/** `datapackage.json`: the parts that are compared with the archive. */
export type ReadManifest = z.infer<typeof schema>;

/** Reads `datapackage.json`. If it is none, it returns undefined and reports why. */
export function parseManifest(
  text: string,
  report: (problem: string) => void,
): ReadManifest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    report('is no JSON');
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues.slice(0, 10)) {
    report(`is no manifest of a package: ${path.join('.')}: ${message}`);
  }
  return undefined;
}

/**
 * Compares the manifest with what was found: every file, its size, hash and records, their order,
 * and their receipts.
 */
export function compareManifest(
  { resources, created, dossier }: ReadManifest,
  found: ReadonlyMap<string, Measured>,
  when: DosTime,
  problems: Problems,
): void {
  const wanted = [...found.keys()].filter(
    (name) => name !== OWN_NAMES.manifest && name !== OWN_NAMES.sums,
  );
  const described = new Set<string>();
  for (const { path, bytes, hash, rows } of resources) {
    const say = (problem: string): void => problems.push({ entry: path, problem });
    if (described.has(path)) say('stands twice in the manifest');
    described.add(path);
    const real = found.get(path);
    if (real === undefined) {
      say('stands in the manifest and is missing in the archive');
      continue;
    }
    if (real.bytes !== bytes) say(`has ${real.bytes} bytes, and the manifest says ${bytes}`);
    if (`sha256:${real.sha256}` !== hash) say(`has another SHA-256 than the manifest says`);
    if (rows !== undefined && rows !== real.rows) {
      say(`holds ${real.rows ?? 'no'} records, and the manifest says ${rows}`);
    }
  }
  for (const name of wanted) {
    if (!described.has(name)) {
      problems.push({ entry: name, problem: 'does not stand in the manifest' });
    }
  }
  if (problems.length === 0 && resources.some(({ path }, index) => path !== wanted[index])) {
    problems.push({
      entry: OWN_NAMES.manifest,
      problem: 'lists the files in another order than the archive',
    });
  }
  compareReceipts(dossier.receipts, described, problems);
  const time = dosTime(created);
  if (time.date !== when.date || time.time !== when.time) {
    problems.push({
      entry: OWN_NAMES.manifest,
      problem: 'was made at another time than the archive says',
    });
  }
}

function compareReceipts(
  receipts: ReadManifest['dossier']['receipts'],
  described: ReadonlySet<string>,
  problems: Problems,
): void {
  const vouched = new Set<string>();
  for (const path of receipts.flatMap(({ files }) => files)) {
    if (vouched.has(path)) problems.push({ entry: path, problem: 'is named by two receipts' });
    if (!described.has(path)) {
      problems.push({
        entry: path,
        problem: 'is named by a receipt and does not stand in the manifest',
      });
    }
    vouched.add(path);
  }
  for (const path of described) {
    if (path !== OWN_NAMES.index && !vouched.has(path)) {
      problems.push({ entry: path, problem: 'is named by no receipt' });
    }
  }
}
