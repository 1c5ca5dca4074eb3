import type { ListedObject } from '../../contract/object-map.ts';
import { table } from '../output/table.ts';
import type { DiscoverReport, SpaceReport } from './report.ts';

/** The report for people. `bold` formats headings. `width` is the width of a line. */
export function reportLines(
  { dataSpaces, sources, unnamedStreams }: DiscoverReport,
  bold: (text: string) => string,
  width = Infinity,
): string[] {
  return [
    ...dataSpaces.flatMap((space) => spaceLines(space, bold, width)),
    bold('Sources that feed Data Cloud'),
    ...(sources.length === 0
      ? ['  none is known']
      : table(
          ['source', 'connector', 'feeds', 'entry in dossier.yaml'],
          sources.map(({ source, connector, lakes, objects, system }) => [
            source,
            connector,
            counted(objects.length, lakes.length),
            system ?? 'none: see --vendors',
          ]),
          width,
        )),
    ...(unnamedStreams.length === 0
      ? []
      : [`  ${unnamedStreams.length} data stream(s) tell no source: ${unnamedStreams.join(', ')}`]),
  ];
}

const counted = (objects: number, lakes: number): string =>
  `${objects} object${objects === 1 ? '' : 's'} of people, ${lakes} lake object${lakes === 1 ? '' : 's'}`;

function spaceLines(
  { dataSpace, readAt, age, rulesets, exported, notes, coverage, ...listed }: SpaceReport,
  bold: (text: string) => string,
  width: number,
): string[] {
  const lists: readonly (readonly [string, readonly ListedObject[]])[] = [
    ['Shared with an account or household: left out', listed.shared],
    ['Excluded by salesforce.exclude', listed.excluded],
    ['Guessed by a name only: left out', listed.guessed],
    ['Files and search indexes: left out', listed.unstructured],
    ['Not about a person', listed.unreachable.filter(({ about }) => about === 'nobody')],
    [
      'Not reachable by identity: left out',
      listed.unreachable.filter(({ about }) => about === undefined),
    ],
  ];
  return [
    `${bold(`Data space ${dataSpace}`)}  read ${readAt}, ${ageOf(age)}; rulesets ` +
      (rulesets.join(', ') || 'none'),
    `  ${tally(coverage)}`,
    '',
    bold(`Exported (${exported.length})`),
    ...table(
      ['object', 'label', 'reach', 'by'],
      exported.map(({ object, label, reach, by, inferred }) => [
        object,
        inferred ? `${label} (inferences)` : label,
        reach,
        by.join('; '),
      ]),
      width,
    ),
    ...lists.flatMap(([heading, objects]) =>
      objects.length === 0
        ? []
        : [
            '',
            bold(`${heading} (${objects.length})`),
            ...table(
              ['object', 'label', 'why'],
              objects.map(({ object, label, why }) => [object, label, why]),
              width,
            ),
          ],
    ),
    ...(notes.length === 0 ? [] : ['', bold('Notes'), ...notes.map((note) => `  ${note}`)]),
    '',
  ];
}

/** `Of 40 objects: 12 exported, 3 left out, …`, so the reader sees that none is missing. */
function tally(coverage: SpaceReport['coverage']): string {
  const count = (wanted: SpaceReport['coverage'][number]['verdict']) =>
    coverage.filter(({ verdict }) => verdict === wanted).length;
  return (
    `Of ${coverage.length} objects: ${count('exported')} exported, ${count('left-out')} left ` +
    `out, ${count('not-about-a-person')} not about a person, ${count('unknown')} unknown.`
  );
}

function ageOf(seconds: number): string {
  if (seconds < 120) return 'just now';
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes ago` : `${Math.round(minutes / 60)} hours ago`;
}
