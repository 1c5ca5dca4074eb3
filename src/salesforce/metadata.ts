import * as z from 'zod';
import { SystemFailure } from '../domain/failure.ts';
import type { Session } from './auth.ts';
import { jsonOf } from './http.ts';
import { readAs } from './read-answer.ts';

export interface EntityField { readonly name: string; readonly label: string; readonly type: string; readonly keyQualifier: string | null }

/** An edge from a field of one object to a field of another. */
export interface Edge { readonly from: string; readonly fromField: string; readonly to: string; readonly toField: string; readonly cardinality: string }

/** One Data Cloud object as metadata describes it, with the edges that begin or end in it. */
export interface Entity {
  readonly name: string;
  readonly label: string;
  readonly category: string;
  readonly fields: readonly EntityField[];
  /** The first field of the primary key, if one is told. */
  readonly primaryKey: string | null;
  readonly edges: readonly Edge[];
}

const SYSTEM = 'data-cloud';
const text = z.string().nullish();
const metadataAnswer = z.looseObject({
  metadata: z.array(z.looseObject({
    name: z.string(),
    displayName: text,
    category: text,
    fields: z.array(z.looseObject({ name: z.string(), displayName: text, type: text, keyQualifier: text })).nullish(),
    primaryKeys: z.array(z.looseObject({ name: z.string(), indexOrder: z.union([z.string(), z.number()]).nullish() })).nullish(),
    relationships: z.array(z.looseObject({ fromEntity: text, toEntity: text, fromEntityAttribute: text, toEntityAttribute: text, cardinality: text })).nullish(),
  })),
});

/**
 * Every object of a data space.
 *
 * @throws SystemFailure
 * @see Data 360 Connect API, `/ssot/metadata`; read 2026-11
 */
export async function readEntities(session: Session, dataSpace: string, signal?: AbortSignal): Promise<Entity[]> {
  const query = new URLSearchParams({ entityType: 'DataModelObject', dataspace: dataSpace });
  const path = `/services/data/v${session.apiVersion}/ssot/metadata?${query.toString()}`;
  const { metadata } = readAs(metadataAnswer, jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal })), SYSTEM);
  return metadata.map((entity) => ({
    name: entity.name,
    label: entity.displayName ?? entity.name,
    category: entity.category ?? '',
    fields: (entity.fields ?? []).map((field) => ({ name: field.name, label: field.displayName ?? field.name, type: field.type ?? 'STRING', keyQualifier: field.keyQualifier ?? null })),
    primaryKey: (entity.primaryKeys ?? []).toSorted((a, b) => Number(a.indexOrder ?? 0) - Number(b.indexOrder ?? 0))[0]?.name ?? null,
    edges: (entity.relationships ?? []).flatMap((edge) =>
      // Edges of calculated insights may lack their attributes.
      edge.fromEntity && edge.toEntity && edge.fromEntityAttribute && edge.toEntityAttribute
        ? [{ from: edge.fromEntity, fromField: edge.fromEntityAttribute, to: edge.toEntity, toField: edge.toEntityAttribute, cardinality: edge.cardinality ?? '' }]
        : []),
  }));
}

const end = z.looseObject({ name: z.string() });
const relationshipsAnswer = z.looseObject({
  relationships: z.array(z.looseObject({ cardinality: text, status: text, sourceObject: end, sourceField: end, targetObject: end, targetField: end })),
  nextPageUrl: text,
});

/**
 * The edges that begin or end in one object, those that nobody switched on among them.
 *
 * @throws SystemFailure
 * @see Data 360 Connect API, `/ssot/data-model-objects/{name}/relationships`; an object without edges answers 204
 */
export async function readRelationships(session: Session, dataSpace: string, object: string, signal?: AbortSignal): Promise<(Edge & { readonly active: boolean })[]> {
  const edges: (Edge & { readonly active: boolean })[] = [];
  const first = `/services/data/v${session.apiVersion}/ssot/data-model-objects/${encodeURIComponent(object)}/relationships?${new URLSearchParams({ dataspace: dataSpace, limit: '500' }).toString()}`;
  const seen = new Set<string>();
  for (let path: string | null = first; path !== null;) {
    if (seen.has(path)) throw new SystemFailure({ kind: 'unreadable', system: SYSTEM, code: 'ENDLESS_PAGES' });
    seen.add(path);
    const body = jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal }));
    if (body === undefined) break;
    const { relationships, nextPageUrl } = readAs(relationshipsAnswer, body, SYSTEM);
    for (const { cardinality, status, sourceObject, sourceField, targetObject, targetField } of relationships) {
      const active = (status ?? 'ACTIVE').toUpperCase() === 'ACTIVE';
      edges.push({ from: sourceObject.name, fromField: sourceField.name, to: targetObject.name, toField: targetField.name, cardinality: cardinalities[cardinality ?? ''] ?? '', active });
    }
    path = nextPageUrl ? pathOf(nextPageUrl) : null;
  }
  return edges;
}

const cardinalities: Readonly<Record<string, string>> = { ManyToOne: 'NTOONE', OneToOne: 'ONETOONE', OneToMany: 'ONETON' };

/** The path of a link to the next page, absolute or relative: the host of a link is never followed. */
const pathOf = (link: string): string => {
  const { pathname, search } = new URL(link, 'https://core.invalid');
  return `${pathname}${search}`;
};

/** The data spaces that the company has. @throws SystemFailure */
export async function readDataSpaces(session: Session, signal?: AbortSignal): Promise<string[]> {
  const path = `/services/data/v${session.apiVersion}/ssot/data-spaces`;
  const answer = z.looseObject({ dataSpaces: z.array(z.looseObject({ name: z.string() })) });
  return readAs(answer, jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal })), SYSTEM).dataSpaces.map(({ name }) => name);
}

/**
 * The fields of an object that some source is mapped to. An object without mappings answers 404, which is an answer.
 *
 * @throws SystemFailure
 */
export async function readMappedFields(session: Session, dataSpace: string, object: string, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const query = new URLSearchParams({ dataspace: dataSpace, dmoDeveloperName: object });
  const path = `/services/data/v${session.apiVersion}/ssot/data-model-object-mappings?${query.toString()}`;
  const field = z.looseObject({ targetFieldDeveloperName: z.string() });
  const answer = z.looseObject({ objectSourceTargetMaps: z.array(z.looseObject({ fieldMappings: z.array(field).nullish() })) });
  try {
    const { objectSourceTargetMaps } = readAs(answer, jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal })), SYSTEM);
    return new Set(objectSourceTargetMaps.flatMap(({ fieldMappings }) => (fieldMappings ?? []).map(({ targetFieldDeveloperName }) => targetFieldDeveloperName)));
  } catch (error) {
    if (error instanceof SystemFailure && error.facts.status === 404) return new Set();
    throw error;
  }
}
