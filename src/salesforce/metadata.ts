import * as z from 'zod';
import { SystemFailure } from '../http/failure.ts';
import type { Session } from './auth.ts';
import { jsonOf } from '../http/transport.ts';
import { isNone, readAs } from './read-response.ts';

export interface EntityField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly keyQualifier: string | null;
}

/** An edge from a field of one object to a field of another. */
export interface Edge {
  readonly from: string;
  readonly fromField: string;
  readonly to: string;
  readonly toField: string;
  readonly cardinality: string;
}

/** One Data Cloud object from metadata, with the edges that begin or end in it. */
export interface Entity {
  readonly name: string;
  readonly label: string;
  readonly category: string;
  readonly fields: readonly EntityField[];
  /** The first field of the primary key, if metadata has one. */
  readonly primaryKey: string | null;
  readonly edges: readonly Edge[];
  /** Of a calculated insight: the fields that its measures are grouped by. */
  readonly dimensions?: readonly string[];
  /** Of a calculated insight: objects that it relates to by edges without fields. */
  readonly relatesTo?: readonly string[];
}

const SYSTEM = 'data-cloud';
const text = z.string().nullish();
const fieldsShape = z
  .array(z.looseObject({ name: z.string(), displayName: text, type: text, keyQualifier: text }))
  .nullish();
const metadataAnswer = z.looseObject({
  metadata: z.array(
    z.looseObject({
      name: z.string(),
      displayName: text,
      category: text,
      fields: fieldsShape,
      dimensions: fieldsShape,
      measures: fieldsShape,
      primaryKeys: z
        .array(
          z.looseObject({
            name: z.string(),
            indexOrder: z.union([z.string(), z.number()]).nullish(),
          }),
        )
        .nullish(),
      relationships: z
        .array(
          z.looseObject({
            fromEntity: text,
            toEntity: text,
            fromEntityAttribute: text,
            toEntityAttribute: text,
            cardinality: text,
          }),
        )
        .nullish(),
    }),
  ),
});

/**
 * What metadata describes: objects of the model, calculated insights, and objects of the lake below
 * them.
 */
export type EntityKind = 'DataModelObject' | 'CalculatedInsight' | 'DataLakeObject';

/**
 * Every object of a data space, of one kind.
 *
 * @throws SystemFailure
 * @see Data 360 Connect API, `/ssot/metadata`; read 2026-11
 */
export async function readEntities(
  session: Session,
  dataSpace: string,
  signal?: AbortSignal,
  kind: EntityKind = 'DataModelObject',
): Promise<Entity[]> {
  const query = new URLSearchParams({ entityType: kind, dataspace: dataSpace });
  const path = `/services/data/v${session.apiVersion}/ssot/metadata?${query.toString()}`;
  const body = jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal }));
  const { metadata } = isNone(body, 'metadata')
    ? { metadata: [] }
    : readAs(metadataAnswer, body, SYSTEM);
  return metadata.map((entity) => ({
    name: entity.name,
    label: entity.displayName ?? entity.name,
    category: entity.category ?? '',
    fields: (entity.fields ?? [...(entity.dimensions ?? []), ...(entity.measures ?? [])]).map(
      (field) => ({
        name: field.name,
        label: field.displayName ?? field.name,
        type: field.type ?? 'STRING',
        keyQualifier: field.keyQualifier ?? null,
      }),
    ),
    primaryKey:
      (entity.primaryKeys ?? []).toSorted(
        (a, b) => Number(a.indexOrder ?? 0) - Number(b.indexOrder ?? 0),
      )[0]?.name ?? null,
    edges: (entity.relationships ?? []).flatMap((edge) =>
      // Edges of calculated insights may lack their attributes.
      edge.fromEntity && edge.toEntity && edge.fromEntityAttribute && edge.toEntityAttribute
        ? [
            {
              from: edge.fromEntity,
              fromField: edge.fromEntityAttribute,
              to: edge.toEntity,
              toField: edge.toEntityAttribute,
              cardinality: edge.cardinality ?? '',
            },
          ]
        : [],
    ),
    ...(entity.dimensions && {
      dimensions: entity.dimensions.map(({ name }) => name),
      relatesTo: [
        ...new Set(
          (entity.relationships ?? [])
            .flatMap(({ fromEntity, toEntity }) => [fromEntity, toEntity])
            .filter((name) => name !== null && name !== undefined && name !== entity.name),
        ),
      ] as string[],
    }),
  }));
}

const end = z.looseObject({ name: text }).nullish();
const relationshipsAnswer = z.looseObject({
  relationships: z.array(
    z.looseObject({
      cardinality: text,
      status: text,
      sourceObject: end,
      sourceField: end,
      targetObject: end,
      targetField: end,
    }),
  ),
  nextPageUrl: text,
});

/**
 * The edges that begin or end in one object, even those that are not switched on.
 *
 * @throws SystemFailure
 * @see Data 360 Connect API, `/ssot/data-model-objects/{name}/relationships`; an object without
 *   edges answers 204
 */
export async function readRelationships(
  session: Session,
  dataSpace: string,
  object: string,
  signal?: AbortSignal,
): Promise<(Edge & { readonly active: boolean })[]> {
  const edges: (Edge & { readonly active: boolean })[] = [];
  const first = `/services/data/v${session.apiVersion}/ssot/data-model-objects/${encodeURIComponent(object)}/relationships?${new URLSearchParams({ dataspace: dataSpace, limit: '500' }).toString()}`;
  const seen = new Set<string>();
  for (let path: string | null = first; path !== null;) {
    if (seen.has(path)) {
      throw new SystemFailure({ kind: 'unreadable', system: SYSTEM, code: 'ENDLESS_PAGES' });
    }
    seen.add(path);
    const body = jsonOf(
      SYSTEM,
      await session.call({ system: SYSTEM, method: 'GET', path, signal }),
    );
    if (isNone(body, 'relationships')) break;
    const { relationships, nextPageUrl } = readAs(relationshipsAnswer, body, SYSTEM);
    for (const {
      cardinality,
      status,
      sourceObject,
      sourceField,
      targetObject,
      targetField,
    } of relationships) {
      const [from, fromField, to, toField] = [
        sourceObject,
        sourceField,
        targetObject,
        targetField,
      ].map((it) => it?.name ?? '');
      // An edge without its ends leads nowhere; the object that it would have reached is listed as
      // not reached.
      if (!from || !fromField || !to || !toField) continue;
      edges.push({
        from,
        fromField,
        to,
        toField,
        cardinality: cardinalities[cardinality ?? ''] ?? '',
        active: (status ?? 'ACTIVE').toUpperCase() === 'ACTIVE',
      });
    }
    path = nextPageUrl ? pathOf(nextPageUrl) : null;
  }
  return edges;
}

const cardinalities: Readonly<Record<string, string>> = {
  ManyToOne: 'NTOONE',
  OneToOne: 'ONETOONE',
  OneToMany: 'ONETON',
};

/**
 * The path of a link to the next page, absolute or relative. We never follow the host of a link.
 * @throws SystemFailure `unreadable` if it is no link
 */
export function pathOf(link: string): string {
  if (!URL.canParse(link, 'https://core.invalid')) {
    throw new SystemFailure({ kind: 'unreadable', system: SYSTEM, code: 'FOREIGN_LINK' });
  }
  const { pathname, search } = new URL(link, 'https://core.invalid');
  return `${pathname}${search}`;
}
