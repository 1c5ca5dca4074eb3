import type { CoreObject } from './model.ts';
import { CORE_SCHEMA } from './soql.ts';
import { json, Refusal, type Answer, type Call, type Route } from '../server/http.ts';
import type { Results } from '../data-cloud/results.ts';
import { quoted } from '../store/rows.ts';
import { findObject } from './soql-to-sql.ts';
import { blobOf } from './blob-text.ts';

/**
 * Files of records: `…/sobjects/ContentVersion/<id>/VersionData`,
 * `…/sobjects/Attachment/<id>/Body`.
 */
export function blobRoutes(objects: ReadonlyMap<string, CoreObject>, results: Results): Route[] {
  const read = async (call: Call): Promise<Answer> => {
    const { name = '', id = '', field: asked = '' } = call.params;
    const object = findObject(objects, name);
    const field = object?.fields.find((it) => it.blob && it.name === asked);
    if (object === undefined || field === undefined) throw notFound();
    const type = object.fields.some((it) => it.name === 'ContentType') ? '"ContentType"' : 'NULL';
    const sql = `SELECT ${quoted(field.name)}, ${type} FROM ${quoted(object.name)}
      WHERE left("Id", 15) = left($1, 15) AND "IsDeleted" IS NOT TRUE`;
    const { result } = await results.open({ schema: CORE_SCHEMA, sql, values: [id] }, 1);
    await result.complete;
    const [[text, contentType] = []] = await result.read(0, 1);
    await results.drop(result.id);
    if (text === null || text === undefined) throw notFound();
    return {
      status: 200,
      headers: { 'content-type': contentType ?? 'application/octet-stream' },
      text: blobOf(text),
    };
  };
  /**
   * One small picture serves every picture of a record's text. A comment after it holds the
   * reference.
   */
  const picture = async (call: Call): Promise<Answer> => {
    const { name = '', id = '', field: asked = '', reference = '' } = call.params;
    const object = findObject(objects, name);
    const field = object?.fields.find((it) => it.name === asked);
    // EmailMessage has no such pictures: REST API Developer Guide, "Get an Image from a Rich Text
    // Area Field".
    if (object === undefined || field === undefined || object.name === 'EmailMessage') {
      throw notFound();
    }
    const sql = `SELECT ${quoted(field.name)} FROM ${quoted(object.name)}
      WHERE left("Id", 15) = left($1, 15) AND strpos(${quoted(field.name)}, $2) > 0 AND "IsDeleted" IS NOT TRUE`;
    const { result } = await results.open(
      { schema: CORE_SCHEMA, sql, values: [id, `refid=${reference.slice(0, 15)}`] },
      1,
    );
    await result.complete;
    const [row] = await result.read(0, 1);
    await results.drop(result.id);
    if (row === undefined) throw notFound();
    return { status: 200, headers: { 'content-type': 'image/gif' }, text: `${GIF}${reference}` };
  };
  const base = '/services/data/:version/sobjects/:name/:id';
  return [
    { method: 'GET', path: `${base}/:field`, handle: read },
    { method: 'GET', path: `${base}/richTextImageFields/:field/:reference`, handle: picture },
  ];
}

/** A GIF of one dot, in ASCII only. */
const GIF =
  'GIF87a\u0001\u0000\u0001\u0000\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u0001\u0000\u0001\u0000\u0000\u0002\u0002D\u0001\u0000;';

const notFound = (): Refusal =>
  new Refusal(
    json(404, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]),
  );
