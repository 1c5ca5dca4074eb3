import { quoted } from '../store/rows.ts';

/** Quoted names, and texts and comments, in which quotes mean nothing. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
const COALESCED = /COALESCE\s*\(\s*((?:[A-Za-z_]\w*\.)?"(?:[^"]|"")*")\s*,\s*''\s*\)/gi;

/**
 * Turns a statement of Data Cloud's engine into one of PostgreSQL. It shortens names, and handles
 * `COALESCE` of a column that holds no text.
 *
 * Hyper has no limit to names. It accepts `COALESCE(number, '')` if no number is missing in the
 * table.
 */
export const hyperSql = (sql: string): string =>
  sql
    .replace(COALESCED, (_, column: string) => `hyper.or_empty(${column})`)
    .replace(PARTS, (part) =>
      part.startsWith('"') ? quoted(part.slice(1, -1).replaceAll('""', '"')) : part,
    );

/** The functions that such statements call. */
export const HYPER_FUNCTIONS = `
  CREATE SCHEMA hyper;
  GRANT USAGE ON SCHEMA hyper TO PUBLIC;
  CREATE FUNCTION hyper.or_empty(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT COALESCE($1, '') $$;
  CREATE FUNCTION hyper.or_empty(anyelement) RETURNS anyelement LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
    IF $1 IS NULL THEN RAISE EXCEPTION '''coalesce'' requires identical types' USING ERRCODE = '42804'; END IF;
    RETURN $1;
  END $$`;
