import type { Covered, ListedObject, ObjectMap } from '../../../contract/object-map.ts';
import { lakesOf, lakesUnder } from './left-out.ts';
import type { SpaceModel } from './space-model.ts';

type Lists = Pick<ObjectMap, 'objects' | 'shared' | 'guessed' | 'unreachable' | 'excluded'> & {
  readonly unstructured: readonly ListedObject[];
};

/** The verdict on an object that is, or may be, about people and is not read. */
const verdictOn = ({ why }: ListedObject): Covered['verdict'] =>
  why.startsWith('identity resolution') ? 'left-out' : 'unknown';

/**
 * What happens to every object of the org, each once, by name: no object is left out in silence.
 */
export function coverageOf(
  model: SpaceModel,
  { objects, shared, guessed, unreachable, excluded, unstructured }: Lists,
): Covered[] {
  const exported = new Map<string, Covered>(
    objects.map(({ name, label, reach }) => [
      name,
      { object: name, label, verdict: 'exported', why: REACH[reach] },
    ]),
  );
  const leftOut = [...shared, ...guessed, ...excluded, ...unstructured];
  const found = new Map<string, Covered>([
    ...unreachable.map(({ about, ...it }): [string, Covered] => [
      it.object,
      { ...it, verdict: about === 'nobody' ? 'not-about-a-person' : verdictOn(it) },
    ]),
    ...leftOut.map((it): [string, Covered] => [
      it.object,
      { object: it.object, label: it.label, why: it.why, verdict: 'left-out' },
    ]),
    ...exported,
  ]);
  const under = (names: Iterable<string>) => lakesUnder(model, new Set(names));
  const lakes = {
    exported: under(exported.keys()),
    excluded: under(excluded.map(({ object }) => object)),
  };
  return [...model.entities, ...model.insights, ...lakesOf(model)]
    .map(({ name, label }): Covered => {
      const told = found.get(name);
      if (told !== undefined) return told;
      if (lakes.exported.has(name)) {
        return {
          object: name,
          label,
          verdict: 'exported',
          why: 'by the object of people that it is mapped to',
        };
      }
      if (lakes.excluded.has(name)) {
        return {
          object: name,
          label,
          verdict: 'left-out',
          why: 'mapped to an object that the configuration leaves out',
        };
      }
      return {
        object: name,
        label,
        verdict: 'unknown',
        why: 'no relationship leads there from the individual',
      };
    })
    .toSorted((a, b) => (a.object < b.object ? -1 : 1));
}

const REACH = {
  self: 'the people themselves',
  direct: 'a field of its own names the person',
  through: 'it belongs to an object of the person',
  unified: "identity resolution made it of the person's profiles",
} as const;
