import type { Entity } from '../../../salesforce/metadata.ts';
import { baseName, fieldNamed } from './model-names.ts';

/**
 * What an object holds in place of records: `files` such as documents and recordings, `chunks` of
 * texts, or `vectors` made of these.
 */
export type UnstructuredKind = 'files' | 'chunks' | 'vectors';

/** Why such an object is left out, in words for the person. */
export const UNSTRUCTURED_WORDS: Readonly<Record<UnstructuredKind, string>> = {
  files:
    'documents, recordings or pictures that no record of a person leads to: what they say of ' +
    'you cannot be looked up',
  chunks: 'pieces of texts, which a search index keeps a second time',
  vectors: 'numbers that a search index makes of texts',
};

/**
 * Whether an object holds files, or what a search index makes of texts. Metadata decide first, by
 * its category and fields; its name decides last.
 *
 * @see Data 360 Help, "Chunk and Index Data Lake Objects Data Categories" (Content, Vector
 *   Embedding), "Chunk DMO" (`Chunk__c`, `SourceRecordId__c`) and "Index DMO"
 *   (`VectorEmbedding__c`); Data 360 DMO and Mapping Guide, "Marketing Grounding File U Dmo DMO"
 *   (category `Directory_Table`, key `FilePath`); Salesforce Help 005459975 (`…_chunk__dlm`,
 *   `…_index__dlm`); read 2026-11
 */
export function unstructuredKindOf(
  entity: Pick<Entity, 'name' | 'category' | 'fields'>,
): UnstructuredKind | undefined {
  const has = (...bases: readonly string[]) =>
    bases.every((base) => fieldNamed(entity, base) !== null);
  const category = entity.category.replace(/[\s_-]/g, '').toLowerCase();
  if (category === 'vectorembedding' || has('VectorEmbedding')) return 'vectors';
  if (has('Chunk', 'SourceRecordId')) return 'chunks';
  if (
    category === 'directorytable' ||
    has('FilePath', 'ResolvedFilePath') ||
    has('FilePath', 'ContentType', 'Etag')
  ) {
    return 'files';
  }
  const base = baseName(entity.name);
  if (/_index$/i.test(base) && has('RecordId', 'SourceRecordId')) return 'vectors';
  if (/_chunk$/i.test(base) && has('RecordId', 'SourceRecordId')) return 'chunks';
  return /U_?Dmo$/.test(entity.name.replace(/(?:_std)?__d(?:lm|ll)$/, '')) ? 'files' : undefined;
}
