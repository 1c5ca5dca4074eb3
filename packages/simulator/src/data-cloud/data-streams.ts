import { isLakeObject, type DataSpace, type ModelObject } from '../store/data-space.ts';
import { resolutionOf } from './standard-model.ts';

/** A data stream: one source that feeds one object through a lake object. */
export interface Stream {
  readonly lake: string;
  readonly object: ModelObject;
  readonly source: string;
}

const SOURCE_FIELDS = [
  'ssot__DataSourceId__c',
  'std__DataSourceId__c',
  'DataSourceId__c',
  'DataSource__c',
];

/**
 * The streams that follow from the rows' data sources. Objects of identity resolution have none.
 */
export function streamsOf(space: DataSpace): Stream[] {
  return [...space.objects.values()]
    .filter(({ name }) => resolutionOf(name) === undefined)
    .flatMap((object) => {
      const field = SOURCE_FIELDS.find((candidate) =>
        object.fields.some(({ name }) => name === candidate),
      );
      const sources =
        field === undefined
          ? []
          : [...new Set([...object.rows.map((row) => row[field]), ...object.madeFrom])].filter(
              (source): source is string => typeof source === 'string',
            );
      return sources.toSorted().map((source) => ({
        object,
        source,
        lake: isLakeObject(object)
          ? object.name
          : `${object.name.replace(/^(?:ssot|std)__/, '').replace(/__dlm$/, '')}_${source.replace(/\W/g, '_')}__dll`,
      }));
    });
}
